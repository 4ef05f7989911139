using Ascent.Measures;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>How a measure is written.</summary>
public enum MeasureForm
{
    /// <summary>With the sign of its unit: "64%".</summary>
    Full,

    /// <summary>Where a heading says the unit: "64".</summary>
    Plain,

    /// <summary>A difference: "+4".</summary>
    Difference,

    /// <summary>How many it is about.</summary>
    Pupils,
}

/// <summary>A measure within a page. A withheld one is a striped "c" with hidden words, alike for every reason and without any number.</summary>
[HtmlTargetElement("measure-text", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MeasureTag : TagHelper
{
    public required Measure Value { get; set; }

    public MeasureForm Form { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Write(Value, Form));
    }

    internal static IHtmlContent Write(Measure measure, MeasureForm form) => measure is Measure.Withheld ? WithheldMark() : form switch
    {
        MeasureForm.Pupils => Words(MeasureText.Pupils(measure)),
        // The figure beside it has said why.
        MeasureForm.Difference when !measure.TryValue(out _) => Element.Of("span", "ascent-no-figure").Add(Element.Of("span").With("aria-hidden", "true").Text("–"), Element.Hidden("none")),
        _ when !measure.TryValue(out _) => Element.Of("span", "ascent-no-figure").Text(MeasureText.Plain(measure)),
        MeasureForm.Full => Words(MeasureText.Of(measure)),
        MeasureForm.Plain => Words(MeasureText.Plain(measure)),
        MeasureForm.Difference => Words(MeasureText.Difference(measure)),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };

    // The letter is not read out: "see" says nothing to anybody.
    internal static TagHelperOutput WithheldMark() => Element.Of("abbr", "ascent-withheld").With("title", MeasureText.WithheldTitle)
        .Add(Element.Of("span").With("aria-hidden", "true").Text(MeasureText.Withheld), Element.Hidden("withheld"));

    private static HtmlContentBuilder Words(string text) => (HtmlContentBuilder)new HtmlContentBuilder().Append(text);
}
