using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class DeletePendingUserTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_PendingUser_FreesTheSeatAndKillsTheLink(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Sam", "Roe");
        var (token, code) = (await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId));

        var deleted = await host.Get<DeletePendingUser>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);

        Assert.Equal("Sam Roe", deleted.Value);
        Assert.Equal(MembershipState.Deleted, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == pending.MembershipId).Select(m => m.State).SingleAsync()));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId == pending.MembershipId)));
        Assert.Equal(0, await host.CountAsync<Invitation>());
        Assert.Empty((await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows);
        Assert.Equal("link-unknown", Assert.Single((await host.Get<ActivateMembership>().ExecuteAsync(new(token, code, TestData.Password, null), CancellationToken.None)).Refusals).Code);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "pending-user-deleted" && e.ActorId == setup.AccountId)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Twice_IsNotFoundTheSecondTime(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        var delete = host.Get<DeletePendingUser>();

        Assert.True((await delete.ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None)).Succeeded);
        Assert.Equal("not-found", Assert.Single((await delete.ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None)).Refusals).Code);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ThenCreatedAgain_IsANewMembershipOfTheSameAccount(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var first = await host.Data.InviteAsync(setup, email: "sam@school.example");
        await host.Get<DeletePendingUser>().ExecuteAsync(first.MembershipId, setup.Actor, CancellationToken.None);

        var second = await host.Data.InviteAsync(setup, email: "sam@school.example");

        Assert.NotEqual(first.MembershipId, second.MembershipId);
        Assert.Equal(first.AccountId, second.AccountId);
        Assert.NotEmpty(await host.Data.TokenOfAsync(second.MembershipId));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ActiveMemberOrOtherSchool_IsNotFound(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var active = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        var elsewhere = await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        var delete = host.Get<DeletePendingUser>();

        foreach (var id in new[] { active.MembershipId, elsewhere.MembershipId })
            Assert.Equal("not-found", Assert.Single((await delete.ExecuteAsync(id, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal("not-allowed", Assert.Single((await delete.ExecuteAsync(elsewhere.MembershipId, active.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal(1, await host.CountAsync<Invitation>());
    }

    // Whichever comes first: the person is in, or gone, and never half of each.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_WhileThePersonSignsUp_EitherIsWholeAndTheOtherIsTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var round = 0; round < 5; round++)
        {
            var pending = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));
            var request = new ActivateMembershipRequest(await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId), TestData.Password, null);

            var activating = Task.Run(() => host.Get<ActivateMembership>().ExecuteAsync(request, CancellationToken.None));
            var deleting = Task.Run(() => host.Get<DeletePendingUser>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None));
            var (activated, deleted) = (await activating, await deleting);

            Assert.NotEqual(activated.Succeeded, deleted.Succeeded);
            var state = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == pending.MembershipId).Select(m => m.State).SingleAsync());
            var seats = await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId == pending.MembershipId));
            Assert.Equal(activated.Succeeded ? (MembershipState.Active, 1) : (MembershipState.Deleted, 0), (state, seats));
        }
    }
}
