using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ShowActivationCodeTests
{
    [Theory]
    [BothDatabases(false, "code-shown")]
    [BothDatabases(true, "slip-printed")]
    public async Task ExecuteAsync_PendingUser_ShowsTheCodeAndWritesItDown(DatabaseKind kind, bool forSlip, string entryKind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Sam", "Roe");

        var shown = await ShowAsync(host, pending, setup, forSlip);

        var code = await host.Data.CodeOfAsync(pending.MembershipId);
        Assert.Equal((pending.MembershipId, "Sam Roe", code, AscentHost.Start.UtcDateTime.AddDays(14)), (shown.Value.MembershipId, shown.Value.FullName, shown.Value.Code, shown.Value.ExpiresAt));
        Assert.Equal(["Ruth Bell"], shown.Value.Administrators); // pending ones cannot help
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == entryKind));
        Assert.Equal(setup.AccountId, entry.ActorId);
        Assert.Contains(pending.MembershipId.ToString(), entry.Facts, StringComparison.Ordinal);
        Assert.DoesNotContain(code, entry.Facts, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OwnCode_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);

        var refused = await host.Get<ShowActivationCode>().ExecuteAsync(new(pending.MembershipId, false), setup.Actor with { AccountId = pending.AccountId }, CancellationToken.None);

        Assert.IsType<OwnCode>(Assert.Single(refused.Refusals));
        await NothingWasWrittenDownAsync(host);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Expired_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);

        host.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.True((await ShowAsync(host, pending, setup)).Succeeded);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<CodeExpired>(Assert.Single((await ShowAsync(host, pending, setup)).Refusals));
    }

    [Theory, BothDatabases]
    [Asvs("8.3.1", "The use case asks for the right itself, whichever page calls it.")]
    public async Task ExecuteAsync_OtherSchoolOrNoRight_LearnsNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var pending = await host.Data.InviteAsync(await host.Data.AddMemberAsync(school, Permission.SchoolSetup));
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var data = await host.Data.AddMemberAsync(school, Permission.ManageData);

        Assert.Equal("not-found", Assert.Single((await ShowAsync(host, pending, elsewhere)).Refusals).Code);
        Assert.Equal("not-allowed", Assert.Single((await ShowAsync(host, pending, data)).Refusals).Code);
        await NothingWasWrittenDownAsync(host);
    }

    private static Task<Ascent.Shared.Result<ShownCode>> ShowAsync(AscentHost host, TestMember pending, TestMember by, bool forSlip = false) =>
        host.Get<ShowActivationCode>().ExecuteAsync(new(pending.MembershipId, forSlip), by.Actor, CancellationToken.None);

    private static async Task NothingWasWrittenDownAsync(AscentHost host) =>
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "code-shown")));
}
