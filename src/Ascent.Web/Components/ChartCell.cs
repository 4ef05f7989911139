using System.Globalization;
using Ascent.Measures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// Tells the chart beside a table what a cell shows, in figures: the rounded ones and no others, so that the page's source says no more than the
/// page. A withheld one says only that it is.
/// </summary>
[HtmlTargetElement("td", Attributes = "chart-cell")]
[HtmlTargetElement("th", Attributes = "chart-cell")]
public sealed class ChartCell : TagHelper
{
    [HtmlAttributeName("chart-cell")]
    public required string Cell { get; set; }

    [HtmlAttributeName("chart-measure")]
    public required Measure Measure { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.With("data-cell", Cell);
        _ = Measure.Rounded().Match(
            one => output.With("data-value", Number(one.Value)),
            one => output.With("data-value", Number(one.Point)).With("data-lower", Number(one.Lower)).With("data-upper", Number(one.Upper)),
            _ => output.Flag("data-withheld"),
            _ => output,
            _ => output);
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
