using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ReadSchoolOverviewTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_PendingPeople_AreThoseWhoNeedTheirCodeAndThoseWhoNeedALink(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        var expired = await host.Data.InviteAsync(setup, forename: "Eve", surname: "Expired");
        host.Clock.Advance(TimeSpan.FromDays(14));
        var undelivered = await host.Data.InviteAsync(setup, forename: "Una", surname: "Undelivered");
        var waiting = await host.Data.InviteAsync(setup, forename: "Wim", surname: "Waiting");
        await host.ChangeAsync(async db =>
        {
            var mail = await db.Set<Invitation>().Where(i => i.MembershipId == undelivered.MembershipId).Select(i => i.MailId).SingleAsync();
            (await db.Set<OutboxMail>().SingleAsync(m => m.Id == mail)).State = MailState.Dead;
        });

        var overview = await host.Get<ReadSchoolOverview>().ExecuteAsync(setup.School.Id, CancellationToken.None);

        Assert.Equal([waiting.FullName], overview.WaitingForCode);
        Assert.Equal([undelivered.FullName, expired.FullName], overview.NeedLink);
        Assert.Equal((1, 2, 3, 1), (overview.WaitingForCodeCount, overview.NeedLinkCount, overview.PendingCount, overview.ActiveCount));
        Assert.Equal(["1 of 4 used", "0 of 6 used"], overview.Seats.Select(s => s.InWords));
        Assert.Equal([setup.FullName], overview.NewestActive.Select(m => m.FullName));
    }
}
