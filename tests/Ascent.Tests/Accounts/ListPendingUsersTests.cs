using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ListPendingUsersTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_MoreThanTwoPagesOfOneMoment_ShowsEachRowOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var stranger = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(stranger);
        var made = new List<Guid>();
        for (var i = 0; i < 120; i++)
            made.Add((await host.Data.InviteAsync(setup)).MembershipId);

        var pages = new List<PendingUsersPage>();
        string? next = null;
        do
        {
            pages.Add(await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, new() { After = next }, CancellationToken.None));
            next = pages[^1].Next;
        }
        while (next is not null);

        Assert.Equal([50, 50, 20], pages.Select(p => p.Rows.Count));
        Assert.Equal([true, false, false], pages.Select(p => p.IsFirst));
        Assert.Equal(made.Order(), pages.SelectMany(p => p.Rows).Select(r => r.MembershipId).Order());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_DifferentMoments_AreNewestFirstAndStayWhereTheyAreWhenRowsCome(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var made = new List<Guid>();
        for (var i = 0; i < 53; i++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(1500));
            made.Insert(0, (await host.Data.InviteAsync(setup)).MembershipId);
        }
        var list = host.Get<ListPendingUsers>();

        var first = await list.ExecuteAsync(setup.Actor, null, CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Data.InviteAsync(setup);
        var second = await list.ExecuteAsync(setup.Actor, new() { After = first.Next }, CancellationToken.None);

        Assert.Equal(made, first.Rows.Concat(second.Rows).Select(r => r.MembershipId));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Row_TellsWhoCreatedItAndHowTheMailFares(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var other = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var made = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports), "Sam", "Roe", "sam@school.example", new DateOnly(2027, 7, 31));

        var waiting = await RowAsync(host, setup);
        Assert.Equal((made.MembershipId, "Sam Roe", "sam@school.example", "Teacher", "Ruth Bell", true, LinkState.NotSentYet),
            (waiting.MembershipId, waiting.FullName, waiting.Email, waiting.JobRole, waiting.CreatedBy, waiting.CreatedByYou, waiting.Link));
        Assert.Equal((PermissionSet.Of(Permission.SchoolReports), new DateOnly(2027, 7, 31)), (waiting.Permissions, waiting.EndsOn!.Value));
        Assert.False((await RowAsync(host, other)).CreatedByYou);

        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        Assert.Equal(LinkState.Sent, (await RowAsync(host, setup)).Link);

        await host.ChangeAsync(async db => (await db.Set<OutboxMail>().SingleAsync()).State = MailState.Dead);
        Assert.Equal(LinkState.Undeliverable, (await RowAsync(host, setup)).Link);

        host.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(LinkState.Expired, (await RowAsync(host, setup)).Link);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1.2")]
    [InlineData("")]
    public async Task ExecuteAsync_UnreadablePlace_IsTheFirstPage(string after)
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup);

        var page = await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, new() { After = after }, CancellationToken.None);

        Assert.Equal((1, true), (page.Rows.Count, page.IsFirst));
    }

    private static async Task<PendingUser> RowAsync(AscentHost host, TestMember by) =>
        Assert.Single((await host.Get<ListPendingUsers>().ExecuteAsync(by.Actor, null, CancellationToken.None)).Rows);
}
