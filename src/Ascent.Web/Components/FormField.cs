using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// What all fields share. `for` takes name, id, value and error from the model; a field without `for` gets them as
/// attributes. Attributes that no component declares (autocomplete, inputmode, data-…) and `class` go to the input.
/// </summary>
public abstract class FormField : TagHelper
{
    public ModelExpression? For { get; set; }

    public string? Name { get; set; }

    public string? Id { get; set; }

    /// <summary>Short form of the label child element.</summary>
    public string? Label { get; set; }

    public string? LabelClass { get; set; }

    /// <summary>Short form of the hint child element.</summary>
    public string? Hint { get; set; }

    /// <summary>Ids of more elements that describe the field: a limit or a reason beside it.</summary>
    public string? DescribedBy { get; set; }

    public string? FormGroupClass { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    internal FieldParts Parts { get; } = new();

    internal string FieldName { get; private set; } = "";

    internal string FieldId { get; private set; } = "";

    /// <summary>The element that a link in the error summary goes to.</summary>
    private protected virtual string TargetId => FieldId;

    public override void Init(TagHelperContext context)
    {
        FieldName = Name ?? (For is null ? "" : FullName(For));
        FieldId = Id ?? TagBuilder.CreateSanitizedId(FieldName, "_");
        if (Label is not null) (Parts.Label, Parts.LabelClass) = (Plain(Label), LabelClass);
        if (Hint is not null) Parts.Hint = Plain(Hint);
        context.Put(Parts);
        if (For is null) return;
        Register();
        if (ErrorFor() is { } error) Parts.Error = Plain(error);
    }

    private protected virtual void Register() => PageFields.Of(View).Add(FieldName, TargetId);

    private protected virtual string? ErrorFor() => PageFields.FirstError(View.ViewData.ModelState, FieldName);

    private protected ViewContext View => ViewContext ?? throw new InvalidOperationException("`for` needs a view.");

    private protected string FullName(ModelExpression expression) => View.ViewData.TemplateInfo.GetFullHtmlFieldName(expression.Name);

    private protected ModelStateEntry? Entry => For is not null && View.ViewData.ModelState.TryGetValue(FieldName, out var entry) ? entry : null;

    /// <summary>What was typed, even where it could not be read; else what the model holds.</summary>
    private protected string? CurrentValue() => For is null ? null : Entry?.AttemptedValue ?? Written(For.Model);

    internal static string? Written(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    private protected static IHtmlContent Plain(string text) => new StringHtmlContent(text);

    /// <summary>Makes the component's own tag the form group.</summary>
    private protected TagHelperOutput Group(TagHelperOutput output)
    {
        output.Attributes.Clear();
        output.Content.Clear();
        return output.Become("div")
            .With("class", Parts.Error is null ? "govuk-form-group" : "govuk-form-group govuk-form-group--error")
            .AddClass(FormGroupClass);
    }

    private sealed class StringHtmlContent(string text) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder) => encoder.Encode(writer, text);
    }
}
