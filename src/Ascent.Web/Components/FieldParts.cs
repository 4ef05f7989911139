using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>What stands round an input: label or legend, hint, error. Children of a field fill it, the field writes it.</summary>
internal sealed class FieldParts
{
    public IHtmlContent? Label { get; set; }
    public string? LabelClass { get; set; }
    public bool LabelIsHeading { get; set; }
    public IHtmlContent? Legend { get; set; }
    public string? LegendClass { get; set; }
    public bool LegendIsHeading { get; set; }
    public bool HasFieldset { get; set; }
    public string? FieldsetClass { get; set; }
    public string? FieldsetDescribedBy { get; set; }
    public IHtmlContent? Hint { get; set; }
    public string? HintClass { get; set; }
    public IHtmlContent? Error { get; set; }

    public string? DescribedBy(string id, string? more) =>
        Element.Ids(more, Hint is null ? null : $"{id}-hint", Error is null ? null : $"{id}-error");

    public IHtmlContent? LabelElement(string id)
    {
        if (Label is null) return null;
        var label = Element.Of("label", "govuk-label").AddClass(LabelClass).With("for", id).Add(Label);
        return LabelIsHeading ? Element.Of("h1", "govuk-label-wrapper").Add(label) : label;
    }

    public IHtmlContent? HintElement(string id) =>
        Hint is null ? null : Element.Of("div", "govuk-hint").AddClass(HintClass).With("id", $"{id}-hint").Add(Hint);

    public IHtmlContent? ErrorElement(string id) => Error is null ? null : ErrorMessage(id, Error);

    public static IHtmlContent ErrorMessage(string id, IHtmlContent message) =>
        Element.Of("p", "govuk-error-message").With("id", $"{id}-error").Add(Element.Hidden("Error:")).Text(" ").Add(message);

    public IHtmlContent? LegendElement()
    {
        if (Legend is null) return null;
        var legend = Element.Of("legend", "govuk-fieldset__legend").AddClass(LegendClass);
        return LegendIsHeading ? legend.Add(Element.Of("h1", "govuk-fieldset__heading").Add(Legend)) : legend.Add(Legend);
    }

    public TagHelperOutput Fieldset(string? describedBy) =>
        Element.Of("fieldset", "govuk-fieldset").AddClass(FieldsetClass).With("aria-describedby", describedBy).Add(LegendElement());
}
