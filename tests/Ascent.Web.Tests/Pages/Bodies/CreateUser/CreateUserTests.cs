using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Bodies.CreateUser;

/// <summary>The three sorts of user, each from the first page to the membership, and which questions each is asked.</summary>
public sealed class CreateUserTests
{
    private static readonly string[] Steps = ["about", "where", "reports", "administration", "end-date", "confirm"];

    [Fact]
    public async Task OwnUser_WithSelectedSchools_IsMadeAsChosen()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, ReachLevel.School, 2);
        var walk = new BodyUserWalk(browser, officer.Address);

        var page = await walk.OwnAsync("Director");
        Assert.Equal("Step 3 of 5", page.Text(".ascent-steps__count"));
        page = await (await page.Form("LaReports").Tick("LaReports").Tick("SchoolReports").Tick("Selected schools").Choose(page, "Schools", schools[1].Code).Tick("PupilReports").SubmitAsync("Next")).FollowAsync();
        Assert.Equal("What may Hannah administer?", page.Heading);
        page = await (await page.Form("LaSetup").Tick("LaSetup").SubmitAsync()).FollowAsync();

        Assert.Equal(
            [("Name", "Hannah Moss"), ("Email address", BodyUserWalk.Email), ("Where", officer.Body.Name), ("Job role", "Director"),
                ("Access to reports", $"View LA-level reports View school-level reports (1 chosen school) View pupil-level data & suppressed and sensitive items {schools[1].Name} School-level reports"),
                ("Administration", "LA setup"), ("Access ends", "No end date")], Rows(page));
        var answer = await BodyUserWalk.PressConfirmAsync(page);

        var made = await MadeAsync(factory);
        Assert.Equal(BodyLinks.PendingUsersAfterCreation(officer.Address, null, made.Id), answer.Location);
        Assert.Equal((officer.Body.Id, JobRole.Director, PermissionSet.Of(Permission.LaSetup, Permission.LaReports, Permission.PupilReports).With(SchoolScope.SelectedSchools)), (made.OrganisationId, made.JobRole, made.Permissions));
        Assert.Equal([schools[1].Id], (await ReadAllAsync<MembershipSchool>(factory)).Select(s => s.SchoolId));
        // The answers, which hold a name and an address, are gone.
        Assert.Equal("{}", Assert.Single(await ReadAllAsync<Journey>(factory)).State);
    }

    [Fact]
    public async Task Partner_IsAskedForSchoolsHowMuchAndALastDayAndNothingElse()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, ReachLevel.Pupil, 2);
        var walk = new BodyUserWalk(browser, officer.Address);

        var page = await walk.OwnAsync("SchoolImprovementPartner");
        Assert.Equal(["About the user", "Where and job role", "Schools and reports", "End date", "Confirm and finish"], page.Texts(".ascent-steps li > *:nth-child(2)"));
        var refused = await page.Form("DataLevel").SubmitAsync("Next");
        Refused.Only(refused, ("Schools", "Choose at least one school"), ("DataLevel", "Choose how much Hannah sees"));
        page = await (await refused.Form("DataLevel").Choose(refused, "Schools", schools[0].Code).Tick("Pupil-level data too").SubmitAsync("Next")).FollowAsync();
        refused = await page.Form("EndsOn.Day").SubmitAsync();
        Assert.Equal(["Enter the last day of access: a School Improvement Partner always has one"], refused.Errors);
        page = await (await refused.Form("EndsOn.Day").Fill("EndsOn.Day", "31").Fill("EndsOn.Month", "7").Fill("EndsOn.Year", "2027").SubmitAsync()).FollowAsync();

        // Administration is no question of a partner's.
        Assert.Equal(page.Path, (await browser.GetAsync(page.Path.Replace("/confirm", "/administration", StringComparison.Ordinal))).Location);
        Assert.DoesNotContain("Administration", Rows(page).Select(r => r.Item1));
        await BodyUserWalk.PressConfirmAsync(page);

        var made = await MadeAsync(factory);
        Assert.Equal((JobRole.SchoolImprovementPartner, PermissionSet.Of(Permission.PupilReports).With(SchoolScope.SelectedSchools), new DateOnly(2027, 7, 31)), (made.JobRole, made.Permissions, made.EndsOn!.Value));
    }

    [Theory]
    [InlineData(ReachLevel.Administration, 3)]
    [InlineData(ReachLevel.School, 4)]
    [InlineData(ReachLevel.Pupil, 4)]
    public async Task SchoolAdministrator_IsAskedOnlyWhatTheLinkCovers(ReachLevel level, int steps)
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, level);
        var setup = await factory.Data.AddMemberAsync(schools[0], Permission.SchoolSetup);

        var page = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].DfeNumber!);
        Assert.EndsWith($"of {steps}", page.Text(".ascent-steps__count"), StringComparison.Ordinal);
        if (level != ReachLevel.Administration)
        {
            Assert.Equal((level == ReachLevel.Pupil, false, false), (page.Has("#PupilReports"), page.Has("#AllCollaborateGroups"), page.Has("#TrackingMarks")));
            // The role suggests; what is ticked is what counts, and what the page does not have counts for nothing.
            Assert.True(page.Form("SchoolReports").IsTicked("SchoolReports"));
            page = await (await page.Form("SchoolReports").Tamper("AllCollaborateGroups", "true").Tamper("TrackingMarks", "true").Tamper("ManageData", "true").SubmitAsync()).FollowAsync();
        }
        Assert.Equal("Confirm and finish", page.Heading);
        Assert.Contains("Takes School setup seat 2 of 4.", page.Words(), StringComparison.Ordinal);
        var answer = await BodyUserWalk.PressConfirmAsync(page);

        var made = await MadeAsync(factory);
        Assert.Equal(BodyLinks.PendingUsersAfterCreation(officer.Address, schools[0].Code, made.Id), answer.Location);
        Assert.Equal((schools[0].Id, PermissionSet.Of([Permission.SchoolSetup, .. level.Grants().Held()])), (made.OrganisationId, made.Permissions));
        Assert.Contains(await ReadAllAsync<OutboxMail>(factory), m => m.Recipient == setup.Email && m.Template == HolderMadeMail.TemplateName);
        // Back or reloaded, the journey leads to the same place.
        Assert.Equal(answer.Location, (await browser.GetAsync(page.Path)).Location);
    }

    [Fact]
    public async Task Confirm_AtTheSameMomentFromTwoBrowsers_MakesOnePerson()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, ReachLevel.Administration);
        var other = await factory.SignInAsync(officer.Email);
        for (var round = 0; round < 3; round++)
        {
            var confirm = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].Code, $"hannah{round}@school.example");
            Page[] pages = [confirm, await other.GetAsync(confirm.Path), await browser.GetAsync(confirm.Path)];

            var answers = await Task.WhenAll(pages.Select(BodyUserWalk.PressConfirmAsync));

            Assert.Contains("?created=", Assert.Single(answers.Select(a => a.Location).Distinct()), StringComparison.Ordinal);
            Assert.Equal(round + 1, await factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
            Assert.Equal(round + 1, await factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "user-created")));
        }
    }

    [Fact]
    public async Task Confirm_OfAnAdministratorLongAfterSigningIn_AsksForThePasswordAndComesBack()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, ReachLevel.Administration);
        var confirm = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].Code);
        factory.Clock.Advance(TimeSpan.FromMinutes(20));

        var asked = await BodyUserWalk.PressConfirmAsync(confirm);
        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        Assert.Empty(await PendingAsync(factory));
        var page = await asked.FollowAsync();
        var back = await (await page.Form("CurrentPassword").Fill("CurrentPassword", TestData.Password).SubmitAsync()).FollowAsync();

        Assert.Equal(confirm.Path, back.Path);
        Assert.Contains("?created=", (await BodyUserWalk.PressConfirmAsync(back)).Location, StringComparison.Ordinal);
        // Who gets no administration needs no password again.
        factory.Clock.Advance(TimeSpan.FromMinutes(20));
        page = await new BodyUserWalk(browser, officer.Address).OwnAsync(email: "plain@above.example");
        page = await (await page.Form("LaReports").SubmitAsync("Next")).FollowAsync();
        page = await (await page.Form("LaSetup").SubmitAsync()).FollowAsync();
        Assert.Contains("Nothing is ticked", page.Words(), StringComparison.Ordinal);
        Assert.Contains("?created=", (await BodyUserWalk.PressConfirmAsync(page)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyStep_OfAnotherBodyWithoutSetupOrWithSomebodyElsesJourney_IsShut()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, ReachLevel.Administration);
        var confirm = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].Code);
        var journey = Guid.ParseExact(CreateUserWalk.Id(confirm), "N");
        var stranger = await factory.SignInAsync((await factory.Data.AddBodyMemberAsync(await factory.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup))).Email);
        var reader = await factory.SignInAsync((await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports, Permission.SchoolReports))).Email);
        var colleague = await factory.SignInAsync((await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaSetup))).Email);
        var holder = await factory.SignInAsync(await factory.Data.AddMemberAsync(schools[0], Permission.SchoolSetup));

        foreach (var path in Steps.Select(s => BodyLinks.CreateUser(officer.Address, s, journey)).Append(BodyLinks.FindSchools(officer.Address)))
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await holder.GetAsync(path)).Status));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await reader.GetAsync(path)).Status));
            Assert.StartsWith("/sign-in", (await factory.OpenBrowser().GetAsync(path)).Location, StringComparison.Ordinal);
        }
        foreach (var step in Steps)
            Assert.Equal(BodyLinks.CreateUserAnew(officer.Address), (await colleague.GetAsync(BodyLinks.CreateUser(officer.Address, step, journey))).Location);
        // Their own door does not open with it either.
        Assert.Equal(HttpStatusCode.Found, (await colleague.GetAsync(BodyLinks.CreateUser(officer.Address, "confirm", journey))).Status);
    }

    [Fact]
    public async Task AnyStep_AfterSetupWasTaken_IsShutOnTheNextRequest()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await StartAsync(factory, ReachLevel.Administration);
        var confirm = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].Code);
        await factory.Get<Database>().WriteAsync(OrganisationScope.Server, db => db.Set<Membership>().Where(m => m.Id == officer.MembershipId)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.PermissionBits, PermissionSet.Of(Permission.LaReports).Bits)), CancellationToken.None);

        Assert.Equal(HttpStatusCode.Forbidden, (await BodyUserWalk.PressConfirmAsync(confirm)).Status);
        Assert.Empty(await PendingAsync(factory));
    }

    [Fact]
    public async Task Steps_WithoutAnAnswer_AreNotSkipped()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, _) = await StartAsync(factory, ReachLevel.School);
        var where = await new BodyUserWalk(browser, officer.Address).AboutAsync();
        var journey = Guid.ParseExact(CreateUserWalk.Id(where), "N");

        foreach (var step in (string[])["reports", "administration", "confirm"])
            Assert.Equal(where.Path, (await browser.GetAsync(BodyLinks.CreateUser(officer.Address, step, journey))).Location);
        foreach (var step in (string[])["where", "confirm"])
            Assert.Equal(BodyLinks.CreateUserAnew(officer.Address), (await browser.GetAsync(BodyLinks.CreateUser(officer.Address, step))).Location);
        factory.Clock.Advance(TimeSpan.FromHours(25));
        browser = await factory.SignInAsync(officer.Email);
        Assert.Equal(BodyLinks.CreateUserAnew(officer.Address), (await browser.GetAsync(where.Path)).Location);
    }

    internal static async Task<(TestBodyMember Officer, Browser Browser, List<School> Schools)> StartAsync(AscentFactory factory, ReachLevel level, int count = 1)
    {
        var officer = await factory.Data.AddBodyMemberAsync(await factory.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        var schools = new List<School>();
        for (var i = 0; i < count; i++)
        {
            schools.Add(await factory.Data.AddPrimaryAsync());
            await factory.Data.LinkAsync(schools[^1], officer.Body, level);
        }
        return (officer, await factory.SignInAsync(officer.Email), schools);
    }

    internal static Task<List<T>> ReadAllAsync<T>(AscentFactory factory) where T : class =>
        factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<T>().ToListAsync());

    internal static Task<List<Membership>> PendingAsync(AscentFactory factory) =>
        factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Membership>().Where(m => m.State == MembershipState.Pending).ToListAsync());

    private static async Task<Membership> MadeAsync(AscentFactory factory) => Assert.Single(await PendingAsync(factory));

    private static IEnumerable<(string, string)> Rows(Page page) =>
        page.Document.QuerySelectorAll(".govuk-summary-list__row").Select(r => (Tidy(r.Children[0].TextContent), Tidy(r.Children[1].TextContent)));

    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
