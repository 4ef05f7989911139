using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts;

public sealed class CreateUserTests
{
    [Theory, BothDatabases]
    public async Task X(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var m = await host.Data.InviteAsync(setup);
        Assert.Matches("^.....-.....$", await host.Data.CodeOfAsync(m.MembershipId));
        Assert.Matches("^/sign-up/.{43}$", await host.Data.LinkOfAsync(m.MembershipId));
        await using var sink = await SmtpSink.StartAsync();
    }
}
