using System.Text.Json;
using System.Text.RegularExpressions;
using Ascent.Web.Components;
using Xunit;

namespace Ascent.Web.Tests.Components;

public sealed partial class OwnPartsTests
{
    [Fact]
    public async Task DataTable_ColumnsAndRows_CarriesRolesAndLabels()
    {
        var table = Dom.Parse(await new Tag("data-table").With("caption", "People").Add(
            new Tag("data-column").Add("Person & role"),
            new Tag("data-column").With("numeric", true).Add("Tries & more"),
            new Tag("data-column").With("visually-hidden", true).Add("Actions"),
            new Tag("data-row").With("highlight", true).Add(
                new Tag("data-heading").Add("Hannah"), new Tag("data-cell").With("numeric", true).Add("3"), new Tag("data-cell").Add("…"))).RenderAsync());
        Assert.Equal("People", table.QuerySelector("table[role=table] > caption")!.TextContent);
        Assert.Equal(["columnheader", "columnheader", "columnheader"], table.QuerySelectorAll("thead th").Select(th => th.GetAttribute("role")!));
        Assert.Equal("rowheader", table.QuerySelector("tbody th[scope=row]")!.GetAttribute("role"));
        Assert.Equal(["Tries & more", null], table.QuerySelectorAll("td[role=cell]").Select(td => td.GetAttribute("data-label")));
        Assert.Contains("ascent-row--new", table.QuerySelector("tbody tr")!.ClassList);
    }

    [Fact]
    public async Task DataPaging_NoOtherPage_WritesNoFoot()
    {
        var html = await new Tag("data-table").With("caption", "People").Add(new Tag("data-paging")).RenderAsync();
        Assert.DoesNotContain("ascent-list__foot", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeatPegs_PendingAndNext_CountsHoldersAndLeavesTheRestFree()
    {
        SeatHolder[] holders = [new("AO", "Amara Okafor", SeatState.You), new("PN", "Priya Nair", SeatState.Pending)];
        var seats = Dom.Parse(await new Tag("seat-pegs").With("limit", 4).With("label", "Seats").With("holders", holders)
            .With("next", new SeatHolder("HB", "Hannah Brooks")).RenderAsync());
        Assert.Equal("2 of 4 used, 1 pending", seats.QuerySelector("strong")!.TextContent);
        Assert.Equal(["Amara Okafor you", "Priya Nair pending", "Hannah Brooks if you go on", "Free"],
            seats.QuerySelectorAll("li").Select(li => li.LastElementChild!.TextContent));
    }

    [Fact]
    public async Task JourneySteps_ThirdOfFour_SaysSoAndLinksBackOnly()
    {
        JourneyStep[] steps = [new("One", JourneyStepState.Done, "/1", ["a@b.example"]), new("Two", JourneyStepState.Done, "/2"), new("Three", JourneyStepState.Current, "/3"), new("Four", JourneyStepState.Next)];
        var nav = Dom.Parse(await new Tag("journey-steps").With("title", "Create").With("steps", steps).RenderAsync());
        Assert.Equal("Step 3 of 4", nav.QuerySelector(".ascent-steps__count")!.TextContent);
        Assert.Equal(["/1", "/2"], nav.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!));
        Assert.EndsWith("Three", nav.QuerySelector("[aria-current=step]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowMenuItem_WithoutHref_IsAButtonOfItsForm()
    {
        var menu = Dom.Parse(await new Tag("row-menu").With("about", "Hannah")
            .Add(new Tag("row-menu-item").With("formaction", "/resend").Add("Resend")).RenderAsync());
        Assert.Equal("/resend", menu.QuerySelector("li > button[type=submit]")!.GetAttribute("formaction"));
        Assert.Equal("Actions for Hannah", menu.QuerySelector("summary")!.TextContent.Trim());
    }

    [Theory]
    [InlineData("31", "8", "2027", "2027-08-31")]
    [InlineData(" 29 ", "02", "2028", "2028-02-29")]
    [InlineData("29", "2", "2027", null)]
    [InlineData("31", "13", "2027", null)]
    [InlineData("1", "1", "27", null)]
    [InlineData("one", "1", "2027", null)]
    [InlineData(null, null, null, null)]
    public void DateParts_Typed_IsADateOrNothing(string? day, string? month, string? year, string? date) =>
        Assert.Equal(date, new DateParts { Day = day, Month = month, Year = year }.Date?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A name that the sprite does not have shows an empty place, and nothing else would tell.</summary>
    [Fact]
    public void Icons_NamedInSources_AreInTheSprite()
    {
        var web = GovukFixtureTests.Source("src/Ascent.Web");
        var known = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(web, "Assets/icons.json")))!.Keys;
        var used = new[] { "Pages", "Components" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(web, folder), "*.*", SearchOption.AllDirectories))
            .SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).ToHashSet();
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [GeneratedRegex("""(?:<ascent-icon name="|\bicon="|AscentIcon\.Svg\(")(?<name>[a-z-]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex IconName();
}
