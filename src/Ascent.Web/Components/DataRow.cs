using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A row of a <see cref="DataTable"/>. Write one cell for each column, in their order.</summary>
[HtmlTargetElement("data-row", ParentTag = "data-table")]
public sealed class DataRow : TagHelper
{
    private int _cells;

    /// <summary>Marks what people came for: the person just created.</summary>
    public bool Highlight { get; set; }

    /// <summary>What is posted when the row is ticked, in a table with `select`.</summary>
    public string? Value { get; set; }

    /// <summary>The page that edits what the row is about, in a table with `edit`.</summary>
    public string? EditHref { get; set; }

    /// <summary>Whom or what the row is about, for the name of its box and its pencil.</summary>
    public string? About { get; set; }

    public bool Ticked { get; set; }

    /// <summary>The row cannot be ticked as it is; its text says why.</summary>
    public bool Fixed { get; set; }

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var table = context.Get<DataTable>();
        var box = table.Select is null ? null : table.Box(Value ?? "", About ?? "", Ticked, Fixed);
        var cells = await output.GetChildContentAsync();
        table.Rows.Add(Element.Of("tr", "govuk-table__row").AddClass(Highlight ? "ascent-row--new" : null)
            .With("role", "row").Take(output.Attributes).Add(table.Pencil(EditHref, About ?? ""), box, cells));
        output.SuppressOutput();
    }

    internal string? NextLabel(DataTable table) =>
        _cells < table.Labels.Count && table.Labels[_cells++] is { Length: > 0 } label ? label : null;
}

/// <summary>What the row is about; the heading of its card on a small screen.</summary>
[HtmlTargetElement("data-heading", ParentTag = "data-row")]
public sealed class DataHeading : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<DataRow>().NextLabel(context.Get<DataTable>());
        output.Become("th").PutClass("govuk-table__header").With("scope", "row").With("role", "rowheader");
    }
}

[HtmlTargetElement("data-cell", ParentTag = "data-row")]
public sealed class DataCell : TagHelper
{
    public bool Numeric { get; set; }

    /// <summary>The cell speaks for itself: no label on a small screen.</summary>
    public bool Bare { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var label = context.Get<DataRow>().NextLabel(context.Get<DataTable>());
        output.Become("td").PutClass("govuk-table__cell").AddClass(Numeric ? "govuk-table__cell--numeric" : null)
            .AddClass(Bare ? "ascent-cell--bare" : null).With("role", "cell").With("data-label", label);
    }
}
