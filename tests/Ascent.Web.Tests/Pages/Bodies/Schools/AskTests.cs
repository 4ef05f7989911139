using System.Net;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Accounts;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Tests.Pages.Bodies.CreateUser;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Bodies.Schools;

public sealed class AskTests
{
    [Fact]
    public async Task Ask_ASchoolThatIsNotLinked_ShowsTheRegistersFactsAndItsAnswer()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, _) = await CreateUserTests.StartAsync(factory, ReachLevel.Administration);
        var school = await factory.Data.AddPrimaryAsync("Elm Free School");
        var setup = await factory.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Amara", "Hidden");

        var page = await (await browser.GetAsync(BodyLinks.Schools(officer.Address))).ClickAsync("Ask a school for a link");
        page = await page.Form("q").Fill("q", "elm free").SubmitAsync();
        Assert.Contains($"URN {school.Code}. Not linked.", page.Words(), StringComparison.Ordinal);
        page = await page.ClickAsync("Elm Free School");
        Assert.Equal("Ask Elm Free School for a link", page.Heading);
        Assert.DoesNotContain("Hidden", page.Words(), StringComparison.Ordinal);
        Refused.Only(await page.Form("Agreement").SubmitAsync(), ("Level", "Choose what the school is asked for"));
        Refused.Only(await page.Form("Agreement").Tick("School-level reports").SubmitAsync(), ("Agreement", "Say what was agreed"));
        var asked = await (await page.Form("Agreement").Tick("School-level reports").Fill("Agreement", "Contract 12").SubmitAsync()).FollowAsync();

        Assert.Contains("Elm Free School is asked", asked.Words(), StringComparison.Ordinal);
        Assert.Contains("Contract 12", asked.Text(".ascent-task"), StringComparison.Ordinal);
        Assert.Contains("(1 waiting)", (await browser.GetAsync(BodyLinks.Schools(officer.Address))).Words(), StringComparison.Ordinal);
        // Asked again, the page has what was asked.
        page = await browser.GetAsync(BodyLinks.Ask(officer.Address, school.Code));
        Assert.Equal("Contract 12", page.Form("Agreement").Value("Agreement"));
        Assert.Contains("has not answered", page.Words(), StringComparison.Ordinal);

        var there = await factory.SignInAsync(setup);
        await (await there.GetAsync(AccountLinks.OurOrganisation($"/schools/{school.Code}"))).Form("Agree to it").SubmitAsync("Do not agree");
        page = await browser.GetAsync(BodyLinks.Asked(officer.Address));
        Assert.Contains("Did not agree to school-level reports", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Nothing waits for an answer", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ForMore_OffersOnlyWhatIsHigher()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School);

        var page = await (await browser.GetAsync(BodyLinks.Schools(officer.Address))).ClickAsync("Ask for more");
        Assert.Equal($"Ask {schools[0].Name} for more", page.Heading);
        Assert.Equal(["Pupil"], page.Document.QuerySelectorAll("input[name=Level]").Select(i => i.GetAttribute("value")));
        var lower = await page.Form("Agreement").Drop("Level").Tamper("Level", "Administration").Fill("Agreement", "x").SubmitAsync();
        Assert.Contains("is linked already", Assert.Single(lower.Errors), StringComparison.Ordinal);
        foreach (var number in (string[])["2", "7", "pupil"])
            Assert.Equal(["Choose what the school is asked for"], (await (await browser.GetAsync(page.Path)).Form("Agreement").Drop("Level").Tamper("Level", number).Fill("Agreement", "x").SubmitAsync()).Errors);
        await factory.Data.LinkAsync(schools[0], officer.Body, ReachLevel.Pupil);
        Assert.Equal(BodyLinks.Schools(officer.Address), (await browser.GetAsync(page.Path)).Location);
        Assert.DoesNotContain("Ask for more", (await browser.GetAsync(BodyLinks.Schools(officer.Address))).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_TwiceOrAfterTheAnswer_SaysWhatHolds()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School);
        _ = (await factory.Get<ProposeReach>().ExecuteAsync(new(schools[0].Code, ReachLevel.Pupil, "Contract 12"), officer.Actor, CancellationToken.None)).Value;
        var page = await browser.GetAsync(BodyLinks.Asked(officer.Address));

        var done = await (await page.Form("Withdraw").SubmitAsync("Withdraw")).FollowAsync();
        Assert.Contains($"{schools[0].Name} is not asked any more", done.Words(), StringComparison.Ordinal);
        var again = await page.Form("Withdraw").SubmitAsync("Withdraw");
        Assert.Equal(["This does not wait any more: the school has answered meanwhile, or it was withdrawn"], again.Errors);
    }

    [Fact]
    public async Task Any_OfAnotherBodyWithoutSetupOrOfNoSchool_IsShut()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School);
        _ = (await factory.Get<ProposeReach>().ExecuteAsync(new(schools[0].Code, ReachLevel.Pupil, "Contract 12"), officer.Actor, CancellationToken.None)).Value;
        var strangerAt = await factory.Data.AddBodyMemberAsync(await factory.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup));
        var stranger = await factory.SignInAsync(strangerAt.Email);
        var reader = await factory.SignInAsync((await factory.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports))).Email);

        foreach (var path in (string[])[BodyLinks.AskASchool(officer.Address), BodyLinks.Ask(officer.Address, schools[0].Code), BodyLinks.Asked(officer.Address)])
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await reader.GetAsync(path)).Status));
            Assert.StartsWith("/sign-in", (await factory.OpenBrowser().GetAsync(path)).Location, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(BodyLinks.Ask(officer.Address, "000000"))).Status);
        // With another body's id nothing is withdrawn.
        var waiting = (await factory.Get<ListAskedSchools>().ExecuteAsync(officer.Actor, CancellationToken.None)).Value.Waiting[0];
        _ = (await factory.Get<ProposeReach>().ExecuteAsync(new(schools[0].Code, ReachLevel.School, "Own"), strangerAt.Actor, CancellationToken.None)).Value;
        var theirs = await stranger.GetAsync(BodyLinks.Asked(strangerAt.Address));
        Assert.DoesNotContain("Contract 12", theirs.Words(), StringComparison.Ordinal);
        await theirs.Form("Withdraw").Tamper("id", waiting.ProposalId.ToString("N")).SubmitAsync("Withdraw");
        Assert.Single((await factory.Get<ListAskedSchools>().ExecuteAsync(officer.Actor, CancellationToken.None)).Value.Waiting);
    }

    [Fact]
    public async Task Schools_Filter_IsTwoLinksOfWhichOneIsCurrent()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (officer, browser, schools) = await CreateUserTests.StartAsync(factory, ReachLevel.School, 2);
        await factory.Get<LockSchool>().ExecuteAsync(new(schools[0].Code, "x"), officer.Actor, CancellationToken.None);

        var page = await browser.GetAsync(BodyLinks.Schools(officer.Address));
        Assert.Equal(["All 2", "Locked 1"], page.Texts(".ascent-chips a"));
        Assert.Equal(["All 2"], page.Texts(".ascent-chips a[aria-current=true]"));
        page = await page.ClickAsync("Locked 1");
        Assert.Equal(["Locked 1"], page.Texts(".ascent-chips a[aria-current=true]"));
        Assert.Equal([schools[0].Name], page.Texts("tbody .ascent-person"));
    }
}
