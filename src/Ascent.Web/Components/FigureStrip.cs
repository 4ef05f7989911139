using System.Globalization;
using Ascent.Measures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// A figure with its interval and the national one, drawn by the server with attributes alone, so that it needs no script and no style. Drawn
/// from the rounded figures: a mark's place must not say more than the words beside it, which say it all; so it is hidden from those who listen.
/// </summary>
[HtmlTargetElement("figure-strip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FigureStrip : TagHelper
{
    internal const string SchoolInk = "var(--ascent-chart-school)";
    internal const string NationalInk = "var(--ascent-chart-comparator)";

    public required StripScale Scale { get; set; }

    public required Measure School { get; set; }

    public required Measure National { get; set; }

    /// <summary>On a tile: a line in the middle, and the national figure written under its mark. Otherwise the lines of the scale.</summary>
    public bool Tile { get; set; }

    /// <summary>"England", written under the mark of a tile.</summary>
    public string NationalName { get; set; } = "England";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (School is Measure.Withheld)
        {
            Withhold(output);
            return;
        }
        var y = Tile ? 14 : 17;
        output.Become("svg").PutClass("ascent-strip").With("width", "100%").With("height", Tile ? "52" : "40").With("aria-hidden", "true").With("focusable", "false");
        output.Content.Clear();
        output.Add(Tile ? Line(0, 100, y, y, "var(--ascent-line)", 2) : null);
        if (!Tile)
            Grid(output, Scale);
        if (School.Rounded() is Measure.Estimated interval)
        {
            var (from, to) = (Scale.At(interval.Lower), Scale.At(interval.Upper));
            output.Add(Line(from, to, y, y, SchoolInk, 2), Line(from, from, y - 6, y + 6, SchoolInk, 2), Line(to, to, y - 6, y + 6, SchoolInk, 2));
        }
        if (National.Rounded().TryValue(out var national))
            output.Add(Diamond(national, y), Tile ? Label(national) : null);
        if (School.Rounded().TryValue(out var school))
            output.Add(Element.Of("circle").With("cx", Percent(Scale.At(school))).With("cy", Number(y)).With("r", "6.5").With("fill", SchoolInk).With("stroke", "var(--ascent-surface)").With("stroke-width", "1.5"));
    }

    internal static void Withhold(TagHelperOutput output)
    {
        output.Become("div").PutClass("ascent-strip-withheld").With("aria-hidden", "true");
        output.Content.SetHtmlContent(Element.Of("span").Text("figure withheld"));
    }

    internal static void Grid(TagHelperOutput output, StripScale scale)
    {
        foreach (var tick in scale.Ticks)
            output.Add(Line(scale.At(tick), scale.At(tick), 0, 60, "var(--ascent-chart-grid)", 1));
    }

    internal static string Percent(double share) => Number(share) + "%";

    internal static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static TagHelperOutput Line(double x1, double x2, double y1, double y2, string ink, double width) =>
        Element.Of("line").With("x1", Percent(x1)).With("x2", Percent(x2)).With("y1", Number(y1)).With("y2", Number(y2)).With("stroke", ink).With("stroke-width", Number(width));

    // A box of its own at the place in percent; in it the diamond is drawn in pixels.
    private TagHelperOutput Diamond(double value, int y) => Element.Of("svg").With("x", Percent(Scale.At(value))).With("y", Number(y)).With("overflow", "visible").Add(
        Element.Of("path").With("d", "M0 -11V9").With("stroke", NationalInk).With("stroke-width", "1.8"),
        Element.Of("path").With("d", "M0 8l5 5.5-5 5.5-5-5.5z").With("fill", "var(--ascent-surface)").With("stroke", NationalInk).With("stroke-width", "1.8"));

    private TagHelperOutput Label(double value)
    {
        var at = Scale.At(value);
        return Element.Of("text").With("x", Percent(at)).With("y", "49").With("text-anchor", at < 15 ? "start" : at > 85 ? "end" : "middle").With("font-size", "14").With("fill", NationalInk)
            .Text($"{NationalName} {MeasureText.Plain(National)}");
    }
}

/// <summary>A gap as a bar from one group's figure to the other's, the national one striped beneath it; drawn as <see cref="FigureStrip"/> is.</summary>
[HtmlTargetElement("gap-strip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GapStrip : TagHelper
{
    public required StripScale Scale { get; set; }

    /// <summary>The two that it lies between.</summary>
    public required (Measure, Measure) School { get; set; }

    public required (Measure, Measure) National { get; set; }

    /// <summary>The id of the stripes, which the head of the table defines.</summary>
    public required string Stripes { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("svg").PutClass("ascent-strip").With("width", "100%").With("height", "36").With("aria-hidden", "true").With("focusable", "false");
        output.Content.Clear();
        FigureStrip.Grid(output, Scale);
        output.Add(
            Bar(School, 8, 9)?.With("fill", FigureStrip.SchoolInk),
            Bar(National, 21, 7)?.With("fill", $"url(#{Stripes})").With("stroke", FigureStrip.NationalInk).With("stroke-width", "1.2"));
    }

    private TagHelperOutput? Bar((Measure, Measure) ends, int y, int height)
    {
        if (!ends.Item1.Rounded().TryValue(out var one) || !ends.Item2.Rounded().TryValue(out var other))
            return null;
        var (from, to) = (Scale.At(Math.Min(one, other)), Scale.At(Math.Max(one, other)));
        return Element.Of("rect").With("x", FigureStrip.Percent(from)).With("y", FigureStrip.Number(y)).With("width", FigureStrip.Percent(to - from)).With("height", FigureStrip.Number(height)).With("rx", "3");
    }
}

/// <summary>The numbers of the scale, for the head of a table of strips.</summary>
[HtmlTargetElement("strip-scale", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StripScaleTag : TagHelper
{
    public required StripScale Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("svg").PutClass("ascent-strip").With("width", "100%").With("height", "18").With("aria-hidden", "true").With("focusable", "false");
        output.Content.Clear();
        var last = Value.Ticks[^1];
        foreach (var tick in Value.Ticks)
            output.Add(Element.Of("text").With("x", FigureStrip.Percent(Value.At(tick))).With("y", "14").With("text-anchor", Anchor(Value.At(tick))).With("font-size", "14").With("fill", FigureStrip.NationalInk).Text(Write(tick, tick == last)));
    }

    // At the ends within the scale, or they run into the words beside it.
    private static string Anchor(double at) => at < 4 ? "start" : at > 96 ? "end" : "middle";

    // Whole numbers without ".0", as on a ruler; the unit at the last one.
    private string Write(double tick, bool isLast)
    {
        var text = MeasureText.Plain(new Measure.Scalar(tick, Value.Unit, default));
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return (double.IsInteger(tick) && point > 0 ? text[..point] : text) + (isLast ? MeasureText.Sign(Value.Unit) : "");
    }
}
