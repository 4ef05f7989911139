using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>Where nothing is yet: what comes here, and how to begin.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyState : TagHelper
{
    public required string Icon { get; set; }

    public required string Title { get; set; }

    public int HeadingLevel { get; set; } = 2;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("div").PutClass("ascent-empty");
        output.PreContent.AppendHtml(AscentIcon.Svg(Icon, ViewContext));
        output.PreContent.AppendHtml(Element.Of($"h{HeadingLevel}", "govuk-heading-m").Text(Title));
    }
}
