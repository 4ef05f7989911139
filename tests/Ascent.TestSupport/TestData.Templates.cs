using Ascent.Accounts.Templates;
using Ascent.Shared.Permissions;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>An access template, made by the use case itself.</summary>
    public async Task<Guid> AddTemplateAsync(TestMember administrator, string name, PermissionSet permissions) =>
        (await Get<AddTemplate>().ExecuteAsync(new(name, permissions), administrator.Actor, CancellationToken.None)).Value;
}
