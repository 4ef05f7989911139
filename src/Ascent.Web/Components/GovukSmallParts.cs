using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>The way back: one page up, as the journey or the list says, not the browser's history.</summary>
[HtmlTargetElement("govuk-back-link")]
public sealed class GovukBackLink : TagHelper
{
    public string Href { get; set; } = "#";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Become("a").PutClass("govuk-back-link").With("href", Href);
        if (text.IsEmptyOrWhiteSpace) output.Content.SetContent("Back");
        else output.Content.SetHtmlContent(text);
    }
}

/// <summary>A state in a word or two. Colour is a class and never the only sign.</summary>
[HtmlTargetElement("govuk-tag")]
public sealed class GovukTag : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Become("strong").PutClass("govuk-tag");
}

/// <summary>A sentence that must not be overlooked, within the text.</summary>
[HtmlTargetElement("govuk-inset-text")]
public sealed class GovukInsetText : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Become("div").PutClass("govuk-inset-text");
}

/// <summary>Past the navigation, for the keyboard; the layouts have it.</summary>
[HtmlTargetElement("govuk-skip-link")]
public sealed class GovukSkipLink : TagHelper
{
    public string Href { get; set; } = "#content";

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Become("a").PutClass("govuk-skip-link").With("href", Href).With("data-module", "govuk-skip-link");
}

/// <summary>Questions that belong together under one legend.</summary>
[HtmlTargetElement("govuk-fieldset")]
public sealed class GovukFieldset : TagHelper
{
    public string? DescribedBy { get; set; }

    public override void Init(TagHelperContext context) => context.Put(new FieldParts());

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Become("fieldset").PutClass("govuk-fieldset").With("aria-describedby", DescribedBy);
        output.Content.Clear();
        output.Add(context.Get<FieldParts>().LegendElement(), content);
    }
}

/// <summary>More for those who want it, folded away for the others.</summary>
[HtmlTargetElement("govuk-details")]
public sealed class GovukDetails : TagHelper
{
    public bool Open { get; set; }

    /// <summary>Short form of govuk-details-summary.</summary>
    public string? Summary { get; set; }

    internal TagHelperOutput SummaryText { get; } = Element.Of("span", "govuk-details__summary-text");

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        if (Summary is not null) SummaryText.Text(Summary);
        output.Become("details").PutClass("govuk-details").Flag("open", Open);
        output.Content.Clear();
        output.Add(Element.Of("summary", "govuk-details__summary").Add(SummaryText), Element.Of("div", "govuk-details__text").Add(content));
    }
}

[HtmlTargetElement("govuk-details-summary", ParentTag = "govuk-details")]
public sealed class GovukDetailsSummary : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<GovukDetails>().SummaryText.Add(await output.GetChildContentAsync());
        output.SuppressOutput();
    }
}
