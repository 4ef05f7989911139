using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A list to choose one from; only where radios would be too long.</summary>
[HtmlTargetElement("govuk-select")]
public sealed class GovukSelect : FormField
{
    public string? Value { get; set; }

    public bool Disabled { get; set; }

    internal string? Chosen => Value ?? CurrentValue();

    public override void Init(TagHelperContext context)
    {
        base.Init(context);
        context.Put(this);
    }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var options = await output.GetChildContentAsync();
        var select = Element.Of("select", "govuk-select").With("id", FieldId).With("name", FieldName).Take(output.Attributes);
        if (Parts.Error is not null) select.AddClass("govuk-select--error");
        select.Flag("disabled", Disabled).With("aria-describedby", Parts.DescribedBy(FieldId, DescribedBy)).Add(options);
        Group(output).Add(Parts.LabelElement(FieldId), Parts.HintElement(FieldId), Parts.ErrorElement(FieldId), select);
    }
}

/// <summary>One choice of a <see cref="GovukSelect"/>; without a value its text is the value.</summary>
[HtmlTargetElement("govuk-select-item", ParentTag = "govuk-select")]
public sealed class GovukSelectItem : TagHelper
{
    public string? Value { get; set; }

    public bool? Selected { get; set; }

    public bool Disabled { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        var chosen = context.Get<GovukSelect>().Chosen;
        var isChosen = Selected ?? (!string.IsNullOrEmpty(chosen) && chosen == (Value ?? text.GetContent().Trim()));
        output.Become("option").With("value", Value).Flag("selected", isChosen).Flag("disabled", Disabled);
        output.Content.SetHtmlContent(text);
    }
}
