using System.Text.Json;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Organisations.Gias;
using Xunit;

namespace Ascent.Tests.Organisations;

public sealed class SetPrimaryTests : IAsyncLifetime
{
    private SchoolsHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SchoolsHost.CreateAsync();
        await host.Get<LoadSchools>().ExecuteAsync(GiasText.File(GiasText.Row()), Actor.Operator, null, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Set_AgainstTheRegister_TurnsTrackingOffAndIsLoggedAtTheSchool()
    {
        var set = (await SetAsync("900101", false)).Value;

        Assert.Equal(new PrimarySet("Elmfield School", false, "an operator decided so; by the register the phase is Primary", true), set);
        var school = Assert.Single(await host.AllAsync<School>());
        Assert.Equal((false, false), (school.HasTracking, school.PrimaryOverride));
        var entry = Assert.Single(await host.AllAsync<AuditEntry>(), e => e.Kind == "primary-decided");
        Assert.Equal((school.Id, ActorKind.Operator), (entry.OrganisationId, entry.ActorKind));
        Assert.False(JsonDocument.Parse(entry.Facts).RootElement.GetProperty("After").GetBoolean());
    }

    [Fact]
    public async Task Set_AsItWas_WritesNothing()
    {
        await SetAsync("900101", false);

        Assert.False((await SetAsync("900101", false)).Value.Changed);

        Assert.Single(await host.AllAsync<AuditEntry>(), e => e.Kind == "primary-decided");
    }

    [Fact]
    public async Task Set_GivenBackToTheRegister_FollowsItAgain()
    {
        await SetAsync("900101", false);

        var set = (await SetAsync("900101", null)).Value;

        Assert.Equal((true, true), (set.IsPrimary, set.Changed));
        Assert.Null(Assert.Single(await host.AllAsync<School>()).PrimaryOverride);
    }

    [Fact]
    public async Task Set_UnknownUrn_IsRefused() => Assert.IsType<NotFound>(Assert.Single((await SetAsync("900199", true)).Refusals));

    [Fact]
    public async Task Set_ByAPersonSignedIn_IsRefused()
    {
        var school = Assert.Single(await host.AllAsync<School>());
        var person = new Actor(ActorKind.Person, Guid.Empty, Guid.Empty, school.Id, PermissionSet.Of(Permission.SchoolSetup));

        var result = await host.Get<SetPrimary>().ExecuteAsync(new("900101", false), person, TestContext.Current.CancellationToken);

        Assert.IsType<OperatorsOnly>(Assert.Single(result.Refusals));
    }

    private Task<Result<PrimarySet>> SetAsync(string urn, bool? isPrimary) => host.Get<SetPrimary>().ExecuteAsync(new(urn, isPrimary), Actor.Operator, TestContext.Current.CancellationToken);
}
