using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>The search of a list, in its tools. What is looked for goes into the address, beside what stands there already.</summary>
[HtmlTargetElement("data-search", ParentTag = "data-tools")]
public sealed class DataSearch : TagHelper
{
    public required string Name { get; set; }

    public string? Value { get; set; }

    /// <summary>What is searched; hidden words.</summary>
    public required string Label { get; set; }

    public string? Placeholder { get; set; }

    /// <summary>The list's own address.</summary>
    public required string Action { get; set; }

    /// <summary>Filters and order, which stay as they are.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Keep { get; set; } = [];

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("form").PutClass("ascent-search").With("method", "get").With("action", Action).With("role", "search");
        output.Content.Clear();
        var input = Input("search", Name, Value).With("id", $"search-{Name}").With("class", "govuk-input").With("placeholder", Placeholder).With("autocomplete", "off").With("spellcheck", "false");
        output.Add(
            Element.Of("label", "govuk-visually-hidden").With("for", $"search-{Name}").Text(Label),
            Element.Of("span", "ascent-search__box").Add(AscentIcon.Svg("search", ViewContext), input),
            Element.Of("button", "govuk-button govuk-button--secondary ascent-button--small").With("type", "submit").Text("Search"));
        foreach (var (name, value) in Keep) output.Add(Input("hidden", name, value));
    }

    private static TagHelperOutput Input(string type, string name, string? value)
    {
        var input = Element.Of("input").With("type", type).With("name", name).With("value", value);
        input.TagMode = TagMode.StartTagOnly;
        return input;
    }
}

/// <summary>Filters and order of a list: what is chosen as removable chips, what can be chosen in menus.</summary>
[HtmlTargetElement("data-chips", ParentTag = "data-tools")]
public sealed class DataChips : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Become("ul").PutClass("ascent-chips").With("role", "list");
}

/// <summary>A filter that is on.</summary>
[HtmlTargetElement("data-chip", ParentTag = "data-chips")]
public sealed class DataChip : TagHelper
{
    /// <summary>The list without this filter.</summary>
    public required string Href { get; set; }

    public int? Count { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Become("li");
        output.Content.SetHtmlContent(Element.Of("a", "ascent-chip").With("href", Href).Add(text).Text(" ")
            .Add(DataChoice.Number(Count), Element.Hidden(" Remove this filter"), AscentIcon.Svg("close", ViewContext)));
    }
}

/// <summary>A menu of choices among the chips: filters to add, or the order. Works without script, as a row menu does.</summary>
[HtmlTargetElement("data-choices", ParentTag = "data-chips")]
public sealed class DataChoices : TagHelper
{
    public required string Icon { get; set; }

    public required string Label { get; set; }

    /// <summary>Said before the label, in hidden words.</summary>
    public string? About { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = await output.GetChildContentAsync();
        output.Become("li");
        output.Content.SetHtmlContent(Element.Of("details", "ascent-menu ascent-menu--chip").Flag("data-menu").Add(
            Element.Of("summary", "ascent-chip ascent-chip--add").Add(AscentIcon.Svg(Icon, ViewContext), About is null ? null : Element.Hidden($"{About} ")).Text(Label),
            Element.Of("ul", "ascent-menu__list").With("role", "list").Add(choices)));
    }
}

/// <summary>What the choices under it are about.</summary>
[HtmlTargetElement("data-choice-heading", ParentTag = "data-choices")]
public sealed class DataChoiceHeading : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Become("li").PutClass("ascent-menu__heading");
}

[HtmlTargetElement("data-choice", ParentTag = "data-choices")]
public sealed class DataChoice : TagHelper
{
    /// <summary>The list with this choice.</summary>
    public required string Href { get; set; }

    /// <summary>How many rows it would show.</summary>
    public int? Count { get; set; }

    public bool Current { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Become("li");
        output.Content.SetHtmlContent(Element.Of("a").With("href", Href).With("aria-current", Current ? "true" : null).Add(text).Text(" ").Add(Number(Count)));
    }

    internal static TagHelperOutput? Number(int? count) =>
        count is { } n ? Element.Of("span", "ascent-chip__count").Text(n.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("en-GB"))) : null;
}

/// <summary>
/// What can be done with the ticked rows: write buttons of the form. Shows once a row is ticked, by style alone; the script counts and clears.
/// </summary>
[HtmlTargetElement("data-selection", ParentTag = "data-table")]
public sealed class DataSelection : TagHelper
{
    /// <summary>"person" and "people".</summary>
    public required string One { get; set; }

    public required string Many { get; set; }

    /// <summary>A sentence at the end of the bar.</summary>
    public string? Promise { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var deeds = await output.GetChildContentAsync();
        context.Get<DataTable>().Selection = Element.Of("div", "ascent-selection").With("role", "region").With("aria-label", $"Selected {Many}").Flag("data-selection")
            .Add(Element.Of("strong").With("role", "status").With("data-one", One).With("data-many", Many).Text($"With the {Many} ticked:"), deeds,
                Element.Of("button", "ascent-link-button govuk-link").With("type", "button").Flag("data-clear").Flag("hidden").Text("Clear"),
                Promise is null ? null : Element.Of("span", "ascent-push").Text(Promise));
        output.SuppressOutput();
    }
}
