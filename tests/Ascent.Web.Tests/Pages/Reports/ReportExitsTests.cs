using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Permissions;
using Ascent.Shared.Sheets;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Reports;

/// <summary>
/// Every way out of the dashboards that a reader has (page, chart, CSV, spreadsheet, explanation, count beside a filter) against the others: the
/// same figure, or the same letter, wherever it is met. And readers of each right against each other.
/// </summary>
public sealed class ReportExitsTests(DemonstrationServer server) : IClassFixture<DemonstrationServer>
{
    [Theory]
    [InlineData("900001", "ks2")]
    [InlineData("900002", "ks4")]
    public async Task EveryExit_OfEveryReader_SaysTheSame(string urn, string stage)
    {
        var limited = await MeetAsync(urn, stage, PermissionSet.Of(Permission.SchoolReports), teaches: false);
        var own = await MeetAsync(urn, stage, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), teaches: true);
        var whole = await MeetAsync(urn, stage, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), teaches: false);

        Assert.All([limited, own, whole], figures => Assert.True(figures.Count > 300, $"{figures.Count} figures"));
        Assert.DoesNotContain("c", whole.Values);
        Assert.Contains("c", limited.Values);
        // Who knows the own pupils would know the others by taking away: no figure less is withheld, and here some are more.
        foreach (var (figure, text) in limited)
        {
            Assert.True(text == "c" || text == whole[figure], $"{figure}: {text}, {whole[figure]}");
            Assert.True(own[figure] == "c" || own[figure] == text, $"{figure}: {text}, with own classes {own[figure]}");
        }
    }

    // It is handed on, so it shows a head what it shows a governor.
    [Fact]
    public async Task GovernorSummary_OfAHolderOfPupilLevelReports_WithholdsWhatAGovernorsDoes()
    {
        const string path = "/schools/900002/reports/ks4/governors";
        var governor = await (await SignInAsync("900002", PermissionSet.Of(Permission.SchoolReports), teaches: false)).GetAsync(path);
        var leader = await (await SignInAsync("900002", PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), teaches: false)).GetAsync(path);

        Assert.Equal(governor.Text(".ascent-governors"), leader.Text(".ascent-governors"));
        Assert.Contains("withheld", governor.Text(".ascent-governors table.ascent-strips"), StringComparison.Ordinal);
    }

    /// <summary>Walks every dashboard of a stage, and compares on the way.</summary>
    /// <returns>Measure, pupils and year of each figure that was met, with what stood there.</returns>
    private async Task<Dictionary<string, string>> MeetAsync(string urn, string stage, PermissionSet rights, bool teaches)
    {
        var browser = await SignInAsync(urn, rights, teaches);
        var root = $"/schools/{urn}/reports/{stage}";
        var (open, seen, met) = (new Queue<string>([root]), new HashSet<string>(), new Dictionary<string, string>());
        while (open.TryDequeue(out var path))
        {
            if (!IsDashboard(path, root) || !seen.Add(path))
                continue;
            var page = await browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            foreach (var link in page.Document.QuerySelectorAll("a[href]").OfType<IHtmlAnchorElement>().Select(a => new Uri(a.Href).PathAndQuery))
                open.Enqueue(link);
            // One choice of the form at a time.
            foreach (var option in page.Document.QuerySelectorAll<IHtmlOptionElement>(".ascent-filterform select[name=year] option, .ascent-filterform select[name=measure] option").Where(o => !path.Contains('?', StringComparison.Ordinal) && o.Value.Length > 0))
                open.Enqueue($"{path}?{option.Closest("select")!.GetAttribute("name")}={option.Value}");
            var csv = await CsvAsync(browser, page);
            if (!path.Contains('?', StringComparison.Ordinal))
                Assert.Equal(csv.Select(Line), (await SpreadsheetAsync(browser, page)).Select(Line));
            ComparePage(page, csv);
            if (!path.Contains("/governors", StringComparison.Ordinal))
                foreach (var row in csv)
                    Note(met, path, row);
        }
        CompareGaps(met);
        return met;
    }

    // A gap beside one of its two figures would give the other.
    private static void CompareGaps(Dictionary<string, string> met)
    {
        var gaps = met.Where(m => m.Key.Contains(" gap by ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(gaps);
        var known = new Dictionary<string, string>(met, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, gap) in gaps)
        {
            var parts = key.Split(" | ");
            var figures = parts[1].Split(" less ").Select(value => known[$"{parts[0][..parts[0].LastIndexOf(", gap by ", StringComparison.Ordinal)]} | {value} | {parts[2]}"]);
            Assert.True(gap == "c" || !figures.Contains("c"), key);
        }
    }

    // Pages with names are another matter.
    private static bool IsDashboard(string path, string root) => path.StartsWith(root, StringComparison.Ordinal) && !path.Contains("handler=", StringComparison.Ordinal)
        && !path.Contains("/pupils", StringComparison.Ordinal) && !path.Contains("/what-if", StringComparison.Ordinal);

    // The page has as many figures as the file, each as often; a letter for a letter.
    private static void ComparePage(Page page, IReadOnlyList<IReadOnlyList<string>> csv)
    {
        var shown = page.Document.QuerySelectorAll(".ascent-tile__figure, .ascent-tile__none, td[data-cell=school], .ascent-strips__figure, .ascent-strips__group td[data-label=Gap], .ascent-strips td[data-label='9 to 4'], .ascent-strips td[data-label^='9 to 4,']")
            .Select(Text).Concat(Explained(page)).Concat(page.Document.QuerySelectorAll(".ascent-context tbody tr").SelectMany(r => r.QuerySelectorAll("th.ascent-context__value ~ td")).Select(c => Text(c).Split(',')[0]));
        var places = csv.Where(r => r[1].Contains("place among schools", StringComparison.Ordinal)).ToList();
        Assert.All(places.Where(p => p[4] != "c"), p => Assert.Contains($"better than {p[4]} of 100 schools", page.Words(), StringComparison.Ordinal));
        Assert.Equal(places.Count(p => p[4] != "c"), page.Texts(".ascent-tile__sub").Count(t => t.Contains("of 100 schools", StringComparison.Ordinal)));
        Assert.Equal(csv.Except(places).Select(r => r[4]).Select(Plain).Order(StringComparer.Ordinal), shown.Select(Plain).Order(StringComparer.Ordinal));
        // What is withheld has no number anywhere in its row, drawn ones included.
        foreach (var row in page.Document.QuerySelectorAll("tr").Where(r => r.QuerySelector(".ascent-strips__figure .ascent-withheld, td[data-withheld]") is not null))
        {
            Assert.Null(row.QuerySelector("circle"));
            Assert.Null(row.QuerySelector("td[data-cell=school][data-value]"));
            Assert.DoesNotMatch("[0-9]", row.QuerySelector(".ascent-strips__pupils")?.TextContent ?? "");
        }
    }

    private static IEnumerable<string> Explained(Page page) =>
        page.Document.QuerySelectorAll(".govuk-summary-list__row").Where(r => r.QuerySelector("dt")!.TextContent.Trim() == "Figure").Select(r => r.QuerySelector("dd")!.TextContent.Trim());

    private static void Note(Dictionary<string, string> met, string path, IReadOnlyList<string> row)
    {
        var key = $"{row[1].Replace(": ", ", ", StringComparison.Ordinal).ToLowerInvariant()} | {row[2]} | {row[3]}";
        var text = Plain(row[4]);
        Assert.True(met.TryAdd(key, text) || met[key] == text, $"{path}: {key} is {text} here and was {met.GetValueOrDefault(key)} elsewhere");
        // Nor do its neighbours tell.
        if (row[4] == "c")
            Assert.Equal(["c", "c", "c"], row.Skip(5).Take(3));
    }

    private static string Line(IReadOnlyList<string> row) => string.Join(" | ", row.Select(Plain));

    private static string Text(IElement cell) => cell.QuerySelector(".ascent-withheld") is not null ? "c" : (cell.QuerySelector("strong") ?? cell).TextContent;

    // As a number, whatever signs stand around it on the page.
    private static string Plain(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('−', '-').TrimEnd('%').TrimStart('+').Replace(",", "", StringComparison.Ordinal);
        // "63% 65%": the nation's stands behind.
        if (words.IndexOf('%', StringComparison.Ordinal) is > 0 and var end)
            words = words[..end];
        return decimal.TryParse(words, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number.ToString("G29", CultureInfo.InvariantCulture) : words;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> CsvAsync(Browser browser, Page page)
    {
        var body = (await browser.GetAsync(page.Link("CSV file of this page"))).Body.TrimStart('\uFEFF');
        using var rows = new CsvRows(new StringReader(body));
        var all = new List<IReadOnlyList<string>>();
        while (rows.Next(null) is { } row)
            all.Add(row.Cells);
        return Figures(all);
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> SpreadsheetAsync(Browser browser, Page page)
    {
        var bytes = await (await browser.GetAsync(page.Link("Spreadsheet file of this page"))).Response.Content.ReadAsByteArrayAsync();
        using var sheet = XlsxSheet.Open(new MemoryStream(bytes)).Value;
        var all = new List<IReadOnlyList<string>>();
        while (sheet.Next().Value is { } row)
            all.Add(row.Cells);
        return Figures(all);
    }

    // Between the heads and what they rest on.
    private static List<IReadOnlyList<string>> Figures(List<IReadOnlyList<string>> rows) => [.. rows.Skip(1).Where(r => r.Count == 10 && r[1].Length > 0)];

    private async Task<Browser> SignInAsync(string urn, PermissionSet rights, bool teaches)
    {
        var school = await server.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<School>().SingleAsync(s => s.Code == urn));
        var person = await server.Factory.Data.AddMemberAsync(school, rights);
        if (teaches)
            await server.Factory.Get<Database>().ChangeAsync(OrganisationScope.Of(school.Id), async db =>
            {
                foreach (var its in await db.Set<SchoolClass>().OrderBy(c => c.Name).Take(3).ToListAsync())
                    db.Add(new ClassTeacher { OrganisationId = school.Id, ClassId = its.Id, AccountId = person.AccountId });
                return await db.SaveChangesAsync();
            }, TestContext.Current.CancellationToken);
        return await server.Factory.SignInAsync(person);
    }
}
