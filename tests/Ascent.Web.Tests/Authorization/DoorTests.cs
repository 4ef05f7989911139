using System.Net;
using AngleSharp.Dom;
using Ascent.Organisations;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Authorization;

/// <summary>
/// The heart of the product: what was chosen for somebody, and nothing else, is what the person sees and can open. Every set that may be
/// held, one session: rights are changed in the database between two requests, so each answer also shows that they are read afresh.
/// </summary>
public sealed class DoorTests
{
    [Theory]
    [InlineData(true, 320)]
    [InlineData(false, 20)]
    [Asvs("8.2.1", "For every set of permissions that may be held, exactly the chosen pages open.")]
    [Asvs("8.3.2", "Rights changed between two requests act on the second.")]
    public async Task Get_EveryAllowedSet_MenusAndDoorsAreExactlyTheChosenAccess(bool hasTracking, int sets)
    {
        await using var factory = await AscentFactory.StartAsync();
        var school = await AddSchoolAsync(factory, hasTracking);
        var elsewhere = await AddSchoolAsync(factory, hasTracking);
        var person = await factory.Data.AddMemberAsync(school);
        var browser = await factory.SignInAsync(person);
        var wrong = new List<string>();
        var tried = 0;

        foreach (var given in ExpectedAccess.Allowed(hasTracking))
        {
            await GiveAsync(factory, person, given);
            var home = await browser.GetAsync($"/schools/{school.Code}");
            Compare(wrong, given, "Home", 200, (int)home.Status);
            Compare(wrong, given, "navigation", Lines(ExpectedAccess.Navigation(given, hasTracking), school), Lines(home, ".govuk-service-navigation__list a"));
            Compare(wrong, given, "administration", Lines(ExpectedAccess.Administration(given, hasTracking), school), Lines(home, "#administration-menu a[href]"));
            Compare(wrong, given, "spanner", ExpectedAccess.Administration(given, hasTracking).Any(), home.Has("[data-administration-link]"));
            foreach (var door in ExpectedAccess.Doors)
                Compare(wrong, given, door.Path, ExpectedAccess.Status(door, given, hasTracking), await StatusAsync(browser, school, door));
            // One door of the other school for each set; all of them are tried with every right below.
            var other = ExpectedAccess.Doors[tried % ExpectedAccess.Doors.Count];
            Compare(wrong, given, $"another school’s {other.Path}", 404, await StatusAsync(browser, elsewhere, other));
            tried++;
        }

        Assert.Equal(sets, tried);
        Assert.True(wrong.Count == 0, $"{wrong.Count} differences:\n{string.Join('\n', wrong.Take(20))}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Asvs("8.2.2", "Pages of another school are not there, whatever one holds in one’s own.")]
    public async Task Get_HolderOfEveryRight_OtherSchoolsDoorsAreNotThere(bool hasTracking)
    {
        await using var factory = await AscentFactory.StartAsync();
        var school = await AddSchoolAsync(factory, true);
        var elsewhere = await AddSchoolAsync(factory, hasTracking);
        var person = await factory.Data.AddMemberAsync(school);
        await GiveAsync(factory, person, ExpectedAccess.Allowed(true).Last());
        var browser = await factory.SignInAsync(person);

        foreach (var path in ExpectedAccess.Doors.Select(d => $"/schools/{elsewhere.Code}/{d.Path}").Append($"/schools/{elsewhere.Code}"))
        {
            var page = await browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, page.Status));
            // It looks the same as a school that does not exist at all.
            Assert.Equal(page.Words(), (await browser.GetAsync(path.Replace(elsewhere.Code, "999999", StringComparison.Ordinal))).Words());
        }
    }

    [Fact]
    public async Task Get_SignedOut_LeadsToSignInAndBackToThePage()
    {
        await using var factory = await AscentFactory.StartAsync();
        var school = await AddSchoolAsync(factory, true);
        var browser = factory.OpenBrowser();

        foreach (var path in ExpectedAccess.Doors.Select(d => $"/schools/{school.Code}/{d.Path}").Append($"/schools/{school.Code}").Append("/"))
            Assert.Equal($"/sign-in?back={Uri.EscapeDataString(path)}", (await browser.GetAsync(path)).Location);
    }

    [Fact]
    public async Task Get_MembershipNotOpen_SchoolIsNotThere()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (school, kept) = (await AddSchoolAsync(factory, true), await AddSchoolAsync(factory, true));
        var setup = await factory.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var person = await factory.Data.AddMemberAsync(kept, Permission.SchoolReports);
        // Pending in the school, Active in another: the session is good, and opens nothing here.
        await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports), email: person.Email);
        var browser = await factory.SignInAsync(person);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/schools/{school.Code}/reports")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/schools/{kept.Code}/reports")).Status);
    }

    private static Task<School> AddSchoolAsync(AscentFactory factory, bool hasTracking) => hasTracking ? factory.Data.AddPrimaryAsync() : factory.Data.AddSecondaryAsync();

    private static Task GiveAsync(AscentFactory factory, TestMember person, Given given) =>
        factory.GiveAsync(person, PermissionSet.Of([.. Enum.GetValues<Given>().Where(g => g != Given.Nothing && given.HasFlag(g)).Select(g => Enum.Parse<Permission>(g.ToString()))]));

    private static async Task<int> StatusAsync(Browser browser, School school, ExpectedDoor door)
    {
        using var response = await browser.Client.GetAsync(new Uri($"/schools/{school.Code}/{door.Path}", UriKind.Relative));
        return (int)response.StatusCode;
    }

    private static string Lines(IEnumerable<(string Label, string Path)> expected, School school) =>
        string.Join("; ", expected.Select(e => $"{e.Label} {$"/schools/{school.Code}/{e.Path}".TrimEnd('/')}"));

    // A menu's entry has its hint in small letters; the label is what remains.
    private static string Lines(Page page, string selector) =>
        string.Join("; ", page.Document.QuerySelectorAll(selector).Select(a =>
            $"{(a.QuerySelector("span") ?? a).TextContent.Trim()} {a.GetAttribute("href")}"));

    private static void Compare<T>(List<string> wrong, Given given, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            wrong.Add($"[{given}] {what}: expected {expected}, met {actual}");
    }
}
