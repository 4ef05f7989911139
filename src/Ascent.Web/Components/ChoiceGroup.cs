using System.Collections;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// Checkboxes and radios. Items write themselves where they stand, so that a page can put a card, a limit or a reason
/// round and between them; `govuk-checkboxes__…` stays the direct markup of each item.
/// </summary>
public abstract class ChoiceGroup(string block) : FormField
{
    private int _items;

    internal string Block { get; } = block;

    /// <summary>Every item and divider counts. The first has the group's own id: that is where the error summary leads.</summary>
    internal string NextItemId() => ++_items == 1 ? FieldId : $"{FieldId}-{_items}";

    internal abstract bool IsChosen(string value);

    /// <summary>A group without fieldset has no element of its own that could carry the description.</summary>
    internal string? ItemDescribedBy => Parts.HasFieldset || Block == "govuk-radios" ? null : Parts.DescribedBy(FieldId, DescribedBy);

    public override void Init(TagHelperContext context)
    {
        base.Init(context);
        context.Put(this);
    }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        var choices = Element.Of("div", Block).Take(output.Attributes).With("data-module", Block).Add(items);
        var group = Group(output);
        if (!Parts.HasFieldset)
        {
            group.Add(Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), choices);
            return;
        }
        group.Add(Parts.Fieldset(Parts.DescribedBy(FieldId, Parts.FieldsetDescribedBy ?? DescribedBy))
            .Add(Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), choices));
    }
}

/// <summary>Any number of choices. `for` names a list of values; single yes-or-no boxes give `for` to their items instead.</summary>
[HtmlTargetElement("govuk-checkboxes")]
public sealed class GovukCheckboxes() : ChoiceGroup("govuk-checkboxes")
{
    public IEnumerable<string>? Values { get; set; }

    internal override bool IsChosen(string value) => Chosen().Contains(value, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<string> Chosen() => Values ?? (For is null ? [] : Entry?.RawValue switch
    {
        string one => [one],
        string[] several => several,
        _ => (For.Model as IEnumerable)?.Cast<object>().Select(item => Written(item) ?? "") ?? [],
    });
}

/// <summary>One of several choices.</summary>
[HtmlTargetElement("govuk-radios")]
public sealed class GovukRadios() : ChoiceGroup("govuk-radios")
{
    public string? Value { get; set; }

    internal override bool IsChosen(string value) =>
        (Value ?? CurrentValue()) is { Length: > 0 } chosen && string.Equals(chosen, value, StringComparison.OrdinalIgnoreCase);
}
