using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SetUp;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SetUp;

/// <summary>The first start of an empty server: nothing but the set-up, and that only with the link from the console.</summary>
public sealed partial class SetUpTests
{
    [Fact]
    [Asvs("6.3.2", "A new server has nobody to sign in as: every page leads to the set-up.")]
    public async Task Get_EmptyServer_EveryPageLeadsToTheSetUp()
    {
        await using var factory = await StartAsync();
        var browser = factory.OpenBrowser();

        foreach (var path in (string[])["/", "/sign-in", "/schools/900001", "/operator", "/no/such/page", "/forgotten"])
            Assert.Equal((path, "/set-up"), (path, (await browser.GetAsync(path)).Location));
        var page = await browser.GetAsync("/set-up");
        Assert.Equal((HttpStatusCode.OK, "This server is not set up yet"), (page.Status, page.Heading));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/help")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Get_WrongOrOldToken_OpensNothing()
    {
        await using var factory = await StartAsync();
        var old = await TokenAsync(factory);
        await TokenAsync(factory); // the next start prints another

        foreach (var token in (string[])[old, "nonsense", LinkToken.Create()])
            foreach (var step in (string[])["", "/mail", "/schools", "/schools/register", "/schools/one", "/schools/authority", "/school", "/administrator?school=900001"])
                Assert.Equal((step, "/set-up?old=1"), (step, (await factory.OpenBrowser().GetAsync($"/set-up/{token}{step}")).Location));
    }

    [Fact]
    public async Task Walk_OneSchoolByHand_EndsWithAnAdministratorWhoCanSignUp()
    {
        await using var factory = await StartAsync();
        var browser = factory.OpenBrowser();
        var link = $"/set-up/{await TokenAsync(factory)}";

        var page = await browser.GetAsync(link);
        Assert.Contains("https://localhost/", page.Words(), StringComparison.Ordinal);
        page = await page.ClickAsync("Next: mail");
        Refused.Only(await page.Form("Email").Fill("Email", "nobody").SubmitAsync(), ("Email", "Enter an email address"));
        page = await page.Form("Email").Fill("Email", "me@home.example").SubmitAsync();
        Assert.Contains("The test mail is with the folder", page.Words(), StringComparison.Ordinal);
        page = await page.ClickAsync("Next: schools");
        Refused.Only(await page.Form("How").SubmitAsync(), ("How", "Choose how the first schools get here"));
        page = await (await page.Form("How").Tick("One school, typed by hand").SubmitAsync()).FollowAsync();
        Assert.Equal(5, (await page.Form("Urn").SubmitAsync()).Errors.Count);
        page = await page.Form("Urn").Fill("Urn", "900001").Fill("Name", "Larkfield School").Fill("Phase", "Primary").Fill("LowAge", "4").Fill("HighAge", "eleven").SubmitAsync();
        Refused.Only(page, ("HighAge", "Enter the highest age as a whole number"));
        Assert.Equal(("Larkfield School", "eleven"), (page.Form("Urn").Value("Name"), page.Form("Urn").Value("HighAge")));
        page = await (await page.Form("Urn").Fill("HighAge", "11").SubmitAsync()).FollowAsync();
        Assert.Equal("Who is the first administrator of Larkfield School?", page.Heading);
        page = await factory.OpenBrowser().GetAsync(page.Path); // found again as it is
        Assert.Equal(4, (await page.Form("Forename").SubmitAsync()).Errors.Count);
        page = await page.Form("Forename").Fill("Forename", "Ruth").Fill("Surname", "Bell").Fill("Email", "ruth@school.example").Fill("JobRole", "Headteacher").SubmitAsync();

        Assert.Equal((HttpStatusCode.OK, "Write down this activation code"), (page.Status, page.Heading));
        Assert.True(page.Response.Headers.CacheControl!.NoStore);
        await IsOverAsync(factory, link, await SignUpAsync(factory, Code().Match(page.Text(".ascent-code")).Value));
    }

    [Fact]
    public async Task Walk_Register_LoadsItAndFindsTheSchool()
    {
        await using var factory = await StartAsync();
        var browser = factory.OpenBrowser();
        var link = $"/set-up/{await TokenAsync(factory)}";
        var upload = $"{link}/schools/register";

        Refused.Only(await UploadAsync(browser, upload, "URN;wrong\n1;2\n"), ("Upload", "This is not the register’s list of all establishments"));
        Refused.Only(await UploadAsync(browser, upload, ""), ("Upload", "Choose the register’s file"));
        Refused.Only(await UploadAsync(browser, upload, "URN,EstablishmentName,PhaseOfEducation (code),StatutoryLowAge,LA (code),LA (name)\n", "register.xlsx"), ("Upload", "The register is a CSV file"));
        Assert.Equal(upload, (await UploadAsync(browser, upload, "URN,EstablishmentName,PhaseOfEducation (code),StatutoryLowAge,LA (code),LA (name)\n"
            + "900001,Larkfield School,2,4,999,Northmoor\n900002,Harbour Academy,4,11,999,Northmoor\nnonsense,Nowhere,2,4,999,Northmoor\n")).Location);
        var page = await UntilAsync(() => browser.GetAsync(upload), p => !p.Heading.Contains("being loaded", StringComparison.Ordinal));

        Assert.Equal("2 schools are here", page.Heading);
        Assert.Contains("1 row was left out", page.Words(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(factory.DataFolder, "uploads")));
        page = await page.ClickAsync("Next: first administrator");
        page = await page.Form("Find").Fill("Find", "harbour").SubmitAsync();
        page = await page.ClickAsync("Choose Harbour Academy");
        page = await page.Form("Forename").Fill("Forename", "Ruth").Fill("Surname", "Bell").Fill("Email", "ruth@school.example").Fill("JobRole", "Headteacher").SubmitAsync();
        await IsOverAsync(factory, link, await SignUpAsync(factory, Code().Match(page.Text(".ascent-code")).Value));
    }

    [Fact]
    public async Task Walk_AuthorityFirst_OffersItToTheSchool()
    {
        await using var factory = await StartAsync();
        var browser = factory.OpenBrowser();
        var link = $"/set-up/{await TokenAsync(factory)}";

        var page = await browser.GetAsync($"{link}/schools/authority");
        page = await (await page.Form("AuthorityCode").Fill("AuthorityCode", "999").Fill("AuthorityName", "Northmoor").SubmitAsync()).FollowAsync();
        Assert.Contains("0 schools and 1 local authority", page.Words(), StringComparison.Ordinal);
        // The organisation is the set-up's own, so it goes on, also for other pages and after the next start.
        Assert.Equal("/set-up", (await factory.OpenBrowser().GetAsync("/sign-in")).Location);
        link = $"/set-up/{await TokenAsync(factory)}";
        Assert.Equal($"{link}/schools", (await browser.GetAsync($"{link}/school")).Location);
        page = await browser.GetAsync($"{link}/schools/one");
        await page.Form("Urn").Fill("Urn", "900001").Fill("Name", "Larkfield").Fill("Phase", "Primary").Fill("LowAge", "4").Fill("HighAge", "11").Fill("Authority", "999").SubmitAsync();

        Assert.Equal("Northmoor", await ReadAsync(factory, db => db.Set<School>().Select(s => s.LocalAuthorityName).SingleAsync()));
    }

    [Fact]
    public async Task Get_ServerWithAccounts_HasNoSetUp()
    {
        await using var factory = await AscentFactory.StartAsync();
        await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var next = await factory.RestartAsync();
        next.IsFirstRun = true;
        await using (next)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await next.OpenBrowser().GetAsync("/set-up")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await next.OpenBrowser().GetAsync($"/set-up/{LinkToken.Create()}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await next.OpenBrowser().GetAsync("/sign-in")).Status);
            // The heads of the log may have been written meanwhile.
            Assert.Equal(0, await ReadAsync(next, db => db.Set<ServerFact>().CountAsync(f => f.Name != ServerFact.Heads)));
        }
    }

    private static async Task<AscentFactory> StartAsync()
    {
        var factory = await AscentFactory.StartAsync();
        factory.IsFirstRun = true;
        return factory;
    }

    // What stood on the console cannot be read again, so this is the token of the next start.
    private static async Task<string> TokenAsync(AscentFactory factory) => (await factory.Get<FirstRun>().BeginAsync(CancellationToken.None))!;

    private static async Task<string> SignUpAsync(AscentFactory factory, string code)
    {
        var membership = await ReadAsync(factory, db => db.Set<Membership>().SingleAsync());
        Assert.True(membership.Permissions.Has(Permission.SchoolSetup));
        var browser = factory.OpenBrowser();
        var page = await browser.GetAsync(await factory.Data.LinkOfAsync(membership.Id));
        var done = await page.Form("Code").Fill("Code", code).Fill("Password", TestData.Password).SubmitAsync();
        return done.Location;
    }

    private static async Task IsOverAsync(AscentFactory factory, string link, string signedUpAt)
    {
        Assert.StartsWith("/schools/", signedUpAt, StringComparison.Ordinal);
        foreach (var path in (string[])["/set-up", link, $"{link}/mail", $"{link}/schools/register", $"{link}/administrator?school=900001"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await factory.OpenBrowser().GetAsync(path)).Status));
        Assert.Equal(HttpStatusCode.OK, (await factory.OpenBrowser().GetAsync("/sign-in")).Status);
    }

    private static async Task<Page> UploadAsync(Browser browser, string path, string text, string name = "edubasealldata.csv")
    {
        var page = await browser.GetAsync(path);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!), "form" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Upload", name },
        };
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    private static async Task<Page> UntilAsync(Func<Task<Page>> ask, Func<Page, bool> holds)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var page = await ask();
            if (holds(page))
                return page;
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), page.Summary);
            await Task.Delay(50);
        }
    }

    private static Task<T> ReadAsync<T>(AscentFactory factory, Func<AppDb, Task<T>> read) => factory.Get<Database>().ReadAsync(OrganisationScope.Server, read);

    [GeneratedRegex("[0-9A-Z]{5}-[0-9A-Z]{5}")]
    private static partial Regex Code();
}
