using Ascent.Accounts;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

public sealed class AboutTests
{
    [Fact]
    public async Task Post_PersonOfTheSchool_BeginsTheJourneyAndAsksForTheRole()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync("  Hannah ", "Moss", "Hannah.Moss@School.example");

        Assert.Equal("What is Hannah’s job role in your organisation?", page.Text("legend"));
        Assert.StartsWith(server.Home + "/users/create/role?j=", page.Path, StringComparison.Ordinal);
        var back = await page.ClickAsync("Back");
        Assert.Equal(("Hannah", "Moss", "Hannah.Moss@School.example"), (back.Form("Forename").Value("Forename"), back.Form("Forename").Value("Surname"), back.Form("Forename").Value("Email")));
        Assert.Equal(0, await server.CountAsync<Invitation>());
    }

    [Theory]
    [InlineData("", "Moss", "h@school.example", "Forename", "Enter the forename")]
    [InlineData("   ", "Moss", "h@school.example", "Forename", "Enter the forename")]
    [InlineData("Hannah", "", "h@school.example", "Surname", "Enter the surname")]
    [InlineData("Hannah", "Moss", "", "Email", "Enter the email address")]
    [InlineData("Hannah", "Moss", "h.school.example", "Email", "Enter an email address like name@school.example")]
    [InlineData("Han\u202enah", "Moss", "h@school.example", "Forename", "hidden or control character")]
    [InlineData("Hannah", "Mo\u0007ss", "h@school.example", "Surname", "hidden or control character")]
    [Asvs("2.2.1", "What is typed of a person is held to rules, field by field.")]
    public async Task Post_FieldUnsound_IsRefusedThereAndNothingTypedIsLost(string forename, string surname, string email, string field, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename");

        var page = await form.Fill("Forename", forename).Fill("Surname", surname).Fill("Email", email).SubmitAsync();

        Refused.Only(page, (field, words));
        foreach (var (id, typed) in new[] { ("Forename", forename), ("Surname", surname), ("Email", email) })
            Assert.Equal(typed, page.Document.GetElementById(id)!.GetAttribute("value") ?? "");
        Assert.Equal(0, await server.CountAsync<Journey>());
    }

    [Fact]
    public async Task Post_EverythingWrong_IsToldAtOnceInTheOrderOfThePage()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename");

        var page = await form.Fill("Forename", new string('x', 101)).Fill("Surname", "").Fill("Email", "nobody").SubmitAsync();

        Refused.Only(page, ("Forename", "100 characters or fewer"), ("Surname", "Enter the surname"), ("Email", "Enter an email address like"));
    }

    [Fact]
    public async Task Post_LongestName_IsTaken()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await new CreateUserWalk(server.Browser, server.School.Code).AboutAsync(new string('x', 100), new string('y', 100));

        Assert.Contains("/create/role", page.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LookAlikeAddress_WarnsAndTakesATick()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename");
        Assert.False(form.Has("AcceptsMixedScript"));

        // The а of hаnnah is Cyrillic.
        var page = await form.Fill("Forename", "Hannah").Fill("Surname", "Moss").Fill("Email", "hаnnah@school.example").SubmitAsync();
        Refused.At(page, "Email", "mixes letters of two alphabets");
        var next = await (await page.Form("Forename").Tick("AcceptsMixedScript").SubmitAsync()).FollowAsync();

        Assert.Contains("/create/role", next.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AddressOfThisSchool_SaysItsStateAndWhereThePersonIs()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.None, "Priya", "Nair", "priya@school.example");
        var active = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Owen", "Price", "owen@school.example");
        var form = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename");

        var waiting = await form.Fill("Forename", "P").Fill("Surname", "N").Fill("Email", " PRIYA@school.example ").SubmitAsync();
        Refused.Only(waiting, ("Email", $"{pending.FullName} has this email address and is in this school already: waiting under Pending users"));
        Assert.Equal(server.Home + "/users/pending", waiting.Link("Pending users"));

        var here = await waiting.Form("Forename").Fill("Email", "owen@school.example").SubmitAsync();
        Refused.Only(here, ("Email", $"{active.FullName} has this email address and is in this school already: active"));
        Assert.False(here.Has(".ascent-notice a"));
    }

    [Fact]
    public async Task Post_AddressKnownElsewhere_LooksLikeANewOne()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), PermissionSet.None, "Ruth", "Known", "ruth.known@school.example");
        var walk = new CreateUserWalk(server.Browser, server.School.Code);

        var known = await walk.AboutAsync("Hannah", "Moss", elsewhere.Email);
        var unknown = await walk.AboutAsync("Hannah", "Moss", "ruth.nokno@school.example");

        var words = known.Words().Replace(elsewhere.Email, "", StringComparison.Ordinal);
        Assert.Equal(words, unknown.Words().Replace("ruth.nokno@school.example", "", StringComparison.Ordinal));
        Assert.DoesNotContain("Ruth", known.Body.Replace(elsewhere.Email, "", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Page_AsksBrowsersNotToFillInAnotherPersonsName()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await server.Browser.GetAsync(server.Home + "/users/create/about");

        Assert.Equal(["off", "off", "off"], page.Document.QuerySelectorAll("form.ascent-sheet input.govuk-input").Select(i => i.GetAttribute("autocomplete")!));
        Assert.Equal("Step 1 of 6", page.Text(".ascent-steps__count"));
        Assert.False(page.Has(".govuk-error-summary"));
        Assert.StartsWith("About the user", page.Title, StringComparison.Ordinal);
    }
}
