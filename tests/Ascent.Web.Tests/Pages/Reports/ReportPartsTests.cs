using Ascent.Measures;
using Ascent.TestSupport.Web;
using Ascent.TestSupport.Web.Reports;
using Ascent.Web.Pages.Reports.Parts;
using Ascent.Web.Tests.Components;

namespace Ascent.Web.Tests.Pages.Reports;

/// <summary>Each part written by the server's own view engine, from each kind of measure.</summary>
public sealed class ReportPartsTests(ReportPartsTests.Server server) : IClassFixture<ReportPartsTests.Server>
{
    // No other number of these parts has these digits.
    private const int Secret = 4719;

    private static readonly Measure England = new Measure.Scalar(31, MeasureUnit.Percentage, new(1, 1));

    public sealed class Server : IAsyncLifetime
    {
        public AscentFactory Factory { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Factory = await AscentFactory.StartAsync();

        public ValueTask DisposeAsync() => Factory.DisposeAsync();
    }

    public static TheoryData<string> PartsWithFigures => ["_FigureTiles", "_GroupTable", "_SubjectTable", "_Trend", "_Distribution", "_ReportFilters"];

    [Theory, MemberData(nameof(PartsWithFigures))]
    public async Task Part_Withheld_IsAlikeForEveryReasonAndHasNoNumber(string part)
    {
        var written = new HashSet<string>();
        foreach (var reason in Enum.GetValues<WithheldReason>())
            written.Add(await server.Factory.PartAsync(part, Model(part, new Measure.Withheld(reason))));

        var html = Assert.Single(written);
        Assert.Contains("ascent-withheld", html, StringComparison.Ordinal);
        Assert.DoesNotContain("4719", html.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // The test would say nothing if the number did not come with a figure that is shown.
        var shown = await server.Factory.PartAsync(part, Model(part, new Measure.Estimated(50, 40, 60, MeasureUnit.Percentage, new(Secret, Secret))));
        Assert.Contains("4,719", part == "_ReportFilters" ? await server.Factory.PartAsync(part, Model(part, ReportSamples.Count(Secret))) : shown, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(PartsWithFigures))]
    public async Task Part_EachOtherKind_SaysItInWords(string part)
    {
        if (part == "_ReportFilters")
            return;
        (Measure, string)[] kinds =
        [
            (new Measure.Scalar(62.51, MeasureUnit.Percentage, new(58, 56)), "63"), (new Measure.Estimated(62.51, 50.2, 74.9, MeasureUnit.Percentage, new(58, 56)), "63"),
            (new Measure.LowCoverage(new(58, 12)), "Too few matched"), (ReportSamples.Missing(NotApplicableReason.NoBaseline), "No baseline"),
            (ReportSamples.Missing(NotApplicableReason.NobodyCounts), "No results yet"), (ReportSamples.Missing(NotApplicableReason.NoPupils, 0), "No pupils"),
        ];
        foreach (var (measure, words) in kinds)
        {
            var html = await server.Factory.PartAsync(part, Model(part, measure));
            Assert.Contains(words, Dom.Parse(html).TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("62.5", html, StringComparison.Ordinal);
            Assert.DoesNotContain("74.9", html, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EveryPart_Written_HasNoStyleAndEachIdOnce()
    {
        var html = string.Concat(await Task.WhenAll(ReportSamples.Everything.Select(part => server.Factory.PartAsync(part.Name, part.Model))));
        var all = Dom.Parse(html).QuerySelectorAll("*");
        Assert.DoesNotContain(all, e => e.HasAttribute("style") || e.LocalName == "style" || e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        var ids = all.Where(e => !string.IsNullOrEmpty(e.Id)).Select(e => e.Id!).ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task FigureTile_Shown_SaysFigureIntervalPupilsEnglandAndJudgement()
    {
        var tile = Dom.Parse(await server.Factory.PartAsync("_FigureTile", ReportSamples.Tiles.Tiles[2]));
        Assert.Equal("90%", Text(tile.QuerySelector(".ascent-tile__figure")!));
        Assert.Equal("Above: significantly above England", Text(tile.QuerySelector(".ascent-verdict")!));
        Assert.Equal("52 of 58 pupils, interval 79 to 95", Text(tile.QuerySelector(".ascent-tile__foot > span")!));
        Assert.Contains(tile.QuerySelectorAll(".govuk-visually-hidden"), e => e.TextContent == "England: 76%");
        Assert.Equal("true", tile.QuerySelector("svg.ascent-strip")!.GetAttribute("aria-hidden"));
        Assert.Equal("How Reading test, Expected standard, was worked out", Text(tile.QuerySelector("a")!));
    }

    [Fact]
    public async Task GroupTable_GapWithheld_KeepsEnglandAndItsPartner()
    {
        var table = Dom.Parse(await server.Factory.PartAsync("_GroupTable", ReportSamples.Groups));
        var gap = table.QuerySelectorAll("tr").Single(r => r.QuerySelector("th")!.TextContent == "Gap by special educational need");
        Assert.Equal(["", "", "cwithheld", "66", "cwithheld"], gap.QuerySelectorAll("td").Select(Text));
        Assert.Equal(2, table.QuerySelectorAll(".ascent-strip-withheld").Length);
        // What a strip draws, its cell says to those who do not see it.
        Assert.Equal(["30", "52 to 83", "70", "66", "+4"], table.QuerySelectorAll("tr").Single(r => r.QuerySelector("th")!.TextContent == "Girls").QuerySelectorAll("td").Select(Text));
        // Roles by hand: at 320 px the cells are no table for the browser any more.
        Assert.All(table.QuerySelectorAll("td"), cell => Assert.Equal("cell", cell.GetAttribute("role")));
        Assert.All(table.QuerySelectorAll("tr"), row => Assert.Equal("row", row.GetAttribute("role")));
    }

    [Fact]
    public async Task Trend_Cells_GiveTheChartTheRoundedFiguresOnly()
    {
        var cells = Dom.Parse(await server.Factory.PartAsync("_Trend", ReportSamples.Trend)).QuerySelectorAll("[data-cell=school]");
        Assert.Equal([("55", "42", "68"), ("60", "47", "71"), ("64", "51", "75")], cells.Select(c => (c.GetAttribute("data-value")!, c.GetAttribute("data-lower")!, c.GetAttribute("data-upper")!)));

        var withheld = Dom.Parse(await server.Factory.PartAsync("_Trend", ReportSamples.BrokenTrend)).QuerySelectorAll("[data-cell=school]")[1];
        Assert.Equal(["class", "data-cell", "data-withheld"], withheld.Attributes.Select(a => a.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Trend_OneFigure_HasNoChart()
    {
        var one = ReportSamples.Trend with { Points = [ReportSamples.Trend.Points[0]] };
        Assert.DoesNotContain("data-chart", await server.Factory.PartAsync("_Trend", one), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_Form_KeepsTheRestAndShowsLettersForWithheldCounts()
    {
        var filters = Dom.Parse(await server.Factory.PartAsync("_ReportFilters", ReportSamples.Filters));
        Assert.Equal("get", filters.QuerySelector("form")!.GetAttribute("method"));
        Assert.Equal("english & maths", filters.QuerySelector("input[type=hidden][name=subject]")!.GetAttribute("value"));
        Assert.Equal(["All pupils (58)", "Girls (30)", "Boys (28)", "EHC plan (c)"], filters.QuerySelectorAll("#filter-group option").Select(Text));
        Assert.Equal("sen.ehc", filters.QuerySelector("#filter-group option[selected]")!.GetAttribute("value"));
        Assert.Contains("The class of this bookmark is gone", filters.TextContent, StringComparison.Ordinal);
    }

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Counts stand beside the measure where a part takes them, so that one which forgets to hide them is found.
    private static object Model(string part, Measure measure)
    {
        var (figure, names, words) = (Compared.Of(measure, England), ReportSamples.Larkfield, new BlockWords("id", "Title", "About", new Basis("Basis")));
        return part switch
        {
            "_FigureTiles" => new FigureTiles("id", "Heading", names, [new("Title", "Subtitle", figure, names, "#how", Secret)], new("Basis")),
            "_GroupTable" => new GroupTable(words, names, Ascent.Web.Components.StripScale.Percent, [new("Gap", new(figure, 0, 1), [new("One", figure), new("Other", figure)])]),
            "_SubjectTable" => new SubjectTable(words, names, Ascent.Web.Components.StripScale.Percent, "Average", "9 to 4", [new("Latin", "#latin", figure, figure)]),
            "_Trend" => new Trend(words, names, "Caption", "%", [new("2025/26", figure), new("2024/25", figure)]),
            "_Distribution" => new Distribution(words, names, "Caption", "Grade", [new("9", figure, Secret)]),
            _ => new ReportFilters("/", [new("Year", "#", measure)], "Choose", [new("group", "Group", [new("a", "A", measure)])], [], []),
        };
    }
}
