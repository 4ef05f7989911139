using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class NewCodeTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_PendingUser_OldCodeDiesWithItsWrongTriesAndTheLinkStays(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, forename: "Sam", surname: "Roe");
        var (link, old) = (await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId));
        await TryWrongCodesAsync(host, link, 6);
        Assert.NotNull((await InvitationAsync(host)).NextTryAt);

        var made = await host.Get<NewCode>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);

        Assert.Equal("Sam Roe", made.Value);
        var (after, code) = (await InvitationAsync(host), await host.Data.CodeOfAsync(pending.MembershipId));
        Assert.Equal((0, null), (after.WrongTries, after.NextTryAt));
        Assert.NotEqual(old, code);
        Assert.IsType<WrongCode>(Assert.Single((await ActivateAsync(host, link, old)).Refusals));
        Assert.True((await ActivateAsync(host, link, code)).Succeeded);
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "code-renewed"));
        Assert.Equal(setup.AccountId, entry.ActorId);
        Assert.DoesNotContain(code, entry.Facts, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AfterTenWrongTries_ForgetsThatTheCodeWasReplaced(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        await TryWrongCodesAsync(host, await host.Data.TokenOfAsync(pending.MembershipId), 10);
        Assert.NotNull((await InvitationAsync(host)).CodeReplacedAt);

        await host.Get<NewCode>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);

        Assert.Null((await InvitationAsync(host)).CodeReplacedAt);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LinkRunOut_IsRefusedAndTheCodeStays(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var code = await host.Data.CodeOfAsync(pending.MembershipId);
        host.Clock.Advance(TimeSpan.FromDays(14));

        Assert.IsType<CodeExpired>(Assert.Single((await host.Get<NewCode>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None)).Refusals));
        Assert.Equal(code, await host.Data.CodeOfAsync(pending.MembershipId));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OwnAccountOtherSchoolOrNoRight_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var reader = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var newCode = host.Get<NewCode>();

        // As somebody would come who administers the school through another body.
        Assert.Equal("own-code", Assert.Single((await newCode.ExecuteAsync(pending.MembershipId, setup.Actor with { AccountId = pending.AccountId }, CancellationToken.None)).Refusals).Code);
        Assert.Equal("not-found", Assert.Single((await newCode.ExecuteAsync(pending.MembershipId, elsewhere.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal("not-found", Assert.Single((await newCode.ExecuteAsync(reader.MembershipId, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal("not-allowed", Assert.Single((await newCode.ExecuteAsync(pending.MembershipId, reader.Actor, CancellationToken.None)).Refusals).Code);
    }

    private static async Task TryWrongCodesAsync(AscentHost host, string link, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await ActivateAsync(host, link, "00000-00000");
            host.Clock.Advance(TimeSpan.FromMinutes(i < times - 1 ? 6 : 0));
        }
    }

    private static Task<Ascent.Shared.Result<Activated>> ActivateAsync(AscentHost host, string link, string code) =>
        host.Get<ActivateMembership>().ExecuteAsync(new(link, code, TestData.Password, null), CancellationToken.None);

    private static Task<Invitation> InvitationAsync(AscentHost host) => host.ReadAsync(db => db.Set<Invitation>().SingleAsync());
}
