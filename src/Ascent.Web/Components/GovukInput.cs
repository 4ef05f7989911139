using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A line of text. Attributes such as type, inputmode, autocomplete and readonly go to the input as they are.</summary>
[HtmlTargetElement("govuk-input")]
public sealed class GovukInput : FormField
{
    public string? Value { get; set; }

    public bool Disabled { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // Children are label, hint and error, and what shall stand after the input.
        var after = await output.GetChildContentAsync();
        var input = Element.Of("input", "govuk-input").With("id", FieldId).With("name", FieldName).With("type", "text").Take(output.Attributes);
        input.TagMode = TagMode.StartTagOnly;
        if (Parts.Error is not null) input.AddClass("govuk-input--error");
        input.With("value", Value ?? CurrentValue()).Flag("disabled", Disabled).With("aria-describedby", Parts.DescribedBy(FieldId, DescribedBy));
        Group(output).Add(Parts.LabelElement(FieldId), Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), input, after);
    }
}
