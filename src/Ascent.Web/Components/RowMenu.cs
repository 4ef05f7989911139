using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>What can be done with one row, folded away. Without script it opens and closes by itself.</summary>
[HtmlTargetElement("row-menu")]
public sealed class RowMenu : TagHelper
{
    public string Label { get; set; } = "Actions";

    /// <summary>Whom or what it is about, in hidden words: a page has many of these.</summary>
    public required string About { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        output.Become("details").PutClass("ascent-menu").Flag("data-menu");
        output.Content.Clear();
        output.Add(
            Element.Of("summary").Text(Label).Add(Element.Hidden($" for {About}")).Text(" ").Add(AscentIcon.Svg("down", ViewContext, small: true)),
            Element.Of("ul", "ascent-menu__list").With("role", "list").Add(items));
    }
}

/// <summary>
/// One deed. With href a link; without, a button of the form around it: give it formaction, name and value as any button.
/// </summary>
[HtmlTargetElement("row-menu-item", ParentTag = "row-menu")]
public sealed class RowMenuItem : TagHelper
{
    public string? Href { get; set; }

    /// <summary>What it does to others: "The old code stops working".</summary>
    public string? Hint { get; set; }

    /// <summary>Cannot be undone: red, under a line. Comes last.</summary>
    public bool Danger { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        var deed = Href is null ? Element.Of("button").With("type", "submit") : Element.Of("a").With("href", Href);
        deed.Take(output.Attributes).Add(text, Hint is null ? null : Element.Of("small").Text(Hint));
        output.Attributes.Clear();
        output.Become("li").With("class", Danger ? "ascent-menu__danger" : null);
        output.Content.SetHtmlContent(deed);
    }
}
