using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

/// <summary>A deed for many: what the preview shows is what is done, in one save with one entry.</summary>
public sealed class SelectedUsersTests
{
    [Theory, BothDatabases]
    public async Task Deactivate_SomeWhoCannot_AreLeftOutWithTheReasonAndTheOthersAreDone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, ids, fine) = await TickAsync(host);

        var preview = await host.Get<ReadSelectedUsers>().ExecuteAsync(ids, setup.Actor, CancellationToken.None);
        var done = await host.Get<DeactivateUsers>().ExecuteAsync(ids, setup.Actor, CancellationToken.None);

        string[] reasons = ["other-state", "other-state", "own-account", "user-gone"];
        Assert.Equal(fine.Order(), preview!.Users.Select(u => u.MembershipId).Order());
        Assert.Equal(reasons, preview.LeftOut.Select(r => r.Code).Order());
        Assert.Equal((fine.Length, reasons.Length), (done.Value.Done, done.Value.LeftOut.Count));
        Assert.Equal(fine.Length + 1, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Deactivated)));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "users-deactivated"));
        Assert.All(fine, id => Assert.Contains(id.ToString(), entry.Facts, StringComparison.Ordinal));
        Assert.Equal(fine.Length, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == AccessClosedMail.TemplateName && m.State == MailState.Waiting)) - 1 - 1);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => fine.Contains(s.HolderId!.Value))));
    }

    [Fact]
    public async Task SetEndDate_Several_GivesAllTheSameDayAndTellsThoseForWhomItIsNew()
    {
        await using var host = await AscentHost.StartAsync();
        var (setup, ids, fine) = await TickAsync(host);
        var day = new DateOnly(2027, 7, 31);
        var mails = await host.CountAsync<OutboxMail>();

        var done = await host.Get<SetEndDates>().ExecuteAsync(ids, day, setup.Actor, CancellationToken.None);
        var again = await host.Get<SetEndDates>().ExecuteAsync(ids, day, setup.Actor, CancellationToken.None);

        Assert.Equal((fine.Length, fine.Length), (done.Value.Done, again.Value.Done));
        Assert.Equal(fine.Length, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.EndsOn == day)));
        Assert.Equal(fine.Length, await host.CountAsync<OutboxMail>() - mails);
    }

    [Fact]
    public async Task SetEndDate_NoneOrPast_IsRefusedAtTheFieldAndChangesNothing()
    {
        await using var host = await AscentHost.StartAsync();
        var (setup, ids, _) = await TickAsync(host);

        foreach (var day in (DateOnly?[])[null, new DateOnly(2026, 11, 22), new DateOnly(2099, 1, 1)])
            Assert.Equal("EndsOn", Assert.Single((await host.Get<SetEndDates>().ExecuteAsync(ids, day, setup.Actor, CancellationToken.None)).Refusals).Field);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.EndsOn != null && m.State == MembershipState.Active)));
    }

    [Theory, BothDatabases]
    public async Task Deactivate_EveryHolderWithoutEnd_LeavesThemOutButForThoseWhoCanGo(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var ending = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), endsOn: new DateOnly(2027, 1, 31));
        TestMember[] holders = [await host.Data.AddMemberAsync(school, Permission.SchoolSetup), await host.Data.AddMemberAsync(school, Permission.SchoolSetup)];

        var both = await host.Get<DeactivateUsers>().ExecuteAsync([.. holders.Select(h => h.MembershipId)], ending.Actor, CancellationToken.None);
        var one = await host.Get<DeactivateUsers>().ExecuteAsync([holders[0].MembershipId], ending.Actor, CancellationToken.None);
        // Whoever ticks themselves too stays, and so the others may go.
        var withMyself = await host.Get<DeactivateUsers>().ExecuteAsync([holders[1].MembershipId, ending.MembershipId], holders[1].Actor, CancellationToken.None);

        Assert.Equal((0, 2), (both.Value.Done, both.Value.LeftOut.OfType<LastHolder>().Count()));
        Assert.Equal((1, 0), (one.Value.Done, one.Value.LeftOut.Count));
        Assert.Equal((1, "own-account"), (withMyself.Value.Done, Assert.Single(withMyself.Value.LeftOut).Code));
    }

    [Fact]
    public async Task Deed_SomebodyOfAnotherSchoolAmongThem_IsNotThere()
    {
        await using var host = await AscentHost.StartAsync();
        var (setup, ids, _) = await TickAsync(host);
        var other = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync());
        Guid[] mixed = [.. ids, other.MembershipId];

        Assert.Null(await host.Get<ReadSelectedUsers>().ExecuteAsync(mixed, setup.Actor, CancellationToken.None));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<DeactivateUsers>().ExecuteAsync(mixed, setup.Actor, CancellationToken.None)).Refusals));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<SetEndDates>().ExecuteAsync(mixed, new DateOnly(2027, 7, 31), setup.Actor, CancellationToken.None)).Refusals));
        var colleague = await host.Data.AddMemberAsync(setup.School, Permission.ManageData);
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<DeactivateUsers>().ExecuteAsync(ids, colleague.Actor, CancellationToken.None)).Refusals));
    }

    /// <returns>An administrator, seven ticked people, and the three of them for whom a deed can be done.</returns>
    private static async Task<(TestMember Setup, Guid[] Ids, Guid[] Fine)> TickAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var fine = new List<Guid>();
        for (var i = 0; i < 3; i++)
            fine.Add((await host.Data.AddMemberAsync(school, Permission.ManageData)).MembershipId);
        var (closed, gone) = (await host.Data.AddMemberAsync(school), await host.Data.AddMemberAsync(school));
        await host.Data.BringAsync(closed, MembershipState.Deactivated, setup);
        await host.Data.BringAsync(gone, MembershipState.Deleted, setup);
        var pending = await host.Data.InviteAsync(setup);
        return (setup, [.. fine, closed.MembershipId, gone.MembershipId, pending.MembershipId, setup.MembershipId], [.. fine]);
    }
}
