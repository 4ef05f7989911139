using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Many;

/// <summary>A list taken as the whole staff: who comes, who changes, who leaves, in one deed.</summary>
public sealed class StaffListTests
{
    private static readonly PermissionSet Reader = PermissionSet.Of(Permission.SchoolReports);

    [Theory, BothDatabases]
    public async Task CheckAsync_WholeStaff_SaysWhoComesChangesStaysAndIsMissing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await Staff.StartAsync(host);

        var list = await Lists.CheckAsync(host, school.Setup, await school.GiveAsync());

        Assert.Equal([RowState.Unchanged, RowState.Change, RowState.Unchanged, RowState.Ready, RowState.HereAlready], list.Rows.Select(r => r.State));
        Assert.Equal([new("Job role", "Teacher", "SENCO", false), new("View pupil-level data & suppressed and sensitive items", "no", "whole school", true)], list.Rows[1].Changes);
        Assert.Equal(["Gwen Left", "Sam Waiting"], list.Leavers.Select(l => l.Member.FullName));
        Assert.Empty(list.Leaving);
        Assert.Equal([2, 4], list.Chosen.Select(r => r.Number));
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_WholeStaff_DoesAllOfItInOneEntry(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await Staff.StartAsync(host);
        var list = await school.GiveAsync();
        await Lists.TickLeaversAsync(host, school.Setup, list, school.Gone, school.Waiting);
        var mailsBefore = await host.CountAsync<OutboxMail>();

        var outcome = await Lists.CreateAsync(host, school.Setup, list);

        Assert.Equal((1, 0, 1), (outcome.MembershipIds.Count, outcome.NotMade.Count, outcome.LeftOut));
        Assert.Equal(new StaffListDone { Changed = 1, Deactivated = 1, Deleted = 1 }, outcome.AtOnce);
        var now = await host.ReadAsync(db => db.Set<Membership>().ToDictionaryAsync(m => m.Id));
        Assert.Equal((JobRole.Senco, Reader.With(Permission.PupilReports)), (now[school.Ann.MembershipId].JobRole, now[school.Ann.MembershipId].Permissions));
        Assert.Equal((MembershipState.Deactivated, MembershipState.Deleted, MembershipState.Deactivated), (now[school.Gone.MembershipId].State, now[school.Waiting.MembershipId].State, now[school.Closed.MembershipId].State));
        Assert.Equal("Ann Account", await host.ReadAsync(db => db.Set<Account>().Where(a => a.Id == school.Ann.AccountId).Select(a => a.Forename + " " + a.Surname).SingleAsync()));
        // As the single deeds tell: whoever was changed, and whoever was deactivated. An invitation that is taken back never goes out.
        var mails = await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => new { m.Template, m.Recipient }).ToListAsync());
        Assert.Equal(school.Ann.Email, mails.Single(m => m.Template == "access-changed").Recipient);
        Assert.Equal(school.Gone.Email, mails.Single(m => m.Template == "access-closed").Recipient);
        Assert.Equal(mailsBefore + 2, mails.Count);
        Assert.DoesNotContain(mails, m => m.Recipient == school.Waiting.Email);
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "staff-list-confirmed"));
        Assert.DoesNotContain("Account", entry.Facts, StringComparison.Ordinal);
        var details = await host.ReadAsync(db => db.Set<AuditDetail>().Where(d => d.EntryId == entry.Id).ToDictionaryAsync(d => d.PersonId, d => d.Text));
        Assert.Equal(4, details.Count);
        Assert.Contains("SENCO", details[school.Ann.AccountId], StringComparison.Ordinal);
        Assert.Contains("Gwen Left", details[school.Gone.AccountId], StringComparison.Ordinal);
        var kinds = await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.At == entry.At && e.Id != entry.Id).Select(e => e.Kind).ToListAsync());
        Assert.DoesNotContain(kinds, k => k is "users-created" or "access-changed" or "pending-users-deleted");
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_SentTwiceAndAtOnce_DoesItOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await Staff.StartAsync(host);
        var list = await school.GiveAsync();
        await Lists.TickLeaversAsync(host, school.Setup, list, school.Gone, school.Waiting);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => host.Get<CreateUsers>().ConfirmAsync(list, school.Setup.Actor, CancellationToken.None))));
        await Lists.CreateAsync(host, school.Setup, list);

        Assert.All(answers, a => Assert.Empty(a.Refusals));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "staff-list-confirmed")));
        var told = await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template != "invitation").Select(m => m.Template).OrderBy(t => t).ToListAsync());
        Assert.Equal(["access-changed", "access-closed"], told);
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_AllHoldersHandOverToOthers_SwapsTheSeatsInOneSave(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var holders = new List<TestMember>();
        foreach (var n in Enumerable.Range(1, 6))
            holders.Add(await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.ManageData), "Out", $"Data{n}"));
        foreach (var n in Enumerable.Range(1, 3))
            holders.Add(await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolSetup), "Out", $"Setup{n}"));
        var other = await host.Data.AddMemberAsync(setup.School, Reader, "Next", "Holder");
        // Three leave with their seats, three change theirs for another kind or for none, and others come; each in the worst order.
        string[] rows =
        [
            "New,One,one@school.example,Teacher,Y,N,N,N,", "New,Two,two@school.example,Teacher,N,Y,N,N,", "New,Three,three@school.example,Teacher,N,Y,N,N,", "New,Four,four@school.example,Teacher,N,Y,N,N,",
            Lists.Row(other, permissions: Reader.With(Permission.SchoolSetup)), Lists.Row(holders[0], permissions: PermissionSet.Of(Permission.SchoolSetup)),
            .. holders[1..3].Select(h => Lists.Row(h, permissions: PermissionSet.None)), Lists.Row(holders[6], permissions: PermissionSet.Of(Permission.ManageData)),
            .. holders[3..4].Select(h => Lists.Row(h)), .. holders[5..6].Select(h => Lists.Row(h)), Lists.Row(setup),
        ];
        var list = await Lists.GiveStaffAsync(host, setup, rows);
        TestMember[] leavers = [holders[4], holders[7], holders[8]];

        Assert.Contains((await Lists.CheckAsync(host, setup, list)).Rows, r => r.Reasons is [NoSeatForRow]);
        await Lists.TickLeaversAsync(host, setup, list, leavers);
        await host.Get<StaffListJourney>().ChangeAsync(list, setup.Actor, a => a with { Chosen = [.. Enumerable.Range(1, rows.Length)] }, CancellationToken.None);
        var check = await Lists.CheckAsync(host, setup, list);
        await host.Get<StaffListJourney>().ChangeAsync(list, setup.Actor, a => a with { Chosen = [.. check.Chosen.Select(r => r.Number)] }, CancellationToken.None);

        Assert.Equal(4, (await Lists.CreateAsync(host, setup, list)).MembershipIds.Count);
        var seats = await host.ReadAsync(db => (from s in db.Set<Seat>() join m in db.Set<Membership>() on s.HolderId equals m.Id where s.OrganisationId == setup.School.Id select new { s.Permission, m.EmailKey, Needs = m.HoldsSeats, m.PermissionBits }).ToListAsync());
        Assert.Equal((4, 6), (seats.Count(s => s.Permission == Permission.SchoolSetup), seats.Count(s => s.Permission == Permission.ManageData)));
        Assert.All(seats, s => Assert.True(s.Needs && new PermissionSet(s.PermissionBits).SeatsNeeded().Contains(s.Permission)));
        Assert.Empty(await Invariants.BrokenAsync(host));
        // Nobody is told of a new holder who stops being one by the same list.
        var told = await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == "holder-made").Select(m => m.Recipient).ToListAsync());
        Assert.Empty(told.Intersect(holders.Select(h => h.Email)));
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_SomebodyElseWasAtThem_NamesThemAndDoesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await Staff.StartAsync(host);
        var list = await school.GiveAsync();
        await Lists.TickLeaversAsync(host, school.Setup, list, school.Gone, school.Waiting);
        var other = await host.Data.AddMemberAsync(school.Setup.School, Permission.SchoolSetup);
        await host.Get<DeletePendingUser>().ExecuteAsync(school.Waiting.MembershipId, other.Actor, CancellationToken.None);
        await host.Get<DeactivateUser>().ExecuteAsync(school.Gone.MembershipId, other.Actor, CancellationToken.None);
        await host.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == school.Ann.MembershipId)).Change(new(JobRole.Governor, null, Reader, null), other.AccountId, AscentHost.Start.UtcDateTime));

        var refused = await host.Get<CreateUsers>().ConfirmAsync(list, school.Setup.Actor, CancellationToken.None);

        var changed = Assert.IsType<RowsChanged>(Assert.Single(refused.Refusals));
        Assert.Equal([2], changed.Numbers);
        Assert.Equal(2, changed.Leavers.Count);
        Assert.Contains("row 2, Gwen Left and 1 leaver who went already", changed.Message, StringComparison.Ordinal);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "staff-list-confirmed")));
        Assert.Equal(JobRole.Governor, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == school.Ann.MembershipId).Select(m => m.JobRole).SingleAsync()));
        // Looked at again, without a tick; with the tick it is done as it is now.
        await host.Get<StaffListJourney>().LookAgainAsync(list, changed, school.Setup.Actor, CancellationToken.None);
        Assert.Equal([4], (await Lists.CheckAsync(host, school.Setup, list)).Chosen.Select(r => r.Number));
        await host.Get<StaffListJourney>().ChangeAsync(list, school.Setup.Actor, a => a with { Chosen = [2, 4] }, CancellationToken.None);
        Assert.Equal(1, (await Lists.CreateAsync(host, school.Setup, list)).AtOnce.Changed);
    }

    [Fact]
    public async Task ConfirmAsync_NewPersonCameByAnotherWay_IsNotChangedUnseen()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await Staff.StartAsync(host);
        var list = await school.GiveAsync();
        await host.Data.InviteAsync(school.Setup, default, email: "mei@school.example");

        var refused = await host.Get<CreateUsers>().ConfirmAsync(list, school.Setup.Actor, CancellationToken.None);

        Assert.Equal([4], Assert.IsType<RowsChanged>(Assert.Single(refused.Refusals)).Numbers);
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_WouldTakeTheLastHolder_KeepsTheHolder(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var last = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        // Whoever gives the list holds School setup for a while only.
        var setup = await host.Data.AddMemberAsync(last.School, PermissionSet.Of(Permission.SchoolSetup), endsOn: new DateOnly(2027, 8, 31));
        var leaving = await Lists.GiveStaffAsync(host, setup, Lists.Row(setup, end: "31/08/2027"));
        var changing = await Lists.GiveStaffAsync(host, setup, Lists.Row(last, permissions: Reader));

        await Lists.TickLeaversAsync(host, setup, leaving, last);

        Assert.Contains("last Active holder", Assert.Single((await Lists.CheckAsync(host, setup, leaving)).Leavers).Kept, StringComparison.Ordinal);
        Assert.IsType<RowsChanged>(Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(leaving, setup.Actor, CancellationToken.None)).Refusals));
        Assert.Equal(RowState.ToMend, Assert.Single((await Lists.CheckAsync(host, setup, changing)).Rows, r => r.Reasons is [LastHolder]).State);
        Assert.Equal("nobody-chosen", Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(changing, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal(MembershipState.Active, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == last.MembershipId).Select(m => m.State).SingleAsync()));
    }

    [Fact]
    public async Task CheckAsync_OwnRow_ChangesNothingAndNobodyIsTheirOwnLeaver()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.AddMemberAsync(setup.School, Permission.SchoolSetup);

        var mine = (await Lists.CheckAsync(host, setup, await Lists.GiveStaffAsync(host, setup, Lists.Row(setup, permissions: Reader)))).Rows[0];
        var without = await Lists.CheckAsync(host, setup, await Lists.GiveStaffAsync(host, setup, Lists.Teachers(1)));

        Assert.Equal((RowState.HereAlready, false), (mine.State, mine.CanBeChosen));
        Assert.IsType<OwnRow>(mine.Reasons[0]);
        Assert.DoesNotContain(without.Leavers, l => l.Member.MembershipId == setup.MembershipId);
    }

    [Fact]
    public async Task CheckAsync_ColumnsThatTheListDoesNotHave_LeaveWhatPeopleHold()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var held = Reader.With(Permission.PupilReports, PupilScope.OwnClasses).With(Permission.TrackingMarks);
        var ann = await host.Data.AddMemberAsync(setup.School, held, endsOn: new DateOnly(2027, 8, 31));
        var given = ReadStaffList.FromPasted($"Forename,Surname,Email,Job role\n{ann.Forename},{ann.Surname},{ann.Email},Governor").Value;

        var row = (await Lists.CheckAsync(host, setup, await host.Get<StaffListJourney>().BeginAsync(given, "x", setup.Actor, CancellationToken.None, isWholeStaff: true))).Rows[0];

        Assert.Equal(["Job role"], row.Changes.Select(c => c.Label));
        Assert.Equal((held, new DateOnly(2027, 8, 31)), (row.Access!.Permissions, row.Access.EndsOn));
    }

    [Fact]
    public async Task CheckAsync_RowWithoutAnAddress_LetsNobodyLeave()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await Staff.StartAsync(host);
        var list = await Lists.GiveStaffAsync(host, school.Setup, Lists.Row(school.Setup), "Gwen,Left,gwen.left,Teacher,N,N,N,N,");
        await Lists.TickLeaversAsync(host, school.Setup, list, school.Gone);

        var check = await Lists.CheckAsync(host, school.Setup, list);

        Assert.All(check.Leavers, l => Assert.Contains("Row 2 tells no email address", l.Kept, StringComparison.Ordinal));
        Assert.Empty(check.Leaving);
    }

    [Fact]
    public async Task CheckAsync_Addresses_AreComparedAsTheSchoolKnowsThem()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var known = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync());
        var pending = await host.Data.InviteAsync(setup, Reader, "Zoë", "Lund", email: known.Email);
        await host.ChangeAsync(async db =>
        {
            var account = await db.Set<Account>().SingleAsync(a => a.Id == known.AccountId);
            (account.Email, account.EmailKey) = ("elsewhere@other.example", "elsewhere@other.example");
        });

        var byInvitation = await Lists.CheckAsync(host, setup, await Lists.GiveStaffAsync(host, setup, Lists.Row(pending, email: known.Email.ToUpperInvariant())));
        var byAccount = await Lists.CheckAsync(host, setup, await Lists.GiveStaffAsync(host, setup, Lists.Row(pending, email: "elsewhere@other.example")));

        Assert.Equal((RowState.Unchanged, 0), (byInvitation.Rows[0].State, byInvitation.Leavers.Count));
        // The account is here under another address: nobody is made twice, and nobody leaves for it.
        Assert.Equal((RowState.HereAlready, 0), (byAccount.Rows[0].State, byAccount.Leavers.Count));
    }

    [Fact]
    public async Task ConfirmAsync_MakingAHolderWithAnOldSignIn_AsksForThePassword()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await Staff.StartAsync(host);
        var list = await Lists.GiveStaffAsync(host, school.Setup, Lists.Row(school.Ann, permissions: PermissionSet.Of(Permission.SchoolSetup)));

        Assert.Equal("confirm-it-is-you", Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(list, school.Setup.Actor with { IsFresh = false }, CancellationToken.None)).Refusals).Code);
        var outcome = await Lists.CreateAsync(host, school.Setup, list);

        Assert.Equal(1, outcome.AtOnce.Changed);
        Assert.Single(await host.ReadAsync(db => db.Set<Seat>().Where(s => s.HolderId == school.Ann.MembershipId).ToListAsync()));
    }

    [Fact]
    public async Task ConfirmAsync_LeaversOfAnotherSchoolOrOfAListOfNewPeople_AreNotTouched()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await Staff.StartAsync(host);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Reader);
        var staff = await school.GiveAsync();
        var people = await Lists.GiveAsync(host, school.Setup, Lists.Teachers(1));
        await Lists.TickLeaversAsync(host, school.Setup, staff, elsewhere);
        await Lists.TickLeaversAsync(host, school.Setup, people, school.Gone);

        foreach (var list in (Guid[])[staff, people])
            Assert.IsType<RowsChanged>(Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(list, school.Setup.Actor, CancellationToken.None)).Refusals));

        Assert.All(await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == elsewhere.MembershipId || m.Id == school.Gone.MembershipId).Select(m => m.State).ToListAsync()), state => Assert.Equal(MembershipState.Active, state));
    }

    [Fact]
    public async Task CheckAsync_ExportOfManageUsersGivenBack_ChangesNothing()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await Staff.StartAsync(host);
        await host.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == school.Ann.MembershipId)).Change(new(JobRole.Other, "Chess coach", Reader.With(Permission.PupilReports, PupilScope.OwnClasses), new DateOnly(2027, 8, 31)), null, AscentHost.Start.UtcDateTime));
        using var file = new MemoryStream();
        await host.Get<ExportUsers>().WriteAsync(new(), school.Setup.Actor, file, CancellationToken.None);

        file.Position = 0;
        var list = await Lists.CheckAsync(host, school.Setup, await host.Get<StaffListJourney>().BeginAsync(ReadStaffList.FromFile(file).Value, "users.csv", school.Setup.Actor, CancellationToken.None, isWholeStaff: true));

        Assert.All(list.Rows.Where(r => r.Here!.IsHere), r => Assert.Equal(RowState.Unchanged, r.State));
        Assert.Equal([school.Waiting.MembershipId], list.Leavers.Select(l => l.Member.MembershipId));
    }

    [Fact]
    public async Task ConfirmAsync_TwoThousandPeopleChanged_IsOneSaveOfSeconds()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var count = LongTests.AreOn ? ReadStaffList.MostRows : 300;
        await host.Data.AddManyMembersAsync(setup.School, count);
        var emails = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.OrganisationId == setup.School.Id && m.Id != setup.MembershipId).Join(db.Set<Account>(), m => m.AccountId, a => a.Id, (_, a) => a.Email).ToListAsync());
        var list = await Lists.GiveStaffAsync(host, setup, emails.Select(email => $"A,B,{email},Headteacher,N,N,N,N,31/08/2027"));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var outcome = await Lists.CreateAsync(host, setup, list);

        Assert.Equal(count, outcome.AtOnce.Changed);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    /// <summary>A school of an administrator, two who stay, one who left, one who never signed up, one who was closed; and a list of it.</summary>
    private sealed record Staff(AscentHost Host, TestMember Setup, TestMember Ann, TestMember Bob, TestMember Gone, TestMember Waiting, TestMember Closed)
    {
        public static async Task<Staff> StartAsync(AscentHost host)
        {
            var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
            var staff = new Staff(host, setup, await host.Data.AddMemberAsync(setup.School, Reader, "Ann", "Account"), await host.Data.AddMemberAsync(setup.School, Reader, "Bob", "Stays"),
                await host.Data.AddMemberAsync(setup.School, Reader, "Gwen", "Left"), await host.Data.InviteAsync(setup, Reader, "Sam", "Waiting"), await host.Data.AddMemberAsync(setup.School, Reader, "Cleo", "Closed"));
            await host.Data.BringAsync(staff.Closed, MembershipState.Deactivated, setup);
            await host.ChangeAsync(db => db.Set<OutboxMail>().Where(m => m.Template != "invitation").ExecuteDeleteAsync());
            return staff;
        }

        public Task<Guid> GiveAsync() => Lists.GiveStaffAsync(Host, Setup, Lists.Row(Setup), Lists.Row(Ann, "Senco", permissions: Reader.With(Permission.PupilReports)).Replace("Account", "Married", StringComparison.Ordinal),
            Lists.Row(Bob), "Mei,Lin,mei@school.example,Governor,N,N,Y,N,", Lists.Row(Closed));
    }
}
