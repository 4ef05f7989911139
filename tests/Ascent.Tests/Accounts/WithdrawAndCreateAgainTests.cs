using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

/// <summary>A wrong name or email is put right by a new pending user in place of the old one, never by an edit.</summary>
public sealed class WithdrawAndCreateAgainTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_OtherNameAndEmail_TakesThePlaceInOneSave(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Hanna", "Mos", "hanna@school.example");
        var (link, code) = (await host.Data.TokenOfAsync(old.MembershipId), await host.Data.CodeOfAsync(old.MembershipId));

        var made = await AgainAsync(host, setup, old, "Hannah", "Moss", "hannah@school.example");

        var row = Assert.Single((await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows);
        Assert.Equal((made.Value, "Hannah Moss", "hannah@school.example"), (row.MembershipId, row.FullName, row.Email));
        Assert.Equal(MembershipState.Deleted, await StateAsync(host, old));
        Assert.Equal("link-unknown", (await host.Get<ActivateMembership>().ExecuteAsync(new(link, code, TestData.Password, null), CancellationToken.None)).Refusals[0].Code);
        Assert.Equal([made.Value], await HoldersAsync(host, Permission.ManageData));

        var (entry, details) = await host.ReadAsync(async db =>
        {
            var again = await db.Set<AuditEntry>().SingleAsync(e => e.Kind == "user-created-again");
            return (again, await db.Set<AuditDetail>().Where(d => d.EntryId == again.Id).ToListAsync());
        });
        Assert.All([made.Value, old.MembershipId], id => Assert.Contains(id.ToString(), entry.Facts, StringComparison.Ordinal));
        Assert.Contains("Hanna Mos", details.Single(d => d.PersonId == old.AccountId).Text, StringComparison.Ordinal);
        Assert.Contains("Hannah Moss", details.Single(d => d.PersonId != old.AccountId).Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "user-created"))); // the first one only
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SameEmailAndEverySeatTaken_ReusesTheSeat(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 2; i++)
            await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup));
        var old = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Hanna", "Mos", "hannah@school.example");
        Assert.Equal(4, (await HoldersAsync(host, Permission.SchoolSetup)).Count);

        var made = await AgainAsync(host, setup, old, "Hannah", "Moss", "Hannah@School.example");

        Assert.True(made.Succeeded);
        var holders = await HoldersAsync(host, Permission.SchoolSetup);
        Assert.Equal((4, true, false), (holders.Count, holders.Contains(made.Value), holders.Contains(old.MembershipId)));
        Assert.Equal(old.AccountId, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == made.Value).Select(m => m.AccountId).SingleAsync()));
        // One account, so one details row with both names.
        var detail = await host.ReadAsync(async db => await db.Set<AuditDetail>().SingleAsync(d => d.EntryId == db.Set<AuditEntry>().Single(e => e.Kind == "user-created-again").Id));
        Assert.All(["Hannah Moss", "Hanna Mos"], name => Assert.Contains(name, detail.Text, StringComparison.Ordinal));
        var signedUp = await host.Get<ActivateMembership>().ExecuteAsync(
            new(await host.Data.TokenOfAsync(made.Value), await host.Data.CodeOfAsync(made.Value), TestData.Password, null), CancellationToken.None);
        Assert.True(signedUp.Succeeded);
        Assert.Equal("Hannah", await host.ReadAsync(db => db.Set<Account>().Where(a => a.Id == old.AccountId).Select(a => a.Forename).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WithoutTheOldSeat_GivesItBack(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));

        Assert.True((await AgainAsync(host, setup, old, "Hannah", "Moss", old.Email, PermissionSet.None)).Succeeded);

        Assert.Empty(await HoldersAsync(host, Permission.ManageData));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_MailNotSentYet_NeverGoesToTheWrongAddress(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await host.Data.InviteAsync(setup, email: "wrong@elsewhere.example");

        await AgainAsync(host, setup, old, "Hannah", "Moss", "right@school.example");
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);

        Assert.Equal(["right@school.example"], (await host.Data.ReadMailAsync()).Select(m => m.To.Mailboxes.Single().Address));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SomebodyElsesAddress_IsRefusedAndTheOldOneStays(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await host.Data.InviteAsync(setup);

        Assert.Equal("already-here", Assert.Single((await AgainAsync(host, setup, old, "Hannah", "Moss", setup.Email)).Refusals).Code);
        Assert.Equal(MembershipState.Pending, await StateAsync(host, old));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_OldOneSignedUpDeletedOrElsewhere_IsRefusedInWords(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var active = await host.Data.AddMemberAsync(school, PermissionSet.None, "Ann", "Active");
        var deleted = await host.Data.InviteAsync(setup);
        await host.Get<DeletePendingUser>().ExecuteAsync(deleted.MembershipId, setup.Actor, CancellationToken.None);
        var elsewhere = await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));

        Assert.Equal("not-pending", Assert.Single((await AgainAsync(host, setup, active, "A", "B", "a@school.example")).Refusals).Code);
        Assert.Equal("pending-user-gone", Assert.Single((await AgainAsync(host, setup, deleted, "A", "B", "a@school.example")).Refusals).Code);
        Assert.Equal("not-found", Assert.Single((await AgainAsync(host, setup, elsewhere, "A", "B", "a@school.example")).Refusals).Code);
        Assert.Equal(1, await host.CountAsync<Invitation>());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwiceAtOnce_MakesOneInItsPlace(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var round = 0; round < 5; round++)
        {
            var old = await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));

            var results = await Task.WhenAll(
                Task.Run(() => AgainAsync(host, setup, old, "Ann", "One", old.Email)), Task.Run(() => AgainAsync(host, setup, old, "Bea", "Two", $"two{round}@school.example")));

            var made = Assert.Single(results, r => r.Succeeded);
            Assert.Equal("pending-user-gone", Assert.Single(Assert.Single(results, r => !r.Succeeded).Refusals).Code);
            Assert.Equal([made.Value], await HoldersAsync(host, Permission.ManageData));
            await host.Get<DeletePendingUser>().ExecuteAsync(made.Value, setup.Actor, CancellationToken.None);
        }
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WhileThePersonSignsUp_EitherIsWholeAndTheOtherIsTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var round = 0; round < 5; round++)
        {
            var old = await host.Data.InviteAsync(setup);
            var signUp = new ActivateMembershipRequest(await host.Data.TokenOfAsync(old.MembershipId), await host.Data.CodeOfAsync(old.MembershipId), TestData.Password, null);

            var signing = Task.Run(() => host.Get<ActivateMembership>().ExecuteAsync(signUp, CancellationToken.None));
            var again = Task.Run(() => AgainAsync(host, setup, old, "Hannah", "Moss", $"hannah{round}@school.example"));
            var (signedUp, made) = (await signing, await again);

            Assert.NotEqual(signedUp.Succeeded, made.Succeeded);
            Assert.Equal(signedUp.Succeeded ? MembershipState.Active : MembershipState.Deleted, await StateAsync(host, old));
        }
    }

    private static Task<Result<Guid>> AgainAsync(AscentHost host, TestMember by, TestMember old, string forename, string surname, string email, PermissionSet? permissions = null) =>
        host.Get<CreateUser>().ExecuteAsync(
            new(null, forename, surname, email, false, JobRole.Teacher, null, permissions ?? old.Permissions, null, old.MembershipId), by.Actor, CancellationToken.None);

    private static Task<MembershipState> StateAsync(AscentHost host, TestMember of) =>
        host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == of.MembershipId).Select(m => m.State).SingleAsync());

    private static Task<List<Guid>> HoldersAsync(AscentHost host, Permission permission) =>
        host.ReadAsync(db => db.Set<Seat>().Where(s => s.Permission == permission && s.HolderId != null).Select(s => s.HolderId!.Value).ToListAsync());
}
