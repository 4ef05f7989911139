using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>The label of a field: `class` for its size, `is-page-heading` where the question is the page's heading.</summary>
[HtmlTargetElement("govuk-input-label", ParentTag = "govuk-input")]
[HtmlTargetElement("govuk-password-input-label", ParentTag = "govuk-password-input")]
[HtmlTargetElement("govuk-select-label", ParentTag = "govuk-select")]
public sealed class FieldLabel : TagHelper
{
    public string? Class { get; set; }
    public bool IsPageHeading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = context.Get<FieldParts>();
        (parts.Label, parts.LabelClass, parts.LabelIsHeading) = (await output.GetChildContentAsync(), Class, IsPageHeading);
        output.SuppressOutput();
    }
}

/// <summary>The hint of a field: what people need to know before they answer.</summary>
[HtmlTargetElement("govuk-input-hint", ParentTag = "govuk-input")]
[HtmlTargetElement("govuk-password-input-hint", ParentTag = "govuk-password-input")]
[HtmlTargetElement("govuk-select-hint", ParentTag = "govuk-select")]
[HtmlTargetElement("govuk-checkboxes-hint")]
[HtmlTargetElement("govuk-radios-hint")]
[HtmlTargetElement("govuk-date-input-hint")]
public sealed class FieldHint : TagHelper
{
    public string? Class { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = context.Get<FieldParts>();
        (parts.Hint, parts.HintClass) = (await output.GetChildContentAsync(), Class);
        output.SuppressOutput();
    }
}

/// <summary>An error that the page words itself; with `for` the field takes it from ModelState.</summary>
[HtmlTargetElement("govuk-input-error-message", ParentTag = "govuk-input")]
[HtmlTargetElement("govuk-password-input-error-message", ParentTag = "govuk-password-input")]
[HtmlTargetElement("govuk-select-error-message", ParentTag = "govuk-select")]
[HtmlTargetElement("govuk-checkboxes-error-message")]
[HtmlTargetElement("govuk-radios-error-message")]
[HtmlTargetElement("govuk-date-input-error-message")]
public sealed class FieldError : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<FieldParts>().Error = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}

/// <summary>Puts the choices of a group in a fieldset. Legend, hint and error come first in it, then the choices.</summary>
[HtmlTargetElement("govuk-checkboxes-fieldset", ParentTag = "govuk-checkboxes")]
[HtmlTargetElement("govuk-radios-fieldset", ParentTag = "govuk-radios")]
[HtmlTargetElement("govuk-date-input-fieldset", ParentTag = "govuk-date-input")]
public sealed class FieldFieldset : TagHelper
{
    public string? Class { get; set; }
    public string? DescribedBy { get; set; }

    public override void Init(TagHelperContext context)
    {
        var parts = context.Get<FieldParts>();
        (parts.HasFieldset, parts.FieldsetClass, parts.FieldsetDescribedBy) = (true, Class, DescribedBy);
    }

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.TagName = null;
}

/// <summary>The question of a group: `class` for its size, `is-page-heading` where it is the page's heading.</summary>
[HtmlTargetElement("govuk-checkboxes-fieldset-legend", ParentTag = "govuk-checkboxes-fieldset")]
[HtmlTargetElement("govuk-radios-fieldset-legend", ParentTag = "govuk-radios-fieldset")]
[HtmlTargetElement("govuk-date-input-fieldset-legend", ParentTag = "govuk-date-input-fieldset")]
[HtmlTargetElement("govuk-fieldset-legend", ParentTag = "govuk-fieldset")]
public sealed class FieldLegend : TagHelper
{
    public string? Class { get; set; }
    public bool IsPageHeading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = context.Get<FieldParts>();
        (parts.Legend, parts.LegendClass, parts.LegendIsHeading) = (await output.GetChildContentAsync(), Class, IsPageHeading);
        output.SuppressOutput();
    }
}
