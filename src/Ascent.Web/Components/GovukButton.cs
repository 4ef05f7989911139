using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A button that sends its form. Kinds are classes: govuk-button--secondary, govuk-button--warning, ascent-button--small.</summary>
[HtmlTargetElement("govuk-button")]
public sealed class GovukButton : TagHelper
{
    public bool Disabled { get; set; }

    /// <summary>Drops a second click within a second; for forms that create or send something.</summary>
    public bool? PreventDoubleClick { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("button").PutClass("govuk-button").With("data-module", "govuk-button");
        if (!output.Attributes.ContainsName("type")) output.With("type", "submit");
        if (Disabled) output.Flag("disabled").With("aria-disabled", "true");
        if (PreventDoubleClick is { } prevent) output.With("data-prevent-double-click", prevent ? "true" : "false");
    }
}

/// <summary>A link that looks like a button: for going somewhere, never for changing something.</summary>
[HtmlTargetElement("govuk-button-link")]
public sealed class GovukButtonLink : TagHelper
{
    public required string Href { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Become("a").PutClass("govuk-button").With("href", Href).With("role", "button").With("draggable", "false").With("data-module", "govuk-button");
}
