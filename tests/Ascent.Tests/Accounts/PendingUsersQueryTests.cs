using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class PendingUsersQueryTests
{
    [Theory]
    [BothDatabases("hannah", "Hannah Brooks")]
    [BothDatabases("BRO", "Hannah Brooks")]
    [BothDatabases("hannah br", "Hannah Brooks")]
    [BothDatabases("brooks h", "Hannah Brooks")]
    [BothDatabases("zajac", "Łucja Zając")]
    [BothDatabases("ZAJĄC", "Łucja Zając")]
    [BothDatabases("l.zajac@", "Łucja Zając")]
    [BothDatabases("  mary   ann ", "Mary Ann O’Hara")]
    [BothDatabases("o’h", "Mary Ann O’Hara")]
    [BothDatabases("school.example", "")]
    [BothDatabases("ook", "")]
    [BothDatabases("%", "")]
    [BothDatabases("_", "")]
    [BothDatabases("han\0", "")]
    [BothDatabases("' OR 1=1 --", "")]
    [BothDatabases("\ud800", "")]
    [Asvs("1.2.4", "What is searched for is a parameter, its wildcards included.")]
    public async Task ExecuteAsync_Search_FindsBeginningsOfNamesAndAddresses(DatabaseKind kind, string typed, string found)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, default, "Hannah", "Brooks", "h.brooks@school.example");
        await host.Data.InviteAsync(setup, default, "Łucja", "Zając", "l.zajac@school.example");
        await host.Data.InviteAsync(setup, default, "Mary Ann", "O’Hara", "mary.ohara@school.example");

        var page = await ListAsync(host, setup, new(Search: typed));

        Assert.Equal(found.Length == 0 ? [] : [found], page.Rows.Select(r => r.FullName));
        Assert.Equal((page.Rows.Count, page.Rows.Count), (page.Total, page.ByLink.Values.Sum()));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Search_FindsNobodyOfAnotherSchool(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup), forename: "Hannah");

        var page = await ListAsync(host, setup, new(Search: "hannah"));

        Assert.Equal((0, 0), (page.Rows.Count, page.Total));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LinkStates_AreThreeKindsThatCoverEverybody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await host.Data.InviteAsync(setup, surname: "Old");
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromDays(14));
        var sent = await host.Data.InviteAsync(setup, surname: "Sent");
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        var dead = await host.Data.InviteAsync(setup, surname: "Dead");
        await host.ChangeAsync(async db => (await db.Set<OutboxMail>().SingleAsync(m => m.State == MailState.Waiting)).State = MailState.Dead);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var waiting = await host.Data.InviteAsync(setup, surname: "Waiting");

        async Task<IEnumerable<Guid>> OfAsync(PendingLink link) => (await ListAsync(host, setup, new(Link: link))).Rows.Select(r => r.MembershipId);

        Assert.Equal([old.MembershipId], await OfAsync(PendingLink.RunOut));
        Assert.Equal([sent.MembershipId], await OfAsync(PendingLink.WaitingForCode));
        Assert.Equal([waiting.MembershipId, dead.MembershipId], await OfAsync(PendingLink.NotSent));
        var all = await ListAsync(host, setup, new());
        Assert.Equal((4, 1, 1, 2), (all.Total, all.ByLink[PendingLink.WaitingForCode], all.ByLink[PendingLink.RunOut], all.ByLink[PendingLink.NotSent]));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AccessFilter_CountsUnderTheOtherFilter(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), surname: "Setup");
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), surname: "Data");
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), surname: "Names");
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Data.InviteAsync(setup, PermissionSet.None.With(Permission.TrackingPupilReports, PupilScope.OwnClasses), surname: "Tracking");

        async Task<IEnumerable<string>> OfAsync(PendingAccess access, PendingLink? link = null) => (await ListAsync(host, setup, new(Access: access, Link: link))).Rows.Select(r => r.Surname);

        Assert.Equal(["Setup"], await OfAsync(PendingAccess.SchoolSetup));
        Assert.Equal(["Data"], await OfAsync(PendingAccess.ManageData));
        Assert.Equal(["Tracking", "Names"], await OfAsync(PendingAccess.PupilNames));
        Assert.Equal(["Names"], await OfAsync(PendingAccess.PupilNames, PendingLink.WaitingForCode));
        var page = await ListAsync(host, setup, new(Access: PendingAccess.PupilNames, Link: PendingLink.NotSent));
        Assert.Equal((1, 1, 1, 0), (page.Total, page.ByLink[PendingLink.WaitingForCode], page.ByAccess[PendingAccess.PupilNames], page.ByAccess[PendingAccess.SchoolSetup]));
    }

    [Theory]
    [BothDatabases(PendingSort.Newest)]
    [BothDatabases(PendingSort.Name)]
    [BothDatabases(PendingSort.LinkEnd)]
    public async Task ExecuteAsync_EachSort_PagesThroughEverybodyOnceAndInOrder(DatabaseKind kind, PendingSort sort)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        string[] surnames = ["Adams", "adams", "Ångström", "Zając", "Zoë", "de Vries", "Nguyễn", "Brooks", "李", "O’Hara"];
        for (var i = 0; i < 105; i++)
        {
            // Some share a moment, some a name: then the id decides.
            host.Clock.Advance(TimeSpan.FromSeconds(i % 3));
            await host.Data.InviteAsync(setup, surname: surnames[i * 7 % surnames.Length], forename: i % 4 == 0 ? "Ann" : $"Bo{i % 5}");
        }

        var rows = new List<PendingUser>();
        PendingUsersPage page;
        string? after = null;
        do
        {
            page = await ListAsync(host, setup, new(Sort: sort, After: after));
            rows.AddRange(page.Rows);
            Assert.Equal((105, after is null), (page.Total, page.IsFirst));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(105, rows.Select(r => r.MembershipId).Distinct().Count());
        Assert.Equal(105, rows.Count);
        var keys = rows.Select(r => sort switch
        {
            PendingSort.Name => System.Text.Encoding.UTF8.GetBytes(Membership.KeyOf($"{r.Surname} {r.Forename}")),
            PendingSort.LinkEnd => BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(r.ExpiresAt.Ticks)),
            _ => BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(long.MaxValue - r.CreatedAt.Ticks)),
        }).ToList();
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) <= 0));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_FilteredPages_GoOnWithinTheFilter(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 120; i++)
            await host.Data.InviteAsync(setup, i % 2 == 0 ? PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports) : default, surname: $"Person{i:000}");
        var query = new PendingUsersQuery("person", PendingLink.NotSent, PendingAccess.PupilNames, PendingSort.Name);

        var first = await ListAsync(host, setup, query);
        var second = await ListAsync(host, setup, query with { After = first.Next });

        Assert.Equal((60, 50, 10, null), (first.Total, first.Rows.Count, second.Rows.Count, second.Next));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"Person{2 * i:000}"), first.Rows.Concat(second.Rows).Select(r => r.Surname));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MailThatFailedOnce_TellsSinceWhenItIsTried(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup);
        Assert.Null((await ListAsync(host, setup, new())).Rows[0].TryingSince);

        await host.ChangeAsync(async db => (await db.Set<OutboxMail>().SingleAsync()).LastError = "SocketException");
        host.Clock.Advance(TimeSpan.FromMinutes(20));

        var row = Assert.Single((await ListAsync(host, setup, new())).Rows);
        Assert.Equal((LinkState.NotSentYet, AscentHost.Start.UtcDateTime), (row.Link, row.TryingSince!.Value));
    }

    private static Task<PendingUsersPage> ListAsync(AscentHost host, TestMember by, PendingUsersQuery query) =>
        host.Get<ListPendingUsers>().ExecuteAsync(by.Actor, query, CancellationToken.None);
}
