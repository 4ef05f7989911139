using System.Text.RegularExpressions;
using Ascent.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>
/// The pictures of the user guide, out of the real program. They are written with ASCENT_WRITE_SCREENSHOTS=1; in every other run the walk
/// shows that each picture can still be taken and that the file is there.
/// </summary>
public sealed partial class ScreenshotTests(DemoServer server, Chromium chromium) : IClassFixture<DemoServer>
{
    private const int Largest = 150_000;
    private const string Email = "hannah.brooks@larkfield.demo.example";

    // A long list is cut after these.
    private const string SomeRows = "main tbody tr >> nth=8";

    private readonly List<string> taken = [];

    [Fact]
    public async Task UserGuide_EveryPicture_IsTakenFromTheProgram()
    {
        var page = await chromium.OpenAsync();
        await page.OpenAsync(server, "/sign-in");
        await TakeAsync(page, "sign-in");
        await page.SignInAsync(server, DemoServer.Administrator);
        await TakeAsync(page, "home");
        await TakeAsync(page, "readme");
        await page.Locator("[data-administration-link]").ClickAsync();
        await page.Locator("#administration-menu summary").First.ClickAsync();
        await TakeAsync(page, "administration-menu", within: "#administration-menu");
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/manage");
        await TakeAsync(page, "manage-users");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit Sunita Patel" }).ClickAsync();
        await page.GetByLabel("Add pupil assessment data").CheckAsync();
        await Assertions.Expect(page.Locator("[data-review-panel] .ascent-diff__row")).ToHaveCountAsync(1);
        await TakeAsync(page, "edit-user");
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/review");
        await TakeAsync(page, "access-review");
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/templates");
        await TakeAsync(page, "access-templates");
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/explain?page=reports&q=");
        await TakeAsync(page, "who-can-see-what");
        await page.OpenAsync(server, DemoServer.Larkfield + "/our-organisation");
        await TakeAsync(page, "our-organisation");
        await page.OpenAsync(server, DemoServer.Larkfield + "/log");
        await TakeAsync(page, "log", within: SomeRows);
        await GiveListsAsync(page);
        var code = await CreateAsync(page);

        var visitor = await chromium.OpenAsync();
        await visitor.GotoAsync(DemoServer.LinkIn((await server.MailToAsync(Email)).Mail));
        await visitor.Locator("#Code").FillAsync(code);
        await TakeAsync(visitor, "sign-up");
        await visitor.Locator("#Password").FillAsync("seven brass kettles");
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Set up my account" }).ClickAsync();
        await Assertions.Expect(visitor.Locator("h1")).ToHaveTextAsync("Before you start");
        await TakeAsync(visitor, "terms");

        var governor = await chromium.OpenAsync();
        await governor.SignInAsync(server, "governor@larkfield.demo.example");
        await TakeAsync(governor, "home-governor");
        await governor.OpenAsync(server, DemoServer.Larkfield + "/reports/ks2");
        await Assertions.Expect(governor.Locator("[data-chart] svg").First).ToBeAttachedAsync();
        await TakeAsync(governor, "report-overview", "main .ascent-figure >> nth=0");
        await governor.OpenAsync(server, "/profile/second-factor/passkey");
        await governor.GetByLabel("What do you call it? (optional)").FillAsync("School laptop");
        await TakeAsync(governor, "add-passkey");
        var leader = await chromium.OpenAsync();
        await leader.SignInAsync(server, "leader@harbour.demo.example");
        await leader.OpenAsync(server, "/schools/900002/reports/ks4/subjects");
        await TakeAsync(leader, "report-subjects", SomeRows);
        await TakeReportsAsync(governor, leader);
        await TakeBodyAsync();
        await TakeDataAsync();

        Assert.Equal(
            ["access-review", "access-templates", "add-passkey", "administration-menu", "body-home", "body-schools", "create-about", "create-administration", "create-confirm", "create-multiple", "create-reports", "create-role", "create-tracking", "data-classes", "data-summary", "edit-user", "home",
                "home-governor", "import-new", "import-review", "list-leavers", "list-mend", "list-rows", "list-staff", "log", "manage-users", "our-organisation", "pending-code", "pending-users", "pupil", "pupils", "readme", "report-governors", "report-groups", "report-overview", "report-subjects", "report-what-if", "sign-in", "sign-up", "slip",
                "subjects", "terms", "who-can-see-what"],
            taken.Order(StringComparer.Ordinal));
    }

    private async Task TakeReportsAsync(IPage governor, IPage leader)
    {
        await governor.OpenAsync(server, DemoServer.Larkfield + "/reports/ks2/governors");
        await TakeAsync(governor, "report-governors", "main .ascent-figure >> nth=0");
        await leader.OpenAsync(server, "/schools/900002/reports/ks4/groups");
        await TakeAsync(leader, "report-groups", SomeRows);
        await leader.OpenAsync(server, "/schools/900002/reports/ks4/what-if");
        await leader.Locator("#of").SelectOptionAsync("flag:joined-late");
        await leader.GetByRole(AriaRole.Button, new() { Name = "Tick them", Exact = true }).ClickAsync();
        await leader.Locator("#ViewName").FillAsync("Without late joiners");
        await leader.Locator("#ViewName").PressAsync("Enter");
        await Assertions.Expect(leader.Locator(".ascent-whatif__band")).ToBeVisibleAsync();
        await TakeAsync(leader, "report-what-if", "main tbody tr >> nth=1");
    }

    private async Task TakeBodyAsync()
    {
        var officer = await chromium.OpenAsync();
        await officer.SignInAsync(server, "la@northmoor.demo.example");
        await TakeAsync(officer, "body-home");
        await officer.OpenAsync(server, "/organisations/la-999/schools");
        await TakeAsync(officer, "body-schools");
    }

    private async Task TakeDataAsync()
    {
        var manager = await chromium.OpenAsync();
        await manager.SignInAsync(server, "data@larkfield.demo.example");
        await manager.Locator(".ascent-task__action a").First.ClickAsync();
        await Assertions.Expect(manager.Locator("h1")).ToHaveTextAsync("Review what will change");
        await TakeAsync(manager, "import-review");
        (string Name, string Address, string Within)[] pages =
        [
            ("import-new", "/data/imports/new", "main"), ("pupils", "/data/pupils?q=Khan", "main"), ("data-classes", "/data/classes", "main"), ("data-summary", "/data/summary", "main"), ("subjects", "/data/subjects/6", SomeRows),
        ];
        foreach (var (name, address, within) in pages)
        {
            await manager.OpenAsync(server, DemoServer.Larkfield + address);
            await TakeAsync(manager, name, within);
        }
        await manager.OpenAsync(server, DemoServer.Larkfield + "/data/pupils?q=Holloway");
        await manager.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Holloway-Reed") }).First.ClickAsync();
        await Assertions.Expect(manager.Locator("#results")).ToBeVisibleAsync();
        await TakeAsync(manager, "pupil");
    }

    /// <summary>A list of new people and one of the whole staff, neither of them confirmed.</summary>
    private async Task GiveListsAsync(IPage page)
    {
        const string heading = "Forename,Surname,Email,Job role,School setup,Manage data,Reports,Pupil names,End date";
        const string domain = "@larkfield.demo.example";
        await GiveAsync(page, [heading, $"Sofia,Marino,sofia.marino{domain},Teacher,N,N,Y,own classes,", $"Mei,Lin,mei.lin@larkfield,Governer,N,N,Y,N,31/08/2027", $"Declan,Byrne,declan.byrne{domain},Assistant headteacher,Y,N,Y,Y,",
            $"Ruth,Asante,ruth.asante{domain},Administrator,Y,N,N,N,", $"Leila,Haddad,teacher{domain},Teacher,N,N,Y,own classes,"], isStaff: false, picture: "create-multiple");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check 5 rows before anyone is created");
        await TakeAsync(page, "list-rows");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mend the row" }).ClickAsync();
        await TakeAsync(page, "list-mend");
        await GiveAsync(page, ["Forename,Surname,Email,Job role", $"Amara,Okafor,{DemoServer.Administrator},School business manager", $"Graham,Ellis,graham.ellis{domain},Headteacher", $"Marcus,Bell,marcus.bell{domain},Assessment lead",
            $"Sunita,Patel,sunita.patel{domain},Assessment lead", $"Leila,Haddad-Smith,teacher{domain},SENCO", $"Daniel,Reed,data{domain},Data manager", $"Sofia,Marino,sofia.marino{domain},Teacher"], isStaff: true);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check what the staff list would do");
        await TakeAsync(page, "list-staff");
        await page.GetByRole(AriaRole.Button, new() { Name = "Not on the list" }).ClickAsync();
        await page.GetByLabel("Select Owen Price").First.CheckAsync();
        await TakeAsync(page, "list-leavers");
    }

    private async Task GiveAsync(IPage page, string[] rows, bool isStaff, string? picture = null)
    {
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create-multiple");
        await page.GetByLabel("Or paste the cells").FillAsync(string.Join('\n', rows));
        if (isStaff)
            await page.GetByLabel("Make this the staff list").CheckAsync();
        if (picture is not null)
            await TakeAsync(page, picture);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: check the rows" }).ClickAsync();
    }

    private async Task<string> CreateAsync(IPage page)
    {
        await page.OpenAsync(server, DemoServer.Larkfield + "/users/create/about");
        await page.GetByLabel("Forename").FillAsync("Hannah");
        await page.GetByLabel("Surname").FillAsync("Brooks");
        await page.GetByLabel("Email address").FillAsync(Email);
        await TakeAsync(page, "create-about");
        await page.NextAsync();
        await page.GetByLabel("Teacher", new() { Exact = true }).CheckAsync();
        await TakeAsync(page, "create-role");
        foreach (var step in (string[])["create-administration", "create-reports", "create-tracking", "create-confirm"])
        {
            await page.NextAsync();
            await TakeAsync(page, step);
        }
        await page.NextAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Pending users");
        await TakeAsync(page, "pending-users");
        var row = page.Locator("tbody tr").First;
        await row.GetByRole(AriaRole.Button, new() { Name = "Show code" }).ClickAsync();
        var shown = page.Locator(".ascent-code[role=status]");
        await TakeAsync(page, "pending-code");
        var code = Code().Match(await shown.InnerTextAsync()).Value;
        await row.GetByRole(AriaRole.Button, new() { Name = "Print slip" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ascent-slip__digits")).ToBeVisibleAsync();
        await TakeAsync(page, "slip");
        return code;
    }

    /// <summary>1280 wide, from the top down to the end of what the page has to say.</summary>
    private async Task TakeAsync(IPage page, string name, string within = "main")
    {
        await page.EvaluateAsync("() => { document.activeElement.blur(); scrollTo(0, 0); }");
        var bottom = await page.Locator(within).EvaluateAsync<double>("""
            e => {
              const ends = [...e.querySelectorAll('*')].map((x) => x.getBoundingClientRect()).filter((r) => r.width > 0 && r.height > 0).map((r) => r.bottom + scrollY);
              return Math.max(...ends);
            }
            """);
        var picture = SmallPng.Write(await page.ScreenshotAsync(new() { FullPage = within.StartsWith("main", StringComparison.Ordinal), Clip = new() { X = 0, Y = 0, Width = 1280, Height = (float)Math.Ceiling(bottom + 40) }, Animations = ScreenshotAnimations.Disabled }));
        Assert.True(picture.Length < Largest, $"{name}.png has {picture.Length:N0} bytes");
        var file = Path.Combine(Repository(), "docs", "user-guide", "images", $"{name}.png");
        if (Environment.GetEnvironmentVariable("ASCENT_WRITE_SCREENSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, picture);
        }
        Assert.True(File.Exists(file), $"{file} is missing: run with ASCENT_WRITE_SCREENSHOTS=1");
        taken.Add(name);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ascent.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }

    [GeneratedRegex("[0-9A-Z]{5}-[0-9A-Z]{5}")]
    private static partial Regex Code();
}
