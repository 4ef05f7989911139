using System.Net;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages;

/// <summary>A form that was filled in while its session ended: nothing is half-saved, and nothing typed is lost but passwords.</summary>
public sealed class LostSessionTests
{
    /// <summary>The page, its fields as they are filled in, and what sending them again after signing in leads to: a page, or words.</summary>
    public static TheoryData<string, string, string> Forms { get; } = new()
    {
        { "/profile/name", "Forename=Ann <i>&Surname=O'Lee \"Q\"", "/profile?saved=name" },
        { "/profile/email", "Email=ann@new.example", "/profile?saved=email-asked" },
        { "/profile/password", "CurrentPassword=four wet otters sing&Password=copper lantern violin brook", "This is not your password" },
        { "/confirm-password?back=%2Fprofile", "CurrentPassword=four wet otters sing", "Enter your password" },
        { "/terms?back=%2Fprofile", "Agrees=true", "/profile" },
        { "{home}/users/create/about", "Forename=Ann&Surname=O'Lee&Email=ann.lee@new.example", "{home}/users/create/role" },
    };

    [Theory, MemberData(nameof(Forms))]
    public async Task Post_SessionGone_KeepsWhatWasTypedForTheSameAccountOnly(string path, string typed, string after)
    {
        await using var server = await SchoolServer.StartAsync();
        var fields = typed.Split('&').Select(f => f.Split('=', 2)).ToArray();
        var form = Fill(await server.Browser.GetAsync(path.Replace("{home}", server.Home, StringComparison.Ordinal)), fields);
        server.Factory.Clock.Advance(Session.Idle);
        var before = await Tables.DumpAsync(server.Factory);

        var page = await form.SubmitAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, "You were signed out meanwhile"), (page.Status, page.Heading));
        foreach (var field in fields)
            if (field[0].Contains("Password", StringComparison.Ordinal))
                Assert.DoesNotContain(field[1], page.Body, StringComparison.Ordinal);
            else
                Assert.Equal(field[1], page.Form("Send again").Value(field[0]));
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));

        // Whoever signs in there as somebody else sends nothing in their own name.
        var other = await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        await SignInAsync(server.Browser, other);
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Form("Send again").SubmitAsync()).Status);
        await (await server.Browser.GetAsync("/profile")).Form("Sign out").SubmitAsync("Sign out");
        await SignInAsync(server.Browser, server.Setup);
        var again = await page.Form("Send again").SubmitAsync();

        if (after.Contains('/', StringComparison.Ordinal))
            Assert.StartsWith(after.Replace("{home}", server.Home, StringComparison.Ordinal), again.Location, StringComparison.Ordinal);
        else
            Assert.Contains(after, again.Errors);
    }

    [Theory, MemberData(nameof(Forms))]
    [Asvs("3.5.1", "Every address refuses a post without the form’s own token, or with somebody else’s, and changes nothing.")]
    public async Task Post_TokenOfAnotherBrowserOrNone_ChangesNothing(string path, string typed, string after)
    {
        await using var server = await SchoolServer.StartAsync();
        var fields = typed.Split('&').Select(f => f.Split('=', 2)).ToArray();
        var strange = (await (await server.Factory.SignInAsync(server.Setup)).GetAsync("/profile/name")).Form("Forename").Value("form")!;
        path = path.Replace("{home}", server.Home, StringComparison.Ordinal);
        await server.Browser.GetAsync(server.Home);
        var before = await Tables.DumpAsync(server.Factory);

        foreach (var token in (string[])["", "CfDJ8", strange])
            Assert.Equal((after, HttpStatusCode.BadRequest), (after, (await Fill(await server.Browser.GetAsync(path), fields).Tamper("form", token).SubmitAsync()).Status));

        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    private static HtmlForm Fill(Page page, string[][] fields)
    {
        var form = page.Form(fields[0][0]);
        foreach (var field in fields)
            _ = field[1] == "true" ? form.Tick(field[0]) : form.Fill(field[0], field[1]);
        return form;
    }

    private static async Task SignInAsync(Browser browser, TestMember person) =>
        Assert.True((await (await browser.GetAsync("/sign-in")).Form("Password").Fill("Email", person.Email).Fill("Password", person.Password).SubmitAsync()).IsRedirect);
}
