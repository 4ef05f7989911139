using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A password with a Show button. It never writes a value back: a password stays out of every page.</summary>
[HtmlTargetElement("govuk-password-input")]
public sealed class GovukPasswordInput : FormField
{
    /// <summary>`current-password` to sign in, `new-password` where one is chosen.</summary>
    public string Autocomplete { get; set; } = "current-password";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var after = await output.GetChildContentAsync();
        var input = Element.Of("input", "govuk-input govuk-password-input__input govuk-js-password-input-input")
            .With("id", FieldId).With("name", FieldName).With("type", "password").With("spellcheck", "false")
            .With("autocomplete", Autocomplete).With("autocapitalize", "none").Take(output.Attributes);
        input.TagMode = TagMode.StartTagOnly;
        if (Parts.Error is not null) input.AddClass("govuk-input--error");
        input.With("aria-describedby", Parts.DescribedBy(FieldId, DescribedBy));

        var show = Element.Of("button", "govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle")
            .With("type", "button").With("data-module", "govuk-button").With("aria-controls", FieldId)
            .With("aria-label", "Show password").Flag("hidden").Text("Show");
        var wrapper = Element.Of("div", "govuk-input__wrapper govuk-password-input__wrapper").Add(input, show);
        Group(output).AddClass("govuk-password-input").With("data-module", "govuk-password-input")
            .Add(Parts.LabelElement(FieldId), Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), wrapper, after);
    }
}
