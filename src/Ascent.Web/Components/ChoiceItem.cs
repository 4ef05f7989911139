using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// One checkbox or radio. Its text is the label; hint and conditional content are children. A checkbox may have its own
/// `for`, a bool: it then carries its own name, id and error.
/// </summary>
[HtmlTargetElement("govuk-checkboxes-item")]
[HtmlTargetElement("govuk-radios-item")]
public sealed class ChoiceItem : TagHelper
{
    public ModelExpression? For { get; set; }

    /// <summary>A name of its own where there is no property to give with `for`; `checked` then says its state.</summary>
    public string? Field { get; set; }

    public string? Value { get; set; }

    public string? Id { get; set; }

    public bool? Checked { get; set; }

    public bool Disabled { get; set; }

    /// <summary>"exclusive": ticking this box takes the ticks of the others away.</summary>
    public string? Behaviour { get; set; }

    /// <summary>Short form of the hint child element.</summary>
    public string? Hint { get; set; }

    public string? LabelClass { get; set; }

    /// <summary>Ids of more elements that describe the choice: the limit or the reason in its card.</summary>
    public string? DescribedBy { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    internal IHtmlContent? HintContent { get; set; }

    internal string? HintClass { get; set; }

    internal IHtmlContent? Conditional { get; set; }

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var group = context.Get<ChoiceGroup>();
        var own = For is not null ? OwnField.Of(For, ViewContext!) : Field is not null ? OwnField.Of(Field, ViewContext!) : null;
        var nth = group.NextItemId();
        var id = Id ?? own?.Id ?? nth;
        own?.Register(id);
        var label = await output.GetChildContentAsync();
        if (Hint is not null) HintContent = new HtmlContentBuilder().Append(Hint);

        var value = Value ?? (own is null ? "" : "true");
        var isChecked = Checked ?? own?.IsTrue ?? group.IsChosen(value);
        var block = group.Block;
        var input = Element.Of("input", $"{block}__input").With("id", id).With("name", own?.Name ?? group.FieldName)
            .With("type", block == "govuk-radios" ? "radio" : "checkbox").With("value", value).Take(output.Attributes)
            .Flag("checked", isChecked).Flag("disabled", Disabled)
            .With("data-aria-controls", Conditional is null ? null : $"conditional-{id}").With("data-behaviour", Behaviour)
            .With("aria-describedby", Element.Ids(
                own?.Error is null ? null : $"{id}-error", group.ItemDescribedBy, HintContent is null ? null : $"{id}-item-hint", DescribedBy));
        input.TagMode = TagMode.StartTagOnly;
        output.Attributes.Clear();
        output.Become("div").With("class", $"{block}__item").Add(input,
            Element.Of("label", $"govuk-label {block}__label").AddClass(LabelClass).With("for", id).Add(label),
            HintContent is null ? null : Element.Of("div", $"govuk-hint {block}__hint").AddClass(HintClass).With("id", $"{id}-item-hint").Add(HintContent));
        if (own?.Error is { } error) ShowError(context.Find<ChoiceLine>(), output, FieldParts.ErrorMessage(id, new HtmlContentBuilder().Append(error)));
        if (Conditional is not null)
        {
            output.PostElement.AppendHtml(Element.Of("div", $"{block}__conditional").AddClass(isChecked ? null : $"{block}__conditional--hidden")
                .With("id", $"conditional-{id}").Add(Conditional));
        }
    }

    /// <summary>At the box itself, or round the line that it stands in.</summary>
    private static void ShowError(ChoiceLine? line, TagHelperOutput output, IHtmlContent error)
    {
        if (line is null) output.PreElement.AppendHtml(error);
        else line.Error = error;
    }
}
