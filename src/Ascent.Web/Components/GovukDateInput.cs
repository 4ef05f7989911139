using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A date in three boxes. `for` names a <see cref="DateParts"/>, which keeps what was typed.</summary>
[HtmlTargetElement("govuk-date-input")]
public sealed class GovukDateInput : FormField
{
    private static readonly string[] Boxes = [nameof(DateParts.Day), nameof(DateParts.Month), nameof(DateParts.Year)];

    public DateParts? Value { get; set; }

    private protected override string TargetId => BoxId(Boxes.FirstOrDefault(box => BoxError(box) is not null) ?? Boxes[0]);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        var boxes = Element.Of("div", "govuk-date-input").With("id", FieldId).Take(output.Attributes);
        foreach (var box in Boxes) boxes.Add(Box(box));

        var group = Group(output);
        if (!Parts.HasFieldset)
        {
            group.Add(Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), boxes);
            return;
        }
        // Without the role one screen reader leaves the description out where the fieldset holds text boxes.
        group.Add(Parts.Fieldset(Parts.DescribedBy(FieldId, Parts.FieldsetDescribedBy ?? DescribedBy)).With("role", "group")
            .Add(Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), boxes));
    }

    private protected override void Register()
    {
        base.Register();
        foreach (var box in Boxes) PageFields.Of(View).Add($"{FieldName}.{box}", BoxId(box));
    }

    private protected override string? ErrorFor() => base.ErrorFor() ?? Boxes.Select(BoxError).FirstOrDefault(error => error is not null);

    private TagHelperOutput Box(string box)
    {
        var oneIsWrong = For is not null && Boxes.Any(each => BoxError(each) is not null);
        var isWrong = Parts.Error is not null && (!oneIsWrong || BoxError(box) is not null);
        var input = Element.Of("input", "govuk-input govuk-date-input__input")
            .AddClass(isWrong ? "govuk-input--error" : null)
            .AddClass(box == nameof(DateParts.Year) ? "govuk-input--width-4" : "govuk-input--width-2")
            .With("id", BoxId(box)).With("name", BoxName(box)).With("type", "text").With("value", BoxValue(box)).With("inputmode", "numeric");
        input.TagMode = TagMode.StartTagOnly;
        var label = Element.Of("label", "govuk-label govuk-date-input__label").With("for", BoxId(box)).Text(box);
        return Element.Of("div", "govuk-date-input__item").Add(Element.Of("div", "govuk-form-group").Add(label, input));
    }

    private string BoxId(string box) => $"{FieldId}-{box.ToLowerInvariant()}";

    /// <summary>As the model binder reads it with `for`; else as GOV.UK's own example has it.</summary>
    private string BoxName(string box) =>
        For is not null ? $"{FieldName}.{box}" : FieldName.Length > 0 ? $"{FieldName}-{box.ToLowerInvariant()}" : box.ToLowerInvariant();

    private string? BoxError(string box) =>
        For is null ? null : PageFields.FirstError(View.ViewData.ModelState, $"{FieldName}.{box}");

    private string? BoxValue(string box)
    {
        if (For is not null && View.ViewData.ModelState.TryGetValue($"{FieldName}.{box}", out var entry)) return entry.AttemptedValue;
        var date = Value ?? For?.Model as DateParts;
        return box switch
        {
            nameof(DateParts.Day) => date?.Day,
            nameof(DateParts.Month) => date?.Month,
            _ => date?.Year,
        };
    }
}
