using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Many;

public sealed class CreateUsersTests
{
    private const string Head = "Declan,Byrne,declan@school.example,Assistant headteacher,Y,N,Y,Y,";

    [Theory, BothDatabases]
    public async Task ConfirmAsync_ChosenRows_AreMadeWithAllThatASingleUserGets(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var other = await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolSetup), "Graham", "Ellis");
        var list = await Lists.GiveAsync(host, setup, [Head, .. Lists.Teachers(2), "Ann2,Bell2,ann2.bell@school.example,Teacher,N,N,Y,N,31/08/2027", "No,Mail,nowhere,Teacher,N,N,Y,N,"]);
        Assert.Equal(0, await host.CountAsync<Invitation>());

        var outcome = await Lists.CreateAsync(host, setup, list);

        Assert.Equal((4, 0, 1), (outcome.MembershipIds.Count, outcome.NotMade.Count, outcome.LeftOut));
        var made = await host.ReadAsync(db => db.Set<Membership>().Where(m => m.State == MembershipState.Pending).OrderBy(m => m.EmailKey).ToListAsync());
        Assert.Equal(outcome.MembershipIds.Order(), made.Select(m => m.Id).Order());
        Assert.Equal((JobRole.Teacher, PupilScope.OwnClasses, setup.AccountId), (made[0].JobRole, made[0].Permissions.ScopeOf(Permission.PupilReports), made[0].CreatedById!.Value));
        Assert.Equal([null, null, new DateOnly(2027, 8, 31), null], made.Select(m => m.EndsOn));
        Assert.Equal(4, await host.CountAsync<Invitation>());
        Assert.Single(await host.ReadAsync(db => db.Set<Seat>().Where(s => s.HolderId == made[3].Id).ToListAsync()));
        Assert.Equal([.. Enumerable.Repeat("invitation", 4).Prepend("holder-made")], await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => m.Template).OrderBy(t => t).ToListAsync()));
        Assert.Equal(other.Email, await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == "holder-made").Select(m => m.Recipient).SingleAsync()));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "users-created"));
        Assert.All(outcome.MembershipIds, id => Assert.Contains(id.ToString(), entry.Facts, StringComparison.Ordinal));
        Assert.DoesNotContain("Byrne", entry.Facts, StringComparison.Ordinal);
        Assert.Equal(4, await host.ReadAsync(db => db.Set<AuditDetail>().CountAsync(d => d.EntryId == entry.Id)));
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_SentTwiceAndAtOnce_MakesNobodyTwice(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var list = await Lists.GiveAsync(host, setup, [Head, .. Lists.Teachers(20)]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, CancellationToken.None))));
        await Lists.CreateAsync(host, setup, list);

        Assert.All(answers, a => Assert.Empty(a.Refusals));
        Assert.Equal((21, 1), (await host.CountAsync<Invitation>(), await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "users-created"))));
        Assert.Equal(21, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == "invitation")));
    }

    [Theory, BothDatabases]
    public async Task ConfirmAsync_PersonCameByAnotherWay_IsRefusedAndNobodyIsMade(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var list = await Lists.GiveAsync(host, setup, Lists.Teachers(3));
        await host.Data.InviteAsync(setup, default, email: "ann1.bell@school.example");

        var refused = await host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, CancellationToken.None);

        Assert.Equal([2], Assert.IsType<RowsChanged>(Assert.Single(refused.Refusals)).Numbers);
        Assert.Equal(1, await host.CountAsync<Invitation>());
    }

    [Fact]
    public async Task ContinueAsync_PersonCameBetweenBatches_IsLeftOutAndLogged()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var list = await Lists.GiveAsync(host, setup, Lists.Teachers(CreateUsers.Batch + 2));
        var first = (await host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, CancellationToken.None)).Value;
        Assert.Equal((CreateUsers.Batch, CreateUsers.Batch + 2, null), (first.Done, first.Of, first.Outcome));
        await host.Data.InviteAsync(setup, default, email: $"ann{CreateUsers.Batch}.bell@school.example");

        var outcome = await Lists.CreateAsync(host, setup, list);

        Assert.Equal((CreateUsers.Batch + 1, CreateUsers.Batch + 1), (outcome.MembershipIds.Count, Assert.Single(outcome.NotMade)));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "users-not-created")));
    }

    [Fact]
    public async Task ContinueAsync_RightTakenAway_MakesNoMore()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var list = await Lists.GiveAsync(host, setup, Lists.Teachers(CreateUsers.Batch + 5));
        await host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, CancellationToken.None);
        await host.ChangeAsync(async db =>
        {
            var own = await db.Set<Membership>().SingleAsync(m => m.Id == setup.MembershipId);
            own.Change(AccessChoice.Of(own) with { Permissions = PermissionSet.None }, null, AscentHost.Start.UtcDateTime);
        });

        await host.Get<ContinueConfirmedLists>().ExecuteAsync(CancellationToken.None);

        Assert.Equal(CreateUsers.Batch, await host.CountAsync<Invitation>());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "users-not-created")));
    }

    [Theory, BothDatabases]
    public async Task CheckAsync_LimitOverflowsInTheMiddle_SaysWhoTakesTheLastSeat(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup));
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup));
        var list = await Lists.GiveAsync(host, setup, ["Sofia,Marino,sofia@school.example,Teacher,N,N,Y,N,", Head, "Ruth,Asante,ruth@school.example,Administrator,Y,N,N,N,"]);
        var lists = host.Get<StaffListJourney>();

        var before = await Lists.CheckAsync(host, setup, list);
        Assert.Equal([RowState.Ready, RowState.Ready, RowState.ToMend], before.Rows.Select(r => r.State));
        Assert.Contains("Declan Byrne (row 2) takes the rest", before.Rows[2].Reasons[0].Message, StringComparison.Ordinal);

        await lists.GiveSeatAsync(list, 3, Permission.SchoolSetup, setup.Actor, CancellationToken.None);
        Assert.Equal([1, 3], (await Lists.CheckAsync(host, setup, list)).Chosen.Select(r => r.Number));
        await lists.CreateWithoutAsync(list, 2, Permission.SchoolSetup, setup.Actor, CancellationToken.None);
        Assert.Equal([1, 2, 3], (await Lists.CheckAsync(host, setup, list)).Chosen.Select(r => r.Number));
        Assert.Equal(3, (await Lists.CreateAsync(host, setup, list)).MembershipIds.Count);
    }

    [Fact]
    public async Task CheckAsync_PeopleHereAndTwiceInTheList_AreNeverMadeTwice()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var gone = await host.Data.AddMemberAsync(setup.School, PermissionSet.None, "Gareth", "Lloyd");
        await host.Data.BringAsync(gone, MembershipState.Deactivated, setup);
        var list = await Lists.GiveAsync(host, setup, [$"G,L,{gone.Email.ToUpperInvariant()},Teacher,N,N,N,N,", .. Lists.Teachers(1), "Other,Person,ANN0.bell@School.example,Teacher,N,N,N,N,", "Ma,Cu,mаrie@school.example,Senco,N,N,N,N,"]);

        var rows = (await Lists.CheckAsync(host, setup, list)).Rows;

        Assert.Equal([RowState.HereAlready, RowState.Ready, RowState.ToMend, RowState.ToDecide], rows.Select(r => r.State));
        Assert.Equal(MembershipState.Deactivated, Assert.IsType<AlreadyHere>(rows[0].Reasons[0]).State);
        Assert.Equal(2, Assert.IsType<SameAddress>(rows[2].Reasons[0]).Number);
        Assert.Equal([2], rows.Where(r => r.IsChosen).Select(r => r.Number));
    }

    [Fact]
    public async Task ConfirmAsync_WithoutTheRightOrTheListOrTheProof_MakesNobody()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var second = await host.Data.AddMemberAsync(setup.School, Permission.SchoolSetup);
        var reader = await host.Data.AddMemberAsync(setup.School, Permission.SchoolReports);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var list = await Lists.GiveAsync(host, setup, Head);

        foreach (var (actor, code) in ((Actor, string)[])[(reader.Actor, "not-allowed"), (second.Actor, "not-found"), (elsewhere.Actor, "not-found"), (setup.Actor with { IsFresh = false }, "confirm-it-is-you")])
            Assert.Equal(code, Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(list, actor, CancellationToken.None)).Refusals).Code);
        await host.Get<StaffListJourney>().ChangeAsync(list, setup.Actor, a => a with { Chosen = [] }, CancellationToken.None);
        Assert.Equal("nobody-chosen", Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, CancellationToken.None)).Refusals).Code);
        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("not-found", Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal(0, await host.CountAsync<Invitation>());
    }

    /// <summary>The file was saved by LibreOffice Calc 7: 500 people, and each fifth has an end date as a date cell.</summary>
    [Theory, BothDatabases]
    public async Task ConfirmAsync_WorkbookSavedByLibreOffice_MakesItsFiveHundredPeople(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        using var file = new MemoryStream(StaffFile.Bytes(StaffFile.LibreOffice));
        var list = await host.Get<StaffListJourney>().BeginAsync(ReadStaffList.FromFile(file).Value, "staff.xlsx", setup.Actor, CancellationToken.None);

        var outcome = await Lists.CreateAsync(host, setup, list);

        Assert.Equal((500, 0, 0), (outcome.MembershipIds.Count, outcome.NotMade.Count, outcome.LeftOut));
        Assert.Equal(100, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.EndsOn == new DateOnly(2027, 8, 31))));
        Assert.Equal("Łukasz", await host.ReadAsync(db => db.Set<Invitation>().Where(i => i.Email == "staff1@school.example").Select(i => i.Forename).SingleAsync()));
    }

    [Fact]
    public async Task ConfirmAsync_TwoThousandRows_AreMadeWithinAMinute()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var count = LongTests.AreOn ? ReadStaffList.MostRows : 600;
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var outcome = await Lists.CreateAsync(host, setup, await Lists.GiveAsync(host, setup, Lists.Teachers(count)));

        Assert.Equal((count, count), (outcome.MembershipIds.Count, await host.CountAsync<Invitation>()));
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task ShowCodes_ForAllOfTheList_AreTheirCodesAndOneEntry()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var outcome = await Lists.CreateAsync(host, setup, await Lists.GiveAsync(host, setup, Lists.Teachers(3)));
        var show = host.Get<ShowActivationCodes>();

        Assert.Equal("confirm-it-is-you", Assert.Single((await show.ExecuteAsync(outcome.MembershipIds, setup.Actor with { IsFresh = false }, CancellationToken.None)).Refusals).Code);
        var shown = (await show.ExecuteAsync(outcome.MembershipIds, setup.Actor, CancellationToken.None)).Value;

        Assert.Equal(3, shown.Codes.Count);
        foreach (var code in shown.Codes)
            Assert.Equal(await host.Data.CodeOfAsync(code.MembershipId), code.Code);
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "slips-printed"));
        Assert.DoesNotContain(shown.Codes[0].Code, entry.Facts, StringComparison.Ordinal);
    }
}
