using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// The one table of the product. A page switches on what it needs by the children it writes: columns, rows, foot,
/// paging. On a small screen rows become cards, so roles are written out and cells carry their column's label.
/// </summary>
[HtmlTargetElement("data-table")]
public sealed class DataTable : TagHelper
{
    public required string Caption { get; set; }

    /// <summary>Shows the caption; most lists stand under a heading that says the same.</summary>
    public bool CaptionVisible { get; set; }

    internal List<string> Labels { get; } = [];

    internal TagHelperOutput Columns { get; } = Element.Of("tr", "govuk-table__row").With("role", "row");

    internal TagHelperOutput Rows { get; } = Element.Of("tbody", "govuk-table__body").With("role", "rowgroup");

    /// <summary>What comes before and after the table in its card: search and filters, count and paging.</summary>
    internal List<IHtmlContent> Tools { get; } = [];

    internal List<IHtmlContent> Foot { get; } = [];

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        var caption = Element.Of("caption", "govuk-table__caption").AddClass(CaptionVisible ? "govuk-table__caption--m" : "govuk-visually-hidden").Text(Caption);
        var head = Element.Of("thead", "govuk-table__head").With("role", "rowgroup").Add(Columns);
        output.Become("div").PutClass("ascent-list ascent-list--cards");
        output.Content.Clear();
        foreach (var tool in Tools) output.Add(tool);
        output.Add(Element.Of("table", "govuk-table").With("role", "table").Add(caption, head, Rows));
        if (Foot.Count == 0) return;
        var foot = Element.Of("div", "ascent-list__foot");
        foreach (var part in Foot) foot.Add(part);
        output.Add(foot);
    }
}

/// <summary>A column's header; its text becomes the label of its cells on a small screen.</summary>
[HtmlTargetElement("data-column", ParentTag = "data-table")]
public sealed class DataColumn : TagHelper
{
    public bool Numeric { get; set; }

    /// <summary>For a column that needs a name but no heading, such as row actions.</summary>
    public bool VisuallyHidden { get; set; }

    public string? Class { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        var table = context.Get<DataTable>();
        table.Labels.Add(VisuallyHidden ? "" : System.Net.WebUtility.HtmlDecode(text.GetContent()).Trim());
        var header = Element.Of("th", "govuk-table__header").AddClass(Numeric ? "govuk-table__header--numeric" : null).AddClass(Class)
            .With("scope", "col").With("role", "columnheader");
        table.Columns.Add(VisuallyHidden ? header.Add(Element.Of("span", "govuk-visually-hidden").Add(text)) : header.Add(text));
        output.SuppressOutput();
    }
}

/// <summary>Above the table, in its card: a search form, filters.</summary>
[HtmlTargetElement("data-tools", ParentTag = "data-table")]
public sealed class DataTools : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<DataTable>().Tools.Add(Element.Of("div", "ascent-list__tools").Add(await output.GetChildContentAsync()));
        output.SuppressOutput();
    }
}

/// <summary>Beneath the table: how many, and what people should know of the list.</summary>
[HtmlTargetElement("data-foot", ParentTag = "data-table")]
public sealed class DataFoot : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<DataTable>().Foot.Add(Element.Of("span").Add(await output.GetChildContentAsync()));
        output.SuppressOutput();
    }
}

/// <summary>Links to the rows before and after these; a null leaves its link out, two nulls leave it all out.</summary>
[HtmlTargetElement("data-paging", ParentTag = "data-table")]
public sealed class DataPaging : TagHelper
{
    public string? PreviousHref { get; set; }

    public string? NextHref { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        // Razor hands a null expression over as an empty text.
        if (string.IsNullOrEmpty(PreviousHref) && string.IsNullOrEmpty(NextHref)) return;
        context.Get<DataTable>().Foot.Add(Element.Of("nav", "ascent-paging").With("aria-label", "Pages of this list")
            .Add(Link(PreviousHref, "prev", "Previous"), Link(NextHref, "next", "Next")));
    }

    private static TagHelperOutput? Link(string? href, string rel, string text) =>
        string.IsNullOrEmpty(href) ? null : Element.Of("a", "govuk-link govuk-link--no-visited-state").With("href", href).With("rel", rel).Text(text);
}
