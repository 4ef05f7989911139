using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ResendInvitationTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_LinkGood_OldLinkDiesAndTheCodeStaysForAsLongAsTheNewLink(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var (oldLink, code) = (await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId));
        host.Clock.Advance(TimeSpan.FromDays(13));

        var resent = await host.Get<ResendInvitation>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);

        Assert.Equal(new Resent(pending.FullName, pending.Email, NewCode: false), resent.Value);
        Assert.Equal(code, await host.Data.CodeOfAsync(pending.MembershipId));
        Assert.Equal(2, await host.CountAsync<OutboxMail>());
        var newLink = await host.Data.TokenOfAsync(pending.MembershipId);
        Assert.NotEqual(oldLink, newLink);
        Assert.Equal(InvitationStatus.Unknown, (await OpenAsync(host, oldLink)).Status);

        host.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.Equal(InvitationStatus.NeedsPassword, (await OpenAsync(host, newLink)).Status);
        Assert.True((await host.Get<ActivateMembership>().ExecuteAsync(new(newLink, code, TestData.Password, null), CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Expired_MakesANewCodeToo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var (oldLink, code) = (await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId));
        host.Clock.Advance(TimeSpan.FromDays(14));
        Assert.True((await host.Get<AskForNewLink>().ExecuteAsync(oldLink, CancellationToken.None)).Succeeded);

        var resent = await host.Get<ResendInvitation>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);

        Assert.True(resent.Value.NewCode);
        Assert.NotEqual(code, await host.Data.CodeOfAsync(pending.MembershipId));
        var invitation = await host.ReadAsync(db => db.Set<Invitation>().SingleAsync());
        Assert.Null(invitation.NewLinkAskedAt);
        Assert.Equal(InvitationStatus.Unknown, (await OpenAsync(host, oldLink)).Status);
        var refused = await host.Get<ActivateMembership>().ExecuteAsync(new(await host.Data.TokenOfAsync(pending.MembershipId), code, TestData.Password, null), CancellationToken.None);
        Assert.IsType<WrongCode>(Assert.Single(refused.Refusals));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "invitation-resent")));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NotPendingHere_IsNotFound(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(elsewhere);
        var resend = host.Get<ResendInvitation>();

        foreach (var id in new[] { pending.MembershipId, setup.MembershipId, Guid.Empty })
            Assert.Equal("not-found", Assert.Single((await resend.ExecuteAsync(id, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal(1, await host.CountAsync<OutboxMail>());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwentyTimesAtOnce_LeavesExactlyOneLinkAlive(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Get<ResendInvitation>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None))));

        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(21, await host.CountAsync<OutboxMail>());
        Assert.Equal(InvitationStatus.NeedsPassword, (await OpenAsync(host, await host.Data.TokenOfAsync(pending.MembershipId))).Status);
    }

    private static Task<InvitationView> OpenAsync(AscentHost host, string token) => host.Get<OpenInvitation>().ExecuteAsync(token, null, CancellationToken.None);
}
