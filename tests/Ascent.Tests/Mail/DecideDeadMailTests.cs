using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Mail;

public sealed class DecideDeadMailTests
{
    [Theory, BothDatabases]
    public async Task TryAgain_OneDeadMail_IsSentWithItsLinkAndWrittenDown(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (pending, mail) = await DeadAsync(host);
        await DeadAsync(host);

        Assert.Equal(1, (await host.Get<TryMailAgain>().ExecuteAsync(mail, Operator(), CancellationToken.None)).Value);
        Assert.Equal(1, await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None));

        var link = await host.Data.TokenOfAsync(pending.MembershipId);
        Assert.Equal(InvitationStatus.NeedsPassword, (await host.Get<OpenInvitation>().ExecuteAsync(link, null, CancellationToken.None)).Status);
        Assert.Equal(new MailCount(0, 1), await host.Get<CountMail>().ExecuteAsync(CancellationToken.None));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "mail-tried-again"));
        Assert.Equal((AuditTrail.Server, ActorKind.Operator), (entry.OrganisationId, entry.ActorKind));
        Assert.DoesNotContain(pending.Email, entry.Facts, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task GiveUp_All_WipesTheLinksAndPendingUsersSaysUndeliverable(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await DeadAsync(host);
        var (pending, _) = await DeadAsync(host);

        Assert.Equal(2, (await host.Get<GiveUpMail>().ExecuteAsync(null, Operator(), CancellationToken.None)).Value);

        var mails = await host.ReadAsync(db => db.Set<OutboxMail>().ToListAsync());
        Assert.All(mails, m => Assert.Equal((MailState.Dead, null, true), (m.State, m.SecretCipher, m.GivenUpAt is not null)));
        Assert.Equal(new MailCount(0, 0), await host.Get<CountMail>().ExecuteAsync(CancellationToken.None));
        Assert.Empty((await host.Get<ListHeldMail>().ExecuteAsync(MailState.Dead, null, CancellationToken.None)).Rows);
        var actor = new Actor(ActorKind.Person, Guid.Empty, null, pending.School.Id, PermissionSet.Of(Permission.SchoolSetup));
        Assert.Equal(LinkState.Undeliverable, Assert.Single((await host.Get<ListPendingUsers>().ExecuteAsync(actor, null, CancellationToken.None)).Rows).Link);
        // What is given up stays so.
        Assert.Equal(0, (await host.Get<TryMailAgain>().ExecuteAsync(null, Operator(), CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Decide_NotDeadOrNoOperator_IsRefused()
    {
        await using var host = await AscentHost.StartAsync();
        var (pending, mail) = await DeadAsync(host);
        var person = new Actor(ActorKind.Person, pending.AccountId, pending.MembershipId, pending.School.Id, PermissionSet.Of(Permission.SchoolSetup));

        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<GiveUpMail>().ExecuteAsync(mail, person, CancellationToken.None)).Refusals));
        Assert.Equal("not-found", Assert.Single((await host.Get<GiveUpMail>().ExecuteAsync(Guid.CreateVersion7(AscentHost.Start), Operator(), CancellationToken.None)).Refusals).Code);
        await host.ChangeAsync(async db => (await db.Set<OutboxMail>().SingleAsync()).State = MailState.Waiting);
        Assert.Equal("not-found", Assert.Single((await host.Get<TryMailAgain>().ExecuteAsync(mail, Operator(), CancellationToken.None)).Refusals).Code);
    }

    [Theory, BothDatabases]
    public async Task List_MoreThanAPage_ShowsEachMailOnceTheOldestFirst(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 53; i++)
            await host.Data.InviteAsync(setup);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Data.InviteAsync(setup);

        var first = await host.Get<ListHeldMail>().ExecuteAsync(MailState.Waiting, null, CancellationToken.None);
        var second = await host.Get<ListHeldMail>().ExecuteAsync(MailState.Waiting, first.Next, CancellationToken.None);

        Assert.Equal((50, 4, true, false, null), (first.Rows.Count, second.Rows.Count, first.IsFirst, second.IsFirst, second.Next));
        Assert.Equal(54, first.Rows.Concat(second.Rows).Select(m => m.Id).Distinct().Count());
        Assert.Equal(second.Rows.Max(m => m.CreatedAt), second.Rows[^1].CreatedAt);
    }

    private static Actor Operator() => Actor.Operator;

    private static async Task<(TestMember Pending, Guid Mail)> DeadAsync(AscentHost host)
    {
        var pending = await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        var id = await host.ReadAsync(db => db.Set<Invitation>().Where(i => i.MembershipId == pending.MembershipId).Select(i => i.MailId).SingleAsync());
        await host.ChangeAsync(async db =>
        {
            var mail = await db.Set<OutboxMail>().SingleAsync(m => m.Id == id);
            (mail.State, mail.Attempts, mail.LastError) = (MailState.Dead, 8, "the mail server cannot be reached");
        });
        return (pending, id);
    }
}
