using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

/// <summary>Resend and Delete for several ticked people.</summary>
public sealed class SelectedPendingUsersTests
{
    [Theory, BothDatabases]
    public async Task Delete_Several_FreesTheirSeatsWithOneEntryThatNamesAll(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var first = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Ann", "One");
        var second = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Bea", "Two");
        var kept = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));

        var deleted = await DeleteAsync(host, setup, first, second, second);

        Assert.Equal((2, 0), (deleted.Value.Done, deleted.Value.LeftOut.Count));
        Assert.Equal([kept.MembershipId], await host.ReadAsync(db => db.Set<Invitation>().Select(i => i.MembershipId).ToListAsync()));
        Assert.Equal([setup.MembershipId, kept.MembershipId], await host.ReadAsync(db => db.Set<Seat>().Where(s => s.HolderId != null).OrderByDescending(s => s.Permission).Select(s => s.HolderId!.Value).ToListAsync()));
        var (facts, details) = await EntryAsync(host, "pending-users-deleted");
        Assert.All([first, second], who => Assert.Contains(who.MembershipId.ToString(), facts, StringComparison.Ordinal));
        Assert.Equal(["Ann One", "Bea Two"], details.Order());
    }

    [Theory, BothDatabases]
    public async Task Resend_Several_GivesEachANewLinkAndTheRunOutOnesANewCode(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await host.Data.InviteAsync(setup);
        host.Clock.Advance(TimeSpan.FromDays(14));
        var fresh = await host.Data.InviteAsync(setup);
        var (oldCode, freshCode) = (await host.Data.CodeOfAsync(old.MembershipId), await host.Data.CodeOfAsync(fresh.MembershipId));
        var oldLink = await host.Data.TokenOfAsync(fresh.MembershipId);

        var resent = await host.Get<ResendInvitations>().ExecuteAsync([old.MembershipId, fresh.MembershipId], setup.Actor, CancellationToken.None);

        Assert.Equal(2, resent.Value.Done);
        Assert.NotEqual(oldCode, await host.Data.CodeOfAsync(old.MembershipId));
        Assert.Equal(freshCode, await host.Data.CodeOfAsync(fresh.MembershipId));
        Assert.NotEqual(oldLink, await host.Data.TokenOfAsync(fresh.MembershipId));
        Assert.Equal(InvitationStatus.Unknown, (await host.Get<OpenInvitation>().ExecuteAsync(oldLink, null, CancellationToken.None)).Status);
        Assert.Equal(4, await host.CountAsync<OutboxMail>());
        var (facts, details) = await EntryAsync(host, "invitations-resent");
        Assert.Contains($"\"WithNewCode\":[\"{old.MembershipId}\"]", facts, StringComparison.Ordinal);
        Assert.Equal(2, details.Count);
    }

    [Theory, BothDatabases]
    public async Task Delete_OneSignedUpAndOneGone_LeavesThemOutWithTheReason(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var (pending, gone) = (await host.Data.InviteAsync(setup), await host.Data.InviteAsync(setup));
        var signedUp = await host.Data.AddMemberAsync(setup.School, PermissionSet.None, "Ann", "Active");
        await host.Get<DeletePendingUser>().ExecuteAsync(gone.MembershipId, setup.Actor, CancellationToken.None);

        var preview = await host.Get<ReadSelectedPendingUsers>().ExecuteAsync([pending.MembershipId, gone.MembershipId, signedUp.MembershipId], setup.Actor, CancellationToken.None);
        var deleted = await DeleteAsync(host, setup, pending, gone, signedUp);

        Assert.Equal([pending.MembershipId], preview!.Pending.Select(p => p.MembershipId));
        Assert.Equal(["not-pending", "pending-user-gone"], preview.LeftOut.Select(r => r.Code).Order());
        Assert.Equal((1, 2), (deleted.Value.Done, deleted.Value.LeftOut.Count));
        Assert.Equal(MembershipState.Active, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == signedUp.MembershipId).Select(m => m.State).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task Any_WithSomebodyOfAnotherSchoolAmongThem_DoesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var reader = await host.Data.AddMemberAsync(setup.School, Permission.SchoolReports);
        var here = await host.Data.InviteAsync(setup);
        var elsewhere = await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));

        Assert.Null(await host.Get<ReadSelectedPendingUsers>().ExecuteAsync([here.MembershipId, elsewhere.MembershipId], setup.Actor, CancellationToken.None));
        Assert.Equal("not-found", (await DeleteAsync(host, setup, here, elsewhere)).Refusals[0].Code);
        Assert.Equal("not-found", (await host.Get<ResendInvitations>().ExecuteAsync([here.MembershipId, elsewhere.MembershipId], setup.Actor, CancellationToken.None)).Refusals[0].Code);
        Assert.Equal("not-allowed", (await DeleteAsync(host, reader, here)).Refusals[0].Code);
        Assert.Equal("not-allowed", (await host.Get<ResendInvitations>().ExecuteAsync([here.MembershipId], reader.Actor, CancellationToken.None)).Refusals[0].Code);
        Assert.Equal((2, 2), (await host.CountAsync<Invitation>(), await host.CountAsync<OutboxMail>()));
    }

    [Theory, BothDatabases]
    public async Task Delete_WhileOneOfThemSignsUp_EitherIsWhole(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var round = 0; round < 5; round++)
        {
            var (signing, other) = (await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData)), await host.Data.InviteAsync(setup));
            var request = new ActivateMembershipRequest(await host.Data.TokenOfAsync(signing.MembershipId), await host.Data.CodeOfAsync(signing.MembershipId), TestData.Password, null);

            var activating = Task.Run(() => host.Get<ActivateMembership>().ExecuteAsync(request, CancellationToken.None));
            var deleting = Task.Run(() => DeleteAsync(host, setup, signing, other));
            var (activated, deleted) = (await activating, await deleting);

            Assert.Equal(activated.Succeeded ? 1 : 2, deleted.Value.Done);
            var states = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == signing.MembershipId || m.Id == other.MembershipId).OrderBy(m => m.State).Select(m => m.State).ToListAsync());
            Assert.Equal(activated.Succeeded ? [MembershipState.Active, MembershipState.Deleted] : [MembershipState.Deleted, MembershipState.Deleted], states);
            await host.ChangeAsync(db => db.Set<Seat>().Where(s => s.HolderId == signing.MembershipId).ExecuteUpdateAsync(s => s.SetProperty(x => x.HolderId, (Guid?)null)));
        }
    }

    private static Task<Result<DoneForMany>> DeleteAsync(AscentHost host, TestMember by, params TestMember[] people) =>
        host.Get<DeletePendingUsers>().ExecuteAsync([.. people.Select(p => p.MembershipId)], by.Actor, CancellationToken.None);

    private static Task<(string Facts, List<string> Names)> EntryAsync(AscentHost host, string kind) => host.ReadAsync(async db =>
    {
        var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Kind == kind);
        var texts = await db.Set<AuditDetail>().Where(d => d.EntryId == entry.Id).Select(d => d.Text).ToListAsync();
        return (entry.Facts, texts.ConvertAll(t => System.Text.Json.JsonDocument.Parse(t).RootElement.GetProperty("name").GetString()!));
    });
}
