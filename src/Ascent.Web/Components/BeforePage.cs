using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// The row above a page: its section Before and, if no heading has shown it, the help link. Nothing at all when both are
/// missing. It stands outside of main, so a back link needs a landmark; breadcrumbs are one already.
/// </summary>
[HtmlTargetElement("before-page")]
public sealed class BeforePage : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public static void HasLandmark(ViewContext view) => view.HttpContext.Items[typeof(BeforePage)] = true;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var section = await output.GetChildContentAsync();
        var help = HelpLink.For(ViewContext);
        if (section.IsEmptyOrWhiteSpace && help is null)
        {
            output.SuppressOutput();
            return;
        }
        var hasLandmark = ViewContext.HttpContext.Items.ContainsKey(typeof(BeforePage));
        output.Become(hasLandmark ? "div" : "nav").PutClass("ascent-before").With("aria-label", hasLandmark ? null : "Back and help");
        output.Content.Clear();
        // Breadcrumbs are a landmark of their own, and help is none of them.
        output.Add(section, hasLandmark && help is not null ? Element.Of("nav", "ascent-before__help").With("aria-label", "Help").Add(help) : help);
    }
}
