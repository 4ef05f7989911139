using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// The problems of the page, with links to the fields. Without items it lists ModelState, and nothing when all is well.
/// </summary>
[HtmlTargetElement("govuk-error-summary")]
public sealed class GovukErrorSummary : TagHelper
{
    public string Title { get; set; } = "There is a problem";

    public bool? DisableAutoFocus { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    internal List<IHtmlContent> Items { get; } = [];

    internal IHtmlContent? Description { get; set; }

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        IHtmlContent? items = Items.Count > 0 ? List(Items) : null;
        if (items is null && Description is null)
        {
            if (ViewContext is null || ViewContext.ViewData.ModelState.IsValid)
            {
                output.SuppressOutput();
                return;
            }
            items = new WrittenLast(ViewContext);
        }

        var body = Element.Of("div", "govuk-error-summary__body").Add(Description is null ? null : Element.Of("p").Add(Description), items);
        var alert = Element.Of("div").With("role", "alert").Add(Element.Of("h2", "govuk-error-summary__title").Text(Title), body);
        output.Become("div").PutClass("govuk-error-summary").With("data-module", "govuk-error-summary");
        if (DisableAutoFocus is { } disable) output.With("data-disable-auto-focus", disable ? "true" : "false");
        output.Content.SetHtmlContent(alert);
    }

    internal static IHtmlContent Item(IHtmlContent text, string? href) =>
        Element.Of("li").Add(href is null ? text : Element.Of("a").With("href", href).Add(text));

    private static TagHelperOutput List(IEnumerable<IHtmlContent> items)
    {
        var list = Element.Of("ul", "govuk-list govuk-error-summary__list");
        foreach (var item in items) list.Add(item);
        return list;
    }

    /// <summary>
    /// The summary stands above the fields, which tell their place only as they run. So the list is made when the page
    /// is written, after all of it has run.
    /// </summary>
    private sealed class WrittenLast(ViewContext view) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) =>
            List(PageFields.Of(view).Errors(view.ViewData.ModelState)
                .Select(error => Item(new HtmlContentBuilder().Append(error.Message), error.ElementId is null ? null : $"#{error.ElementId}")))
                .WriteTo(writer, encoder);
    }
}

/// <summary>A problem that the page words itself.</summary>
[HtmlTargetElement("govuk-error-summary-item", ParentTag = "govuk-error-summary")]
public sealed class GovukErrorSummaryItem : TagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<GovukErrorSummary>().Items.Add(GovukErrorSummary.Item(await output.GetChildContentAsync(), Href));
        output.SuppressOutput();
    }
}

/// <summary>A sentence above the list.</summary>
[HtmlTargetElement("govuk-error-summary-description", ParentTag = "govuk-error-summary")]
public sealed class GovukErrorSummaryDescription : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<GovukErrorSummary>().Description = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}
