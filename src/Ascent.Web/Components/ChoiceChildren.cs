using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>What a choice means, beneath its label.</summary>
[HtmlTargetElement("govuk-checkboxes-item-hint", ParentTag = "govuk-checkboxes-item")]
[HtmlTargetElement("govuk-radios-item-hint", ParentTag = "govuk-radios-item")]
public sealed class ChoiceItemHint : TagHelper
{
    public string? Class { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var item = context.Get<ChoiceItem>();
        (item.HintContent, item.HintClass) = (await output.GetChildContentAsync(), Class);
        output.SuppressOutput();
    }
}

/// <summary>What is asked only when this choice is taken. Without script it always shows.</summary>
[HtmlTargetElement("govuk-checkboxes-item-conditional", ParentTag = "govuk-checkboxes-item")]
[HtmlTargetElement("govuk-radios-item-conditional", ParentTag = "govuk-radios-item")]
public sealed class ChoiceItemConditional : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        if (!content.IsEmptyOrWhiteSpace) context.Get<ChoiceItem>().Conditional = content;
        output.SuppressOutput();
    }
}

/// <summary>The word between choices and "none of these".</summary>
[HtmlTargetElement("govuk-checkboxes-divider")]
[HtmlTargetElement("govuk-radios-divider")]
public sealed class ChoiceDivider : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var group = context.Get<ChoiceGroup>();
        group.NextItemId();
        output.Become("div").With("class", $"{group.Block}__divider");
    }
}

/// <summary>A choice within a card of choices: a line above it, room for reason and seats, and the error of the checkbox in it.</summary>
[HtmlTargetElement("choice-line")]
public sealed class ChoiceLine : TagHelper
{
    internal IHtmlContent? Error { get; set; }

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Become("div").PutClass("ascent-line-choice");
        if (Error is not null) output.AddClass("govuk-form-group--error ascent-line-choice--error");
        output.Content.Clear();
        output.Add(Error, content);
    }
}
