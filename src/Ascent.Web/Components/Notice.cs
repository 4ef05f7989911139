using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

public enum NoticeKind
{
    /// <summary>Warm: why something cannot be chosen, or what people have to look at.</summary>
    Reason,

    /// <summary>Quiet: good to know, nothing to do.</summary>
    Tip,
}

/// <summary>A sentence or two beside the choice that they are about. Give it an id and name that in `described-by`.</summary>
[HtmlTargetElement("notice")]
public sealed class Notice : TagHelper
{
    public NoticeKind Kind { get; set; }

    public string Icon { get; set; } = "info";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Become("div").PutClass(Kind == NoticeKind.Reason ? "ascent-reason" : "ascent-tip");
        output.Content.Clear();
        output.Add(AscentIcon.Svg(Icon, ViewContext), Element.Of("div").Add(text));
    }
}
