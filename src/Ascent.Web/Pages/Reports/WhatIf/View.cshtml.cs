using System.Globalization;
using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Ascent.Web.Components;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Pages.Reports.WhatIf;

/// <param name="Change">Of the two as they are shown.</param>
public sealed record WhatIfRow(ReportMeasure Measure, Measure AsItIs, Measure Without, Measure Change);

/// <summary>One view: the figures as they are and with the pupils left out, side by side. Whatever leaves the page says whose figures they are not.</summary>
public sealed class ViewModel(ReadReport readReport, ExportReport exportReport, NamePupils namePupils, FindWhatIfs findWhatIfs) : WhatIfPage(readReport, exportReport)
{
    [FromRoute]
    public Guid Id { get; set; }

    public SavedWhatIf Saved { get; private set; } = null!;

    public string Sentence => WhatIfRules.Sentence(Saved.Name);

    /// <summary>Null while the year of the view is not among those that are shown.</summary>
    public WhatIfFigures? Figures { get; private set; }

    /// <summary>Who is left out, by name.</summary>
    public IReadOnlyList<NamedPupil> LeftOut { get; private set; } = [];

    /// <summary>How many were left out when it was saved, and are not among the reader’s pupils of this cohort any more.</summary>
    public int Missing { get; private set; }

    public IReadOnlyList<WhatIfRow> Headlines { get; private set; } = [];

    public IReadOnlyList<WhatIfRow> Others { get; private set; } = [];

    protected override string Path => ReportsLinks.WhatIf(School.Urn, Stage, Id);

    public override ReportFilters Choices => new(Path, [new($"Year: {Saved.Year}", null, Figures is { All: var all } ? new Measure.Scalar(all, MeasureUnit.Count, new(all, all)) : null)], "", [], [],
        Figures is null ? [] : [new("CSV", $"{Path}?handler=File&format=csv"), new("Spreadsheet", $"{Path}?handler=File&format=xlsx")]);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await this.FindAsync(findWhatIfs, context) is { } saved)
        {
            Saved = saved;
            await next();
        }
    }

    protected override bool HasFile => Report!.Years.Contains(Saved.Year);

    protected override async Task<bool> FindAsync()
    {
        // A view keeps the year that it was made for, whatever the address says.
        var place = Report!.Years.ToList().IndexOf(Saved.Year);
        if (place < 0)
            return true;
        View = View with { Period = ReportPeriod.Year(place), Year = ReportView.Text(Saved.Year), Gone = [] };
        var (cohort, known) = Report.KnownOf(place);
        Guid[] ids = [.. known.Select(p => cohort.PupilIds[p]).Where(Saved.PupilIds.Contains)];
        var named = await namePupils.ExecuteAsync(new(ids, Saved.Year), School.Actor, HttpContext.RequestAborted);
        if (!named.Succeeded)
            return false;
        LeftOut = [.. named.Value.Pupils.Values.OrderBy(p => p.SortKey, StringComparer.Ordinal).ThenBy(p => p.Id)];
        Missing = Saved.Missing + Saved.PupilIds.Count - LeftOut.Count;
        Figures = new(Report, place, LeftOut.Select(p => p.Id).ToHashSet());
        var rows = ReportMeasures.Of(Stage).Select(Row).ToLookup(r => r.Measure.IsHeadline);
        // What nobody of the cohort has says nothing below the headlines.
        (Headlines, Others) = ([.. rows[true]], [.. rows[false].Where(r => r.AsItIs.TryValue(out _))]);
        return true;
    }

    protected override (IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows) InFile()
    {
        var (figures, who) = (Figures!, IsOwnClasses ? "Pupils of your classes" : "All pupils");
        return (
            ["What-if", "Year", "Of", "Measure", "As it is", "Pupils", "With pupils left out", "Pupils left", "Difference"],
            [
                Cells("Pupils", Number(figures.All), "", Number(figures.Left), "", Number(figures.Left - figures.All)),
                .. Headlines.Concat(Others).Select(r => Cells($"{r.Measure.Title}, {ReportBlocks.Lower(r.Measure.Detail)}", Text(r.AsItIs), Pupils(r.AsItIs), Text(r.Without), Pupils(r.Without), r.Change.TryValue(out _) ? Text(r.Change) : "")),
            ]);

        // In every row: rows go into other files without their head.
        IReadOnlyList<string> Cells(string measure, string asItIs, string pupils, string without, string left, string change) => [Sentence, Saved.Year.ToString(), who, measure, asItIs, pupils, without, left, change];
    }

    private WhatIfRow Row(ReportMeasure measure)
    {
        var (asItIs, without) = Figures!.Of(measure);
        return new(measure, asItIs, without, new Compared(without, asItIs, null).Difference);
    }

    private static string Pupils(Measure measure) => measure.TryPopulation(out var population) ? Number(population.Matched) : "";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // For machines: a hyphen for minus, and the decimals of the unit.
    private static string Text(Measure measure) => measure.Match(one => Number(one.Value, one.Unit), one => Number(one.Point, one.Unit), _ => MeasureText.Withheld, _ => MeasureText.Of(measure), _ => MeasureText.Of(measure));

    private static string Number(double value, MeasureUnit unit) => value.ToString($"F{unit.Decimals()}", CultureInfo.InvariantCulture);
}
