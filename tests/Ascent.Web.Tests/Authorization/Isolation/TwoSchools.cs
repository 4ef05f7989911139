using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Pages.Accounts.CreateUsers;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>One school with one of everything that has an id.</summary>
internal sealed record FilledSchool(School School, TestMember Setup, Browser Browser, TestMember Active, TestMember Pending, TestMember Closed, TestMember Forgot, Guid Template, Guid Journey, Guid List, Guid Reach)
{
    public string Home => $"/schools/{School.Code}";

    public IReadOnlyList<TestMember> People => [Setup, Active, Pending, Closed, Forgot];
}

/// <summary>A server with two schools that hold the same things and know nothing of each other.</summary>
internal sealed class TwoSchools : IAsyncDisposable
{
    private TwoSchools(AscentFactory factory, FilledSchool own, FilledSchool other) => (Factory, Own, Other) = (factory, own, other);

    public AscentFactory Factory { get; }

    /// <summary>Whose School setup holder, with every right, attacks.</summary>
    public FilledSchool Own { get; }

    /// <summary>Whose people are attacked.</summary>
    public FilledSchool Other { get; }

    public static async Task<TwoSchools> StartAsync(DatabaseKind kind)
    {
        var factory = await AscentFactory.StartAsync(kind);
        var own = await FillAsync(factory, "Ownfield", "Ownsby");
        var other = await FillAsync(factory, "Zephyr", "Zanderling");
        await OpenReviewsAsync(factory);
        await factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        // Everybody has opened their school, which is written down once an hour.
        foreach (var school in (FilledSchool[])[own, other])
            await school.Browser.GetAsync(school.Home);
        return new(factory, own, other);
    }

    /// <param name="forename">With <paramref name="surname"/>, the beginning of the names of everybody in it and of nobody else.</param>
    private static async Task<FilledSchool> FillAsync(AscentFactory factory, string forename, string surname)
    {
        var data = factory.Data;
        var school = await data.AddPrimaryAsync($"{forename} Primary");
        Task<TestMember> Add(string who, PermissionSet permissions) => data.AddMemberAsync(school, permissions, forename + who, surname + who, $"{who}@{forename}.example");
        var setup = await Add("setup", PermissionSet.Of(Permission.SchoolSetup));
        await factory.GiveAsync(setup, Rights.All);
        var active = await Add("active", PermissionSet.Of(Permission.PupilReports, Permission.SchoolReports));
        await data.AddFactorAsync(active.AccountId, $"{forename} phone");
        var closed = await Add("closed", PermissionSet.None);
        var pending = await data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports), $"{forename}pending", $"{surname}pending", $"pending@{forename}.example");
        var template = await data.AddTemplateAsync(setup, $"{forename} template", PermissionSet.Of(Permission.SchoolReports));
        // One is confirmed and one waits for its review; a heading of the school's own is remembered.
        var file = $"{TestData.RollHeading},House {forename}\n{data.NextUpn()},{surname}file,{forename}file,04/03/2017,F,5,Red";
        var imported = await data.ReceiveAsync(setup, file);
        _ = (await factory.Get<MapColumns>().SaveAsync(imported, Enumerable.Range(0, 6).ToDictionary(i => i, i => RollColumns.Find(TestData.RollHeading.Split(',')[i])!.Name), setup.Actor, CancellationToken.None)).Value;
        await factory.Get<CheckImport>().ExecuteAsync(school.Id, imported, CancellationToken.None);
        var review = (await factory.Get<ReadImports>().FindAsync(imported, setup.Actor, CancellationToken.None))!.Value.Import;
        await data.ConfirmAsync(setup, review);
        await data.ImportAsync(setup, $"{TestData.RollHeading}\n{data.NextUpn()},{surname}waits,{forename}waits,04/03/2017,F,5");
        (PupilField, string?)[] details = [(PupilField.Surname, $"{surname}pupil"), (PupilField.Forename, $"{forename}pupil"), (PupilField.Upn, data.NextUpn())];
        var pupil = await data.AddPupilAsync(setup, details);
        _ = (await factory.Get<ChangePupil>().ExecuteAsync(new(pupil, TestData.PupilText([.. details, (PupilField.BornOn, "5/3/2018")]), Version: 1), setup.Actor, CancellationToken.None)).Value;
        await data.AddRecordsAsync(school.Id, (pupil, TestData.InFile([TestData.TablesCheck($"{forename}mark")], [new(AcademicYear.StartingIn(2025), 380, 371, 6, 3)], [new("", $"{forename} Infants", null, null)])));
        var its = await data.AddClassAsync(setup, $"{forename} class", year: "4");
        await data.PutInClassAsync(setup, its, pupil);
        await data.OfferAsync(setup, new(4), "MAT");
        await data.AssignAsync(setup, pupil, "MAT");
        var deleted = await data.AddPupilAsync(setup, (PupilField.Surname, $"{surname}deleted"), (PupilField.Forename, $"{forename}deleted"));
        await factory.Get<DeletePupils>().ExecuteAsync(new([deleted]), 1, setup.Actor, CancellationToken.None);
        var browser = await factory.SignInAsync(setup);
        var journey = Guid.ParseExact(CreateUserWalk.Id(await new CreateUserWalk(browser, school.Code).ConfirmAsync(email: $"journey@{forename}.example")), "N");
        var list = StaffListWalk.Id(await StaffListWalk.PasteAsync(browser, $"/schools/{school.Code}", $"{forename}row,{surname}row,row@{forename}.example,Teacher", "No,Mail,nowhere,Teacher"));
        // An authority reaches it, another one asks to.
        var (authority, trust) = (await data.AddAuthorityAsync($"{forename} authority"), await data.AddTrustAsync($"{forename} trust"));
        await data.LinkAsync(school, authority, ReachLevel.School);
        var reach = (await factory.Get<ListReach>().ExecuteAsync(setup.Actor, CancellationToken.None)).Value.Present[0].LinkId;
        var officer = await data.AddBodyMemberAsync(trust, PermissionSet.Of(Permission.LaSetup), email: $"officer@{forename}.example");
        _ = (await factory.Get<ProposeReach>().ExecuteAsync(new(school.Code, ReachLevel.Pupil, $"{forename} agreement"), officer.Actor, CancellationToken.None)).Value;
        var forgot = await Add("forgot", PermissionSet.Of(Permission.ManageData));
        await data.BringAsync(closed, MembershipState.Deactivated, setup);
        _ = (await factory.Get<ResetFactor>().ExecuteAsync(active.MembershipId, setup.Actor, CancellationToken.None)).Value;
        await AskForResetCodeAsync(factory, forgot);
        await WriteNoticeAsync(factory, school);
        await WriteWhatIfAsync(factory, setup, $"{forename} view");
        return new(school, setup, browser, active, pending, closed, forgot, template, journey, list, reach);
    }

    // By the pages, as the person would.
    private static async Task AskForResetCodeAsync(AscentFactory factory, TestMember person)
    {
        await (await factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", person.Email).SubmitAsync();
        for (var patience = 0; patience < 100; patience++)
        {
            await factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
            var mail = (await factory.Data.ReadMailAsync()).FirstOrDefault(m => m.To.Mailboxes.Single().Address == person.Email && m.TextBody!.Contains("/reset/", StringComparison.Ordinal));
            if (mail is not null)
            {
                var line = mail.TextBody!.Split('\n').Select(l => l.Trim()).First(l => l.Contains("/reset/", StringComparison.Ordinal));
                await (await factory.OpenBrowser().GetAsync(new Uri(line).PathAndQuery)).Form("Password").Fill("Password", Resetting.NewPassword).SubmitAsync();
                return;
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException($"No mail came for {person.Email}.");
    }

    /// <summary>Everybody was here before the term, and the night passes.</summary>
    private static async Task OpenReviewsAsync(AscentFactory factory)
    {
        var before = factory.Clock.Now().AddDays(-100);
        await factory.Get<Database>().WriteAsync(OrganisationScope.Server,
            db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.CreatedAt, before)), CancellationToken.None);
        await factory.Get<OpenDueReviews>().ExecuteAsync(CancellationToken.None);
    }

    private static async Task WriteNoticeAsync(AscentFactory factory, School school) =>
        await factory.Get<Database>().WriteAsync(OrganisationScope.Server, async db =>
        {
            db.Add(new OperatorNotice { Id = factory.Clock.NewId(), OrganisationId = school.Id, Kind = OperatorNoticeKind.HolderMade, At = factory.Clock.Now() });
            return await db.SaveChangesAsync();
        }, CancellationToken.None);

    private static async Task WriteWhatIfAsync(AscentFactory factory, TestMember person, string name) =>
        await factory.Get<Database>().WriteAsync(OrganisationScope.Of(person.School.Id), async db =>
        {
            db.Add(TestData.WhatIf(person.School.Id, person.AccountId, factory.Clock.Now(), name));
            return await db.SaveChangesAsync();
        }, CancellationToken.None);

    public ValueTask DisposeAsync() => Factory.DisposeAsync();
}
