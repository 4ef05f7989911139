using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>The heading of a page that is not a question, with "Help with this page" beside it when ViewData has an address for it.</summary>
[HtmlTargetElement("page-heading")]
public sealed class PageHeading : TagHelper
{
    /// <summary>A quiet line above: a date, a place.</summary>
    public string? Eyebrow { get; set; }

    /// <summary>A quiet line beneath: the page in a sentence.</summary>
    public string? Lead { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Become("div").PutClass("ascent-title");
        output.Content.Clear();
        output.Add(
            Eyebrow is null ? null : Element.Of("p", "ascent-title__eyebrow").Text(Eyebrow),
            Element.Of("h1", "govuk-heading-l").Add(text),
            HelpLink.For(ViewContext),
            Lead is null ? null : Element.Of("p", "ascent-title__lead").Text(Lead));
    }
}

/// <summary>Help stands beside the heading; on a page without page-heading the layout puts it beside the back link.</summary>
[HtmlTargetElement("help-link")]
public sealed class HelpLink : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.Clear();
        output.Add(For(ViewContext));
    }

    internal static TagHelperOutput? For(ViewContext view)
    {
        // The page runs before its layout, so what is asked first is shown, and only that.
        if (view.ViewData["Help"] is not string address || !view.HttpContext.Items.TryAdd(typeof(HelpLink), address)) return null;
        return Element.Of("a", "govuk-link govuk-link--no-visited-state ascent-help").With("href", address)
            .Add(AscentIcon.Svg("help", view)).Text(" Help with this page");
    }
}
