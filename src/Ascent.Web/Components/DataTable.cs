using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// The one table of the product. A page switches on what it needs by the children it writes: tools, selection, columns, rows, foot,
/// paging. On a small screen rows become cards, so roles are written out and cells carry their column's label.
/// </summary>
[HtmlTargetElement("data-table")]
public sealed class DataTable : TagHelper
{
    public required string Caption { get; set; }

    /// <summary>Shows the caption; most lists stand under a heading that says the same.</summary>
    public bool CaptionVisible { get; set; }

    /// <summary>The rows hold buttons: puts a form round them. The tools stay outside of it, since a search is a form of its own.</summary>
    public bool WithForm { get; set; }

    /// <summary>With it, buttons and fields elsewhere on the page can belong to the form (`form`).</summary>
    public string? FormId { get; set; }

    /// <summary>Each row has a box to tick; the name under which the ticked values are posted.</summary>
    public string? Select
    {
        get;
        // What a page works out to nothing comes as an empty text.
        set => field = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Each row begins with a pencil that leads to the page that edits it (`edit-href` of the row).</summary>
    public bool Edit { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    internal List<string> Labels { get; } = [];

    internal TagHelperOutput Columns { get; } = Element.Of("tr", "govuk-table__row").With("role", "row");

    /// <summary>The rows that are being written; a group begins anew.</summary>
    internal TagHelperOutput Rows { get; private set; } = Body();

    private readonly List<TagHelperOutput> groups = [];

    /// <summary>What comes before and after the table in its card: search and filters, what to do with ticked rows, count and paging.</summary>
    internal List<IHtmlContent> Tools { get; } = [];

    internal IHtmlContent? Selection { get; set; }

    /// <summary>Stands in the place of a table without rows.</summary>
    internal IHtmlContent? Empty { get; set; }

    internal List<IHtmlContent> Foot { get; } = [];

    private int boxes;

    public override void Init(TagHelperContext context)
    {
        context.Put(this);
        if (Edit) Columns.Add(Element.Of("th", "govuk-table__header ascent-cell--edit").With("scope", "col").With("role", "columnheader").Text("Edit"));
        if (Select is not null) Columns.Add(SelectAll());
    }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        output.Become("div").PutClass("ascent-list ascent-list--cards");
        output.Content.Clear();
        foreach (var tool in Tools) output.Add(tool);
        var body = WithForm ? Element.Of("form").With("method", "post").With("id", FormId) : Element.Of("div");
        output.Add(body.Add(Selection, Empty ?? Table()));
        if (Foot.Count > 0)
        {
            var foot = Element.Of("div", "ascent-list__foot");
            foreach (var part in Foot) foot.Add(part);
            body.Add(foot);
        }
        if (WithForm && ViewContext is not null) body.Add(Antiforgery(ViewContext));
    }

    private TagHelperOutput Table()
    {
        var caption = Element.Of("caption", "govuk-table__caption").AddClass(CaptionVisible ? "govuk-table__caption--m" : "govuk-visually-hidden").Text(Caption);
        var head = Element.Of("thead", "govuk-table__head").With("role", "rowgroup").Add(Columns);
        return Element.Of("table", "govuk-table").With("role", "table").Add([caption, head, .. groups, Rows]);
    }

    /// <summary>The rows that follow stand under this heading.</summary>
    internal void Begin(IHtmlContent heading)
    {
        if (!Rows.Content.IsEmptyOrWhiteSpace) groups.Add(Rows);
        Rows = Body().Add(Element.Of("tr", "govuk-table__row ascent-day").With("role", "row").Add(
            Element.Of("th", "govuk-table__header").With("scope", "rowgroup").With("role", "rowheader").With("colspan", (Labels.Count + (Edit ? 1 : 0) + (Select is null ? 0 : 1)).ToString(System.Globalization.CultureInfo.InvariantCulture)).Add(heading)));
    }

    private static TagHelperOutput Body() => Element.Of("tbody", "govuk-table__body").With("role", "rowgroup");

    /// <summary>The box of one row. The first has the field's own name as its id: an error summary leads there.</summary>
    internal TagHelperOutput Box(string value, string about, bool isTicked, bool isFixed = false)
    {
        var id = ++boxes == 1 ? Select! : $"{Select}-{boxes}";
        if (boxes == 1 && ViewContext is not null) PageFields.Of(ViewContext).Add(Select!, id);
        var box = Element.Of("input").With("type", "checkbox").With("id", id).With("name", Select).With("value", value)
            .With("aria-label", $"Select {about}").Flag("data-select", !isFixed).Flag("checked", isTicked && !isFixed).Flag("disabled", isFixed);
        box.TagMode = TagMode.StartTagOnly;
        return Element.Of("td", "govuk-table__cell ascent-cell--select").With("role", "cell").Add(Element.Of("span", "ascent-checkbox").Add(box));
    }

    // A row that nobody may edit has an empty place.
    internal TagHelperOutput? Pencil(string? href, string about) => !Edit ? null : Element.Of("td", "govuk-table__cell ascent-cell--edit").With("role", "cell")
        .Add(string.IsNullOrEmpty(href) ? null : Element.Of("a", "ascent-edit").With("href", href).With("title", $"Edit {about}").Add(AscentIcon.Svg("pencil", ViewContext), Element.Hidden($"Edit {about}")));

    // Hidden until the script can do what it says.
    private static TagHelperOutput SelectAll()
    {
        var box = Element.Of("input").With("type", "checkbox").With("aria-label", "Select all on this page").Flag("data-select-all");
        box.TagMode = TagMode.StartTagOnly;
        return Element.Of("th", "govuk-table__header ascent-cell--select").With("scope", "col").With("role", "columnheader")
            .Add(Element.Hidden("Select"), Element.Of("span", "ascent-checkbox").Flag("hidden").Add(box));
    }

    private static IHtmlContent Antiforgery(ViewContext view) => view.HttpContext.RequestServices.GetRequiredService<IHtmlGenerator>().GenerateAntiforgery(view);
}

/// <summary>A column's header; its text becomes the label of its cells on a small screen.</summary>
[HtmlTargetElement("data-column", ParentTag = "data-table")]
public sealed class DataColumn : TagHelper
{
    public bool Numeric { get; set; }

    /// <summary>For a column that needs a name but no heading, such as row actions.</summary>
    public bool VisuallyHidden { get; set; }

    public string? Class { get; set; }

    /// <summary>The same list in the order of this column; none when it is already.</summary>
    public string? SortHref { get; set; }

    /// <summary>The list is in the order of this column.</summary>
    public bool Sorted { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        var table = context.Get<DataTable>();
        table.Labels.Add(VisuallyHidden ? "" : System.Net.WebUtility.HtmlDecode(text.GetContent()).Trim());
        var header = Element.Of("th", "govuk-table__header").AddClass(Numeric ? "govuk-table__header--numeric" : null).AddClass(Class)
            .With("scope", "col").With("role", "columnheader").With("aria-sort", Sorted ? "ascending" : null);
        header.Add(VisuallyHidden ? Element.Of("span", "govuk-visually-hidden").Add(text) : text);
        if (Sorted)
            header.Text(" ").Add(AscentIcon.Svg("up", ViewContext, small: true));
        else if (!string.IsNullOrEmpty(SortHref))
            // Beside the words and not round them: a small screen takes the link away, and the words stay.
            header.Text(" ").Add(Element.Of("a", "ascent-sort").With("href", SortHref).Add(Element.Hidden($"Sort by {table.Labels[^1].ToLowerInvariant()}"), AscentIcon.Svg("sort", ViewContext, small: true)));
        table.Columns.Add(header);
        output.SuppressOutput();
    }
}

/// <summary>A heading over the rows that follow, such as their day.</summary>
[HtmlTargetElement("data-group", ParentTag = "data-table")]
public sealed class DataGroup : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<DataTable>().Begin(Element.Of("strong").Add(await output.GetChildContentAsync()));
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

/// <summary>In the place of the rows when nothing is found: say how to find more.</summary>
[HtmlTargetElement("data-empty", ParentTag = "data-table")]
public sealed class DataEmpty : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<DataTable>().Empty = Element.Of("div", "ascent-list__empty").Add(await output.GetChildContentAsync());
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

/// <summary>Links back to the beginning and on to the next rows; a null leaves its link out, two nulls leave it all out.</summary>
[HtmlTargetElement("data-paging", ParentTag = "data-table")]
public sealed class DataPaging : TagHelper
{
    public string? FirstHref { get; set; }

    public string? NextHref { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        // Razor hands a null expression over as an empty text.
        if (string.IsNullOrEmpty(FirstHref) && string.IsNullOrEmpty(NextHref)) return;
        context.Get<DataTable>().Foot.Add(Element.Of("nav", "ascent-paging").With("aria-label", "Pages of this list")
            .Add(Link(FirstHref, "first", "First page"), Link(NextHref, "next", "Next page")));
    }

    private static TagHelperOutput? Link(string? href, string rel, string text) =>
        string.IsNullOrEmpty(href) ? null : Element.Of("a", "govuk-link govuk-link--no-visited-state").With("href", href).With("rel", rel).Text(text);
}
