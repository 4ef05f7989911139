using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Support;

/// <summary>Goes the ways of a second factor by its pages.</summary>
public static class Factors
{
    /// <summary>User name and the right password; gives the redirect that follows.</summary>
    public static async Task<Page> SignInAsync(this Browser browser, string email, string path = "/sign-in") =>
        await (await browser.GetAsync(path)).Form("Password").Fill("Email", email).Fill("Password", TestData.Password).SubmitAsync();

    /// <summary>A browser between password and second factor.</summary>
    public static async Task<Browser> HalfWayAsync(this SchoolServer server, TestMember person)
    {
        var browser = server.Factory.OpenBrowser();
        Assert.StartsWith("/second-factor", (await browser.SignInAsync(person.Email)).Location, StringComparison.Ordinal);
        return browser;
    }

    /// <summary>The secret that a page shows for typing by hand.</summary>
    public static string Secret(Page page) => page.Text(".ascent-secret").Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The form of a new app, filled with the code that the app shows.</summary>
    public static HtmlForm NewApp(this SchoolServer server, Page page) => page.Form("AppCode").Fill("AppCode", TestData.CodeAt(Secret(page), server.Factory.Clock.GetUtcNow().UtcDateTime));

    public static async Task RequireAsync(this SchoolServer server, FactorRule rule) =>
        Assert.True((await server.Factory.Get<SetFactorRule>().ExecuteAsync(server.School.Code, rule, Actor.Operator, CancellationToken.None)).Succeeded);
}
