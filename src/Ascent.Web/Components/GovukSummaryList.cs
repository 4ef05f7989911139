using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>Answers with their questions, and a Change link at each.</summary>
[HtmlTargetElement("govuk-summary-list")]
public sealed class GovukSummaryList : TagHelper
{
    internal List<GovukSummaryListRow> Rows { get; } = [];

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        output.Become("dl").PutClass("govuk-summary-list");
        output.Content.Clear();
        // Rows wait for each other: one without a link must know whether another has one.
        var someHaveActions = Rows.Exists(row => row.Actions.Count > 0);
        foreach (var row in Rows) output.Add(row.Element(someHaveActions));
    }
}

[HtmlTargetElement("govuk-summary-list-row", ParentTag = "govuk-summary-list")]
public sealed class GovukSummaryListRow : TagHelper
{
    public string? Class { get; set; }

    /// <summary>Short form of govuk-summary-list-row-key.</summary>
    public string? Key { get; set; }

    internal IHtmlContent? KeyContent { get; set; }

    internal IHtmlContent? Value { get; set; }

    internal List<IHtmlContent> Actions { get; } = [];

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        if (Key is not null) KeyContent = new HtmlContentBuilder().Append(Key);
        context.Get<GovukSummaryList>().Rows.Add(this);
        output.SuppressOutput();
    }

    internal IHtmlContent Element(bool someHaveActions)
    {
        var row = Components.Element.Of("div", "govuk-summary-list__row")
            .AddClass(someHaveActions && Actions.Count == 0 ? "govuk-summary-list__row--no-actions" : null).AddClass(Class)
            .Add(Components.Element.Of("dt", "govuk-summary-list__key").Add(KeyContent), Components.Element.Of("dd", "govuk-summary-list__value").Add(Value));
        if (Actions.Count == 0) return row;
        var actions = Components.Element.Of("dd", "govuk-summary-list__actions");
        if (Actions.Count == 1) return row.Add(actions.Add(Actions[0]));
        var list = Components.Element.Of("ul", "govuk-summary-list__actions-list");
        foreach (var action in Actions) list.Add(Components.Element.Of("li", "govuk-summary-list__actions-list-item").Add(action));
        return row.Add(actions.Add(list));
    }
}

[HtmlTargetElement("govuk-summary-list-row-key", ParentTag = "govuk-summary-list-row")]
[HtmlTargetElement("govuk-summary-list-row-value", ParentTag = "govuk-summary-list-row")]
public sealed class GovukSummaryListRowPart : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var row = context.Get<GovukSummaryListRow>();
        if (context.TagName == "govuk-summary-list-row-key") row.KeyContent = await output.GetChildContentAsync();
        else row.Value = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}

/// <summary>A link of a row: "Change", and in hidden words what it changes.</summary>
[HtmlTargetElement("govuk-summary-list-row-action", ParentTag = "govuk-summary-list-row")]
public sealed class GovukSummaryListRowAction : TagHelper
{
    public required string Href { get; set; }

    public string? VisuallyHiddenText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        var link = Element.Of("a", "govuk-link").Take(output.Attributes).With("href", Href)
            .Add(text, string.IsNullOrEmpty(VisuallyHiddenText) ? null : Element.Hidden($" {VisuallyHiddenText}"));
        context.Get<GovukSummaryListRow>().Actions.Add(link);
        output.SuppressOutput();
    }
}
