using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>The way down to this page. An item without href is the page itself.</summary>
[HtmlTargetElement("govuk-breadcrumbs")]
public sealed class GovukBreadcrumbs : TagHelper
{
    public bool CollapseOnMobile { get; set; }

    public string LabelText { get; set; } = "Breadcrumb";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        if (ViewContext is not null) BeforePage.HasLandmark(ViewContext);
        output.Become("nav").PutClass("govuk-breadcrumbs").AddClass(CollapseOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : null)
            .With("aria-label", LabelText);
        output.Content.SetHtmlContent(Element.Of("ol", "govuk-breadcrumbs__list").Add(items));
    }
}

[HtmlTargetElement("govuk-breadcrumbs-item", ParentTag = "govuk-breadcrumbs")]
public sealed class GovukBreadcrumbsItem : TagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        var link = Href is null ? null : Element.Of("a", "govuk-breadcrumbs__link").With("href", Href).Take(output.Attributes).Add(text);
        output.Attributes.Clear();
        output.Become("li").With("class", "govuk-breadcrumbs__list-item").With("aria-current", Href is null ? "page" : null);
        output.Content.Clear();
        output.Add(link ?? (IHtmlContent)text);
    }
}
