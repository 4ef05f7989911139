using System.Net;
using System.Reflection;
using AngleSharp.Html.Dom;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;
using Ascent.Web.Pages.Reports;

namespace Ascent.Web.Tests.Pages.Reports;

public sealed class DashboardTests(DemonstrationServer server) : IClassFixture<DemonstrationServer>
{
    private const string Larkfield = DemonstrationServer.Larkfield;
    private const string Harbour = DemonstrationServer.Harbour;
    private const string Governor = "governor@larkfield.demo.example";
    private const string Leader = "leader@harbour.demo.example";

    // Every page and every file that the role can reach from Reports.
    [Fact]
    public async Task Follow_EveryLinkOfReports_AsAGovernor_MeetsNoPupilAndNoError()
    {
        var browser = await server.AsAsync(Governor);
        var (open, seen) = (new Queue<string>([$"{Larkfield}/reports"]), new HashSet<string>());
        while (open.TryDequeue(out var path))
        {
            if (!path.StartsWith($"{Larkfield}/reports", StringComparison.Ordinal) || !seen.Add(path))
                continue;
            var page = await browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            var words = page.Response.Content.Headers.ContentType?.MediaType == "text/html" ? page.Words() : page.Body;
            Assert.DoesNotContain(server.Pupils, p => words.Contains(p.Name, StringComparison.Ordinal) || (p.Upn is { } upn && words.Contains(upn, StringComparison.Ordinal)));
            if (page.Response.Content.Headers.ContentType?.MediaType == "text/html")
                foreach (var link in page.Document.QuerySelectorAll("a[href]").OfType<IHtmlAnchorElement>().Select(a => new Uri(a.Href)).Where(u => u is { Scheme: "https", Host: "localhost" }))
                    open.Enqueue(link.PathAndQuery);
        }

        // All dashboards of six stages with their files and explanations, or the crawl would prove nothing.
        Assert.True(seen.Count > 100, $"{seen.Count} pages");
        Assert.Contains(seen, p => p.Contains("/ks2/governors", StringComparison.Ordinal));
        Assert.Contains(seen, p => p.Contains("format=csv", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data@larkfield.demo.example")]
    [InlineData("setup@larkfield.demo.example")]
    public async Task Open_AnyDashboard_WithoutReports_IsRefused(string user)
    {
        var browser = await server.AsAsync(user);

        foreach (var path in (string[])["", "/ks2", "/ks2/attainment", "/ks2/groups", "/ks2/context", "/ks2/governors", "/ks2/how/ks2-rwm", "/school", "/ks2?handler=File&format=csv"])
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await browser.GetAsync($"{Larkfield}/reports{path}")).Status));
    }

    [Fact]
    public async Task Open_AnotherSchools_IsNotFound()
    {
        var browser = await server.AsAsync(Governor);

        foreach (var path in (string[])["", "/ks4", "/ks4/subjects/HIS", "/ks4/attainment?handler=File&format=csv"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await browser.GetAsync($"{Harbour}/reports{path}")).Status));
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/ks2/how/nothing")]
    [InlineData("/ks2/groups?measure=ks4-attainment8")]
    [InlineData("/ks2/how/gcse-average?subject=HIS")]
    [InlineData("/ks2?handler=File&format=exe")]
    public async Task Open_WhatIsNotThere_IsNotFound(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.AsAsync(Governor)).GetAsync($"{Larkfield}/reports{path}")).Status);

    [Fact]
    public async Task Open_WithABookmarkToWhatIsGone_ShowsTheRestAndSaysSo()
    {
        var page = await (await server.AsAsync(Governor)).GetAsync($"{Larkfield}/reports/ks2?year=1999-2000&group=house-red");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("The address asks for something that is not here any more: the year and the pupil group.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Year: 2025/26", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithAYearAndAGroup_IsAboutThem()
    {
        var page = await (await server.AsAsync(Leader)).GetAsync($"{Harbour}/reports/ks4?year=2023-2024&group=sex-girls");

        Assert.Contains("Year: 2023/24", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Girls", page.Text(".ascent-chips"), StringComparison.Ordinal);
        // Progress 8 has a baseline in that year, and a band.
        Assert.Matches("All eight slots, in grades: (well above|above|average|below|well below)", page.Text(".ascent-tiles"));
        Assert.DoesNotContain("No baseline", page.Text(".ascent-tiles"), StringComparison.Ordinal);
        Assert.Contains("No baseline", (await (await server.AsAsync(Leader)).GetAsync($"{Harbour}/reports/ks4")).Text(".ascent-tiles"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OfADashboard_HoldsWhatThePageShows()
    {
        var browser = await server.AsAsync(Governor);
        var page = await browser.GetAsync($"{Larkfield}/reports/ks2/groups");

        var csv = (await browser.GetAsync($"{Larkfield}/reports/ks2/groups?handler=File&format=csv")).Body;

        var rows = csv.Split("\r\n").Skip(1).Where(r => r.StartsWith("Pupil groups", StringComparison.Ordinal)).ToList();
        var shown = page.Document.QuerySelectorAll("tr.ascent-strips__member").Select(r => (Label: r.QuerySelector("th")!.TextContent.Trim(), Withheld: r.QuerySelector(".ascent-strips__figure")!.TextContent.Contains("ithheld", StringComparison.Ordinal))).ToList();
        Assert.True(shown.Count > 15);
        Assert.Contains(shown, s => s.Withheld);
        Assert.Contains(shown, s => !s.Withheld);
        foreach (var (label, withheld) in shown)
            Assert.Contains(rows, r => r.Contains($",{label},", StringComparison.Ordinal) && withheld == r.Contains(",c,c,c,c,", StringComparison.Ordinal));
        Assert.Contains("Illustrative England", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatGoesOut_IsInTheLog()
    {
        var browser = await server.AsAsync(Governor);
        await browser.GetAsync($"{Larkfield}/reports/ks2/context?handler=File&format=xlsx");

        var entries = await server.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<AuditEntry>().Where(e => e.Kind == "report-exported").Select(e => e.Facts).ToListAsync());
        Assert.Contains(entries, facts => facts.Contains("\"context\"", StringComparison.Ordinal) && facts.Contains("\"ks2\"", StringComparison.Ordinal));
    }

    // What is withheld from a governor is on no page and in no file of his, whatever a holder of pupil-level data sees there.
    [Fact]
    public async Task Open_TheSamePageWithPupilLevelAccess_WithholdsNothing()
    {
        var page = await (await server.AsAsync(Leader)).GetAsync($"{Harbour}/reports/ks4/groups");

        Assert.DoesNotContain(page.Document.QuerySelectorAll("tr.ascent-strips__member"), r => r.TextContent.Contains("ithheld", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_TheSpanOfYears_HasNoNationalFigure()
    {
        var page = await (await server.AsAsync(Governor)).GetAsync($"{Larkfield}/reports/ks2?year=three-years");

        Assert.Contains("2023/24 to 2025/26 together", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Several years together have no national figure.", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Subjects_StandFurthestAboveTheNationFirst()
    {
        var browser = await server.AsAsync(Leader);
        var page = await browser.GetAsync($"{Harbour}/reports/ks4/subjects");

        Assert.True(page.Document.QuerySelectorAll(".ascent-strips--subjects tbody tr").Length > 10);
        Assert.Contains("Grades against England", (await browser.GetAsync($"{Harbour}/reports/ks4/subjects/HIS")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_All_LeadToAPage()
    {
        var browser = await server.AsAsync(Leader);
        var index = await browser.GetAsync($"{Harbour}/reports/ks4/what-if");
        var saved = await (await index.Form("ViewName").Tick("pupils").SubmitAsync("Save and compare")).FollowAsync();
        var view = Guid.ParseExact(saved.Path[^32..], "N");
        foreach (var method in typeof(ReportsLinks).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            var address = (string)method.Invoke(null, [.. method.GetParameters().Select(p => p.Name switch
            {
                "urn" => (object)"900002", "stage" => CohortStage.Ks4, "subject" => "HIS", "measure" => ReportMeasures.Find("ks4-attainment8")!, "id" or "pupilId" => server.OfHarbour, "whatIf" => view, _ => throw new InvalidOperationException(p.Name),
            })])!;
            Assert.Equal((address, HttpStatusCode.OK), (address, (await browser.GetAsync(address)).Status));
        }
    }
}
