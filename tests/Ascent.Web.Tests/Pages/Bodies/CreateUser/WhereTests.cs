using System.Net;
using System.Text.Json;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Accounts;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Bodies.CreateUser;

/// <summary>Which school is meant, and what is said when it cannot be, now or in the middle of the journey.</summary>
public sealed class WhereTests
{
    private const string Reason = "Safeguarding";

    [Fact]
    public async Task Post_NothingOrNonsense_SaysWhatIsMissing()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, _) = await CreateUserTests.StartAsync(factory, ReachLevel.School);
        var page = await new BodyUserWalk(browser, officer.Address).AboutAsync();

        Refused.Only(await page.Form("Place").SubmitAsync(), ("Place", "Choose where the user will be"));
        Refused.Only(await page.Form("Place").Tick("My organisation").SubmitAsync(), ("JobRole", "Choose the job role"));
        Refused.Only(await page.Form("Place").Tick("My organisation").Choose(page, "JobRole", "Other").SubmitAsync(), ("OtherRole", "Say which role it is"));
        Refused.Only(await page.Form("Place").Tick("Another organisation (School)").SubmitAsync(), ("School", "Type a part of the school’s name, or its DfE number"), ("SchoolRole", "Choose the job role"));
        Refused.Only(await (await browser.GetAsync(page.Path)).Form("Place").Tamper("Place", "elsewhere").SubmitAsync(), ("Place", "Choose where the user will be"));
        // A role of the other place, or a number, is none.
        var tampered = await browser.GetAsync(page.Path);
        Refused.Only(await tampered.Form("Place").Tick("My organisation").Drop("JobRole").Tamper("JobRole", "Headteacher").SubmitAsync(), ("JobRole", "Choose the job role"));
    }

    [Fact]
    public async Task Post_School_IsFoundByNameNumberAndWhatTheSuggestionsWrote()
    {
        await using var factory = await AscentFactory.StartAsync();
        var officer = await factory.Data.AddBodyMemberAsync(await factory.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup));
        var (infants, juniors, strange) = (await factory.Data.AddPrimaryAsync("Elm Infants"), await factory.Data.AddPrimaryAsync("Elm Juniors"), await factory.Data.AddPrimaryAsync("Strange Elm"));
        foreach (var school in (Ascent.Organisations.School[])[infants, juniors])
            await factory.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        var browser = await factory.SignInAsync(officer.Email);
        var walk = new BodyUserWalk(browser, officer.Address);

        foreach (var typed in (string[])["elm inf", infants.Code, infants.DfeNumber!, $"Any name at all ({infants.DfeNumber})"])
            Assert.Contains("Elm Infants", (await walk.AtASchoolAsync(typed)).Words(), StringComparison.Ordinal);
        Refused.Only(await walk.ChooseSchoolAsync("Strange"), ("School", "No school that is linked with your organisation fits “Strange”"));
        Refused.Only(await walk.ChooseSchoolAsync(strange.Code), ("School", "No school that is linked with your organisation fits"));
        // Several fit: they are offered, and no other is taken.
        var page = await walk.ChooseSchoolAsync("Elm");
        Refused.Only(page, ("Meant", "Choose which school is meant"));
        Assert.DoesNotContain("Strange Elm", page.Words(), StringComparison.Ordinal);
        var other = await page.Form("Meant").Drop("Meant").Tamper("Meant", strange.Code).SubmitAsync();
        Refused.Only(other, ("Meant", "Choose which school is meant"));
        page = await walk.ChooseSchoolAsync("Elm");
        page = await (await page.Form("Meant").Choose(page, "Meant", juniors.Code).SubmitAsync()).FollowAsync();
        Assert.Contains("Elm Juniors", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SomebodyWhoIsThere_SaysWhereAndWhatToDo()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.Administration);
        var setup = await factory.Data.AddMemberAsync(schools[0], Permission.SchoolSetup);
        var walk = new BodyUserWalk(browser, officer.Address);

        var page = await walk.ChooseSchoolAsync(schools[0].Code, setup.Email);
        Refused.Only(page, ("School", $"{setup.FullName} has this email address and is in {schools[0].Name} already: active"));
        Assert.Equal(AccountLinks.ManageUsers(BodyLinks.School(officer.Address, schools[0].Code)), page.Document.QuerySelector(".ascent-reason a")!.GetAttribute("href"));
        Assert.Contains("/create/about?", page.Link("Change the email address"), StringComparison.Ordinal);
        page = await walk.AboutAsync(officer.Email);
        page = await page.Form("Place").Tick("My organisation").Choose(page, "JobRole", "Adviser").SubmitAsync();
        Refused.Only(page, ("Place", $"{officer.FullName} has this email address and is in your organisation already: active"));
        // The same address is free in the other place.
        Assert.Equal("Confirm and finish", (await walk.AtASchoolAsync(schools[0].Code, officer.Email)).Heading);
    }

    [Fact]
    public async Task Post_AllSeatsTaken_NamesTheHoldersAndTheWaysOut()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.Administration);
        var holders = new List<TestMember>();
        for (var i = 0; i < 3; i++)
            holders.Add(await factory.Data.AddMemberAsync(schools[0], Permission.SchoolSetup));
        var walk = new BodyUserWalk(browser, officer.Address);
        var confirm = await walk.AtASchoolAsync(schools[0].Code);
        Assert.Contains("Takes the last of 4 School setup seats.", confirm.Words(), StringComparison.Ordinal);
        holders.Add(await factory.Data.AddMemberAsync(schools[0], PermissionSet.Of(Permission.SchoolSetup), "Quick", "Taker"));

        // Gone while the page stood open.
        var page = await BodyUserWalk.PressConfirmAsync(confirm);
        Assert.Equal("Nobody has been created yet", page.Text(".govuk-error-summary h2"));
        Assert.Contains("Quick Taker", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Contains("All 4 School setup seats have been taken meanwhile", page.Words(), StringComparison.Ordinal);
        Assert.Contains("To free a seat", page.Words(), StringComparison.Ordinal);
        Assert.Contains("/create/where?", page.Link("All 4"), StringComparison.Ordinal);
        // And told before, to whoever begins.
        page = await walk.ChooseSchoolAsync(schools[0].Code, "second@school.example");
        foreach (var holder in holders)
            Assert.Contains(holder.FullName, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Contains("To free a seat", page.Words(), StringComparison.Ordinal);
        Assert.Empty(await CreateUserTests.PendingAsync(factory));
    }

    [Fact]
    public async Task Journey_SchoolLockedInTheMiddle_SaysSoAndGoesOnAfterwards()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School);
        var walk = new BodyUserWalk(browser, officer.Address);
        var reports = await walk.AtASchoolAsync(schools[0].Code);
        var confirm = await (await reports.Form("SchoolReports").SubmitAsync()).FollowAsync();
        await factory.Get<LockSchool>().ExecuteAsync(new(schools[0].Code, Reason), officer.Actor, CancellationToken.None);

        foreach (var answer in (Page[])[await BodyUserWalk.PressConfirmAsync(confirm), await browser.GetAsync(reports.Path), await browser.GetAsync(confirm.Path)])
            Assert.Contains("/create/where?", answer.Location, StringComparison.Ordinal);
        var page = await (await browser.GetAsync(confirm.Path)).FollowAsync();
        Assert.Contains($"{schools[0].Name} has been locked meanwhile", page.Words(), StringComparison.Ordinal);
        Refused.Only(await walk.ChooseSchoolAsync(schools[0].Code, "other@school.example"), ("School", $"{schools[0].Name} is locked"));
        Assert.Empty(await CreateUserTests.PendingAsync(factory));

        await factory.Get<UnlockSchool>().ExecuteAsync(schools[0].Code, officer.Actor, CancellationToken.None);
        Assert.Contains("?created=", (await BodyUserWalk.PressConfirmAsync(await browser.GetAsync(confirm.Path))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journey_LinkEndedInTheMiddle_AsksForAnotherPlace()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.Administration);
        var confirm = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].Code);
        await factory.Data.LinkAsync(schools[0], officer.Body, null);

        var page = await (await BodyUserWalk.PressConfirmAsync(confirm)).FollowAsync();

        Assert.Contains($"The link with {schools[0].Name} has ended meanwhile", page.Words(), StringComparison.Ordinal);
        Assert.Empty(await CreateUserTests.PendingAsync(factory));
        // Another answer, and the journey goes on with the name and address that were typed.
        page = await (await page.Form("Place").Tick("My organisation").Choose(page, "JobRole", "Adviser").SubmitAsync()).FollowAsync();
        Assert.Equal("Which reports may Hannah see?", page.Heading);
        Assert.Contains(BodyUserWalk.Email, page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journey_LoweredToAdministrationInTheMiddle_ShowsWhatIsGivenBeforeItIsConfirmed()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.Pupil);
        var reports = await new BodyUserWalk(browser, officer.Address).AtASchoolAsync(schools[0].Code);
        var confirm = await (await reports.Form("SchoolReports").Tick("SchoolReports").Tick("PupilReports").SubmitAsync()).FollowAsync();
        await factory.Data.LinkAsync(schools[0], officer.Body, ReachLevel.Administration);

        var page = await BodyUserWalk.PressConfirmAsync(confirm);
        Assert.Contains($"The link with {schools[0].Name} has changed meanwhile and is now for administration only", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Contains("cannot be given any more", page.Words(), StringComparison.Ordinal);
        Assert.Empty(await CreateUserTests.PendingAsync(factory));
        await BodyUserWalk.PressConfirmAsync(page);

        Assert.Equal(PermissionSet.Of(Permission.SchoolSetup), Assert.Single(await CreateUserTests.PendingAsync(factory)).Permissions);
    }

    [Fact]
    public async Task Journey_ChosenSchoolLeavesInTheMiddle_IsSaidAndNotPassedOver()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School, 2);
        var confirm = await new BodyUserWalk(browser, officer.Address).PartnerAsync(schools[0].Code, schools[1].Code);
        await factory.Data.LinkAsync(schools[1], officer.Body, null);

        var page = await BodyUserWalk.PressConfirmAsync(confirm);
        Assert.Contains("1 of the chosen schools is not linked with your organisation any more", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Empty(await CreateUserTests.PendingAsync(factory));
        page = await page.ClickAsync("1 of the chosen schools is");
        Assert.Contains("dropped out", page.Words(), StringComparison.Ordinal);
        page = await (await page.Form("DataLevel").SubmitAsync("Save and go back")).FollowAsync();
        Assert.Contains("?created=", (await BodyUserWalk.PressConfirmAsync(page)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ToAnotherSortOfUser_AsksItsOwnQuestionsAndKeepsNothingThatWasTicked()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School);
        var page = await new BodyUserWalk(browser, officer.Address).OwnAsync("Director");
        page = await (await page.Form("LaReports").Tick("LaReports").Tick("SchoolReports").Tick("All schools").SubmitAsync("Next")).FollowAsync();
        var confirm = await (await page.Form("LaSetup").Tick("LaSetup").SubmitAsync()).FollowAsync();

        page = await confirm.ClickAsync("Change job role");
        page = await (await page.Form("Place").Choose(page, "JobRole", "SchoolImprovementPartner").SubmitAsync()).ArriveAsync();
        Assert.Equal("Which schools does Hannah see?", page.Heading);
        page = await (await page.Form("DataLevel").Choose(page, "Schools", schools[0].Code).Tick("School-level reports").SubmitAsync("Next")).FollowAsync();
        Assert.Contains("/create/end-date?", page.Path, StringComparison.Ordinal);
        page = await (await page.Form("EndsOn.Day").Fill("EndsOn.Day", "31").Fill("EndsOn.Month", "7").Fill("EndsOn.Year", "2027").SubmitAsync()).FollowAsync();
        await BodyUserWalk.PressConfirmAsync(page);

        Assert.Equal(PermissionSet.None.With(SchoolScope.SelectedSchools), Assert.Single(await CreateUserTests.PendingAsync(factory)).Permissions);
    }

    [Fact]
    public async Task Reports_ManySchools_AreFoundOneAfterTheOther()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School, 22);
        var strange = await factory.Data.AddPrimaryAsync();
        var page = await new BodyUserWalk(browser, officer.Address).OwnAsync("SchoolImprovementPartner");

        Refused.Only(await page.Form("Search").SubmitAsync("Find and add"), ("Search", "Type a part of the school’s name, or its DfE number"));
        Refused.Only(await page.Form("Search").Fill("Search", strange.Code).SubmitAsync("Find and add"), ("Search", "No school that is linked with your organisation fits"));
        page = await page.Form("Search").Fill("Search", schools[4].Code).SubmitAsync("Find and add");
        Assert.Contains($"{schools[4].Name} is added. 1 school is chosen.", page.Words(), StringComparison.Ordinal);
        // Words in the box are looked for, also when it is the other button that is pressed.
        page = await page.Form("Search").Fill("Search", schools[5].DfeNumber).SubmitAsync("Next");
        Assert.Contains("2 schools are chosen", page.Words(), StringComparison.Ordinal);
        page = await page.Form("DataLevel").Tick("School-level reports").Tamper("Unknown", "x").SubmitAsync("Next");
        Assert.Contains("/create/end-date?", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_ForTheSuggestions_GivesLinkedSchoolsOnlyToThisServersOwnPages()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.Administration);
        await factory.Data.AddPrimaryAsync("Strange School");
        var find = BodyLinks.FindSchools(officer.Address);

        using var answer = await browser.Client.GetAsync(new Uri($"{find}?q={Uri.EscapeDataString(schools[0].Name[..6])}", UriKind.Relative));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var found = Assert.Single(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray());
        Assert.Equal((schools[0].Name, schools[0].DfeNumber), (found.GetProperty("name").GetString(), found.GetProperty("number").GetString()));
        foreach (var nothing in (string[])["", "?q=", "?q=%20", "?q=Strange", $"?q={new string('a', 300)}"])
            Assert.Equal("[]", await browser.Client.GetStringAsync(new Uri(find + nothing, UriKind.Relative)));
        foreach (var (site, status) in ((string, HttpStatusCode)[])[("cross-site", HttpStatusCode.NotFound), ("same-site", HttpStatusCode.NotFound), ("none", HttpStatusCode.NotFound), ("same-origin", HttpStatusCode.OK)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{find}?q=a", UriKind.Relative));
            request.Headers.Add("Sec-Fetch-Site", site);
            using var response = await browser.Client.SendAsync(request);
            Assert.Equal((site, status), (site, response.StatusCode));
        }
    }
}
