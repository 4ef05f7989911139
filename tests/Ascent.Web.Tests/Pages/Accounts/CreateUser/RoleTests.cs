using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

public sealed class RoleTests
{
    [Fact]
    public async Task Get_Page_OffersTheRolesOfTheSpecificationAndChoosesNone()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync();

        Assert.Equal(
            ["Headteacher", "Deputy headteacher", "Assistant headteacher", "Senior leader", "Data manager", "Assessment lead", "Examinations officer", "Subject leader",
                "Head of year or phase", "SENCO", "Teacher", "Teaching assistant", "Governor", "School business manager", "Administrator", "IT support", "Other"],
            page.Texts(".ascent-radios--columns label"));
        Assert.False(page.Has("input[name=JobRole][checked]"));
    }

    [Fact]
    public async Task Post_Nothing_IsRefusedAtTheFirstRole()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await (await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync()).Form("Teacher").SubmitAsync();

        Refused.Only(page, ("JobRole", "Choose the job role"));
    }

    [Theory]
    [InlineData("", "Say which role it is")]
    [InlineData("a role so long that nobody would ever fit it into a list of any kind", "60 characters or fewer")]
    [InlineData("Libr\u202earian", "on one line")]
    public async Task Post_OtherWithoutSoundWords_IsRefusedAtTheWords(string words, string refusal)
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync()).Form("Teacher");

        var page = await form.Tick("Other").Fill("OtherRole", words).SubmitAsync();

        Refused.Only(page, ("OtherRole", refusal));
        Assert.True(page.Form("Teacher").IsTicked("Other"));
        Assert.Equal(words, page.Form("Teacher").Value("OtherRole"));
    }

    [Fact]
    public async Task Post_Other_IsKeptInItsOwnWords()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync()).Form("Teacher");

        var page = await (await form.Tick("Other").Fill("OtherRole", " School   librarian ").SubmitAsync()).FollowAsync();

        Assert.Contains("School librarian", page.Text(".ascent-steps"), StringComparison.Ordinal);
        var back = (await page.ClickAsync("Back")).Form("Teacher");
        Assert.Equal((true, "School librarian"), (back.IsTicked("Other"), back.Value("OtherRole")));
    }

    [Theory]
    [InlineData("10")]
    [InlineData("99")]
    [InlineData("teacher")]
    [InlineData("Operator")]
    [Asvs("2.2.2", "Choices that no page offers are refused by the server.")]
    public async Task Post_RoleThatIsNotOffered_IsNone(string role)
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync()).Form("Teacher");

        var page = await form.Drop("JobRole").Tamper("JobRole", role).SubmitAsync();

        Refused.At(page, "JobRole", "Choose the job role");
    }

    [Theory]
    [InlineData("Teacher", "SchoolReports PupilReports", "TrackingSchoolReports TrackingPupilReports TrackingMarks")]
    [InlineData("Governor", "SchoolReports", "TrackingSchoolReports")]
    [InlineData("Teaching assistant", "", "")]
    public async Task Post_Role_SuggestsAndGrantsNothingByItself(string role, string reports, string tracking)
    {
        await using var server = await SchoolServer.StartAsync();

        var administration = await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync(role);
        var reportsPage = await (await administration.Form("Next").SubmitAsync()).FollowAsync();
        var trackingPage = await (await reportsPage.Form("Next").SubmitAsync()).FollowAsync();

        Assert.Equal(("", reports, tracking), (Ticked(administration), Ticked(reportsPage), Ticked(trackingPage)));
        Assert.Contains(reports.Length == 0 ? "Nothing is suggested for" : "Suggested for", reportsPage.Text(".govuk-hint"), StringComparison.Ordinal);
    }

    private static string Ticked(Page page) => string.Join(' ', page.Document.QuerySelectorAll("input[type=checkbox][checked]").Select(b => b.Id));
}
