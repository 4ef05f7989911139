using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.Mvc;
using Standing = Ascent.Web.Pages.Reports.Parts.Standing;

namespace Ascent.Web.Pages.Reports.Pupils;

/// <summary>
/// The pupils of a cohort by name, those whom the reader knows: where they started and where they arrived, as a scatterplot where both are measured,
/// and as a list.
/// </summary>
public sealed class StageModel(ReadReport readReport, ExportReport exportReport, NamePupils namePupils) : ReportPage(readReport, exportReport)
{
    protected override bool IsFor(CohortStage stage) => stage != CohortStage.School;

    protected override string Path => ReportsLinks.Pupils(School.Urn, Stage);

    protected override string Name => "pupils";

    protected override bool TakesSpan => false;

    protected override string ChooseText => "Year, group, class, flag";

    /// <summary>A class, by its id.</summary>
    [FromQuery(Name = "class")]
    public string? ClassId { get; init; }

    [FromQuery(Name = "far")]
    public string? FarText { get; init; }

    [FromQuery(Name = "flag")]
    public string? FlagText { get; init; }

    [FromQuery(Name = "sort")]
    public string? SortText { get; init; }

    public PupilsChoice Choice { get; private set; } = new();

    /// <summary>Null where the stage has no measured start.</summary>
    public StartAndOutcome? Drawn => StartAndOutcome.Of(Stage);

    /// <summary>The year's pupils can be compared with where they started.</summary>
    public bool HasStart => Drawn?.HasBaseline(Year) == true;

    public bool HasEstimates => shown.Exists(l => l.Estimate is not null);

    public AcademicYear Year => Report!.Years[YearPlace];

    public IReadOnlyList<PupilColumn> Columns { get; private set; } = [];

    // Those of year, group and class; and of them those with the flag that is chosen.
    private List<PupilLine> unflagged = [];
    private List<PupilLine> shown = [];

    /// <summary>The pupils of the list, in its order.</summary>
    public IReadOnlyList<PupilLine> Lines { get; private set; } = [];

    /// <summary>Null where nothing can be drawn.</summary>
    public Scatter? Chart { get; private set; }

    /// <summary>Nobody of the cohort is a pupil of the reader, whatever the filters.</summary>
    public bool KnowsNobody => everybody.Count == 0;

    public bool TeachesNobody => Report!.Reader is ReportReader.OwnClasses { Pupils.Count: 0 };

    public bool IsOwnClasses => Report!.Reader is ReportReader.OwnClasses;

    /// <summary>Why the year is another than the latest one, or why there is no chart; with the way to the other.</summary>
    public (string Sentence, string? LinkText, string? LinkHref)? About { get; private set; }

    private IReadOnlyList<PupilLine> everybody = [];
    private IReadOnlyList<NamedClass> classes = [];

    private int YearPlace => View.Period.Places(Report!.Years.Count).Single();

    private NamedClass? Class => Choice.Class is { } id ? classes.FirstOrDefault(c => c.Id == id) : null;

    // What can be drawn comes before what is newest.
    protected override int DefaultYear => LatestDrawn is >= 0 and var place ? place : Report!.Latest;

    protected override string DefaultYearText => DefaultYear == Report!.Latest ? "Latest" : "Latest with a start";

    private int LatestDrawn => Drawn is { } drawn ? Report!.Years.ToList().FindLastIndex(drawn.HasBaseline) : -1;

    protected override async Task<bool> FindAsync()
    {
        var cohort = Report!.KnownOf(YearPlace).Cohort;
        Columns = PupilColumn.Of(Stage);
        var found = await PupilLines.FindAsync(namePupils, Report, YearPlace, Columns, School.Actor, HttpContext.RequestAborted);
        // The door has asked for the permission already; somebody who lost it in this moment sees nobody.
        if (!found.Succeeded)
            return false;
        (everybody, classes) = (found.Value.Lines, found.Value.Classes);
        Choose();
        unflagged = [.. everybody.Where(l => (Class is null || Class.Pupils.Contains(l.Who.Id)) && (View.Group is not { } group || cohort.ValuesOf(group)[l.Place] == View.Value))];
        shown = [.. unflagged.Where(l => Choice.Flag is not { } flag || l.Has(flag))];
        Lines = [.. InOrder(shown.Where(l => Choice.Far is not { } far || l.Standing == far), Choice.Order)];
        Chart = HasStart ? Draw() : null;
        About = WhyThisYear();
        return true;
    }

    protected override Measure CountOf(ReportPeriod period, PupilGroup? group = null, byte value = 0)
    {
        var place = period.Places(Report!.Years.Count).Single();
        var (cohort, known) = Report.KnownOf(place);
        var count = (place == YearPlace ? everybody.Select(l => l.Place) : known).Count(p => group is not { } of || cohort.ValuesOf(of)[p] == value);
        return count == 0 && group is not null ? new Measure.NotApplicable(NotApplicableReason.NoPupils, default) : Count(count);
    }

    protected override (IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows) InFile() =>
    (
        ["Pupil", .. HasStart ? ["Start"] : Array.Empty<string>(), .. Columns.Select(c => c.Head), .. HasEstimates ? ["Estimate", "Against estimate"] : Array.Empty<string>(), "Groups", "Flags"],
        [.. Lines.Select(l => (IReadOnlyList<string>)
        [
            l.Who.InLists, .. HasStart ? [l.Prior.IsKnown ? PupilColumn.Number(l.Prior.Value) : ""] : Array.Empty<string>(),
            .. Columns.Select((c, i) => PupilColumn.Text(c.Measure, l.Outcomes[i]) ?? ""),
            .. HasEstimates ? [OneDecimal(l.Estimate?.Estimate), OneDecimal(l.Against)] : Array.Empty<string>(), string.Join(", ", l.Groups), string.Join(", ", l.Flags.Select(f => f.Text)),
        ])]
    );

    protected override string With(string address) => Choice.In(address);

    protected override IEnumerable<KeyValuePair<string, string>> Kept() => Choice.Fields.Where(f => f.Key is not ("class" or "flag"));

    protected override IEnumerable<FilterChip> MoreChips()
    {
        if (Class is { } its)
            yield return new($"Class: {its.Name}", Href(Choice with { Class = null }), Count(everybody.Count(l => its.Pupils.Contains(l.Who.Id))));
        if (Choice.Far is { } far)
            yield return new(FarWords(far), Href(Choice with { Far = null }), Count(Lines.Count));
        if (Choice.Flag is { } on)
            yield return new(on.Label(Stage), Href(Choice with { Flag = null }), Count(shown.Count));
        foreach (var (group, value) in Offered)
            if (group.FindValue(value) is { } place && !(View.Group == group && View.Value == place) && CountOf(View.Period, group, place) is Measure.Scalar count)
                yield return new(group.Values()[place].Label, Choice.In((View with { Group = group, Value = place }).In(Path)), count, IsOffer: true);
        foreach (var (flag, count) in FlagCounts.Where(f => f.Flag != Choice.Flag && f.Flag != PupilFlag.FarBelow))
            yield return new(flag.Label(Stage), Href(Choice with { Flag = flag }), Count(count), IsOffer: true);
    }

    // What readers ask for most, one press away; the others stand in the form. Who is far below has a chip of its own beside the chart.
    private static readonly (PupilGroup Group, string Value)[] Offered = [(PupilGroup.Disadvantaged, "yes"), (PupilGroup.Sen, "support"), (PupilGroup.Sen, "ehc")];

    /// <summary>The flags that somebody has, of those whom group and class leave.</summary>
    private IEnumerable<(PupilFlag Flag, int Count)> FlagCounts => PupilFlags.All.Select(f => (f, unflagged.Count(l => l.Has(f)))).Where(f => f.Item2 > 0);

    protected override IEnumerable<FilterField> MoreFields()
    {
        if (classes.Count > 0)
            yield return new("class", "Class", [new("", "All classes", IsChosen: Class is null), .. classes.Select(c => new FilterOption(
                $"{c.Id:N}", c.Name, Count(everybody.Count(l => c.Pupils.Contains(l.Who.Id))), $"{ClassRules.Label(c.Kind)} classes, {c.Year}", c == Class))]);
        if (FlagCounts.Any())
            yield return new("flag", "Flag", [new("", "All pupils", IsChosen: Choice.Flag is null), .. FlagCounts.Select(f => new FilterOption(f.Flag.Code(), f.Flag.Label(Stage), Count(f.Count), null, f.Flag == Choice.Flag))]);
    }

    /// <summary>The page with another choice of its own.</summary>
    public string Href(PupilsChoice choice) => choice.In(View.In(Path));

    /// <summary>The head of a column as a link that puts the list in its order; null when it is already.</summary>
    public string? SortHref(PupilOrder order) => Choice.Order == order ? null : Href(Choice with { Order = order });

    public string PupilHref(PupilLine line) => ReportsLinks.Pupil(School.Urn, line.Who.Id);

    public string StartHead => Drawn?.Baseline == Baseline.KeyStage1 ? "KS1" : "KS2";

    // A bookmark may be older than a class, and what cannot be told of a year is left out.
    private void Choose()
    {
        Choice = PupilsChoice.Read(ClassId, FarText, SortText, FlagText);
        var gone = new List<string>();
        if (!string.IsNullOrEmpty(ClassId) && Class is null)
            gone.Add("the class");
        if (!string.IsNullOrEmpty(FlagText) && Choice.Flag is null)
            gone.Add("the flag");
        if (!everybody.Any(l => l.Estimate is not null) && (Choice.Far is not null || Choice.Order == PupilOrder.Against))
        {
            gone.Add("how pupils lie to the estimate");
            Choice = Choice with { Far = null, Order = PupilOrder.Name };
        }
        Choice = Choice with { Class = Class?.Id };
        View = View with { Gone = [.. View.Gone, .. gone] };
    }

    private static IEnumerable<PupilLine> InOrder(IEnumerable<PupilLine> lines, PupilOrder order)
    {
        var byName = lines.OrderBy(l => l.Who.SortKey, StringComparer.Ordinal).ThenBy(l => l.Who.Id);
        return order switch
        {
            // Who has none stands last.
            PupilOrder.Outcome => byName.OrderBy(l => l.Outcome.Counts ? l.Outcome.Value : double.MaxValue),
            PupilOrder.Against => byName.OrderBy(l => l.Against ?? double.MaxValue),
            _ => byName,
        };
    }

    private Scatter? Draw() => PupilScatter.Of(this, Report!, Words, [.. shown.Where(l => l.Prior.IsKnown && l.Outcome.Counts)], shown.Count, Words.Basis(View.Period));

    private (string, string?, string?)? WhyThisYear()
    {
        if (Drawn is not { } drawn)
            return null;
        var (tests, latest) = (drawn.Baseline == Baseline.KeyStage1 ? "key stage 1 assessments" : "key stage 2 tests", Report!.Latest);
        if (!HasStart)
            return ($"Pupils of {Year} have no {tests} behind them, so no estimate and no chart.", LatestDrawn >= 0 ? $"See {Report.Years[LatestDrawn]} as a chart" : null, LatestDrawn >= 0 ? ReportView.Text(Report.Years[LatestDrawn]) is var text ? $"{Path}?year={text}" : null : null);
        var without = Report.Years.Where((y, place) => place > YearPlace && !drawn.HasBaseline(y)).Select(y => y.ToString()).ToList();
        return YearPlace < latest && YearPlace == LatestDrawn && without.Count > 0
            ? ($"{Year} is the latest year that can be drawn. Pupils of {InWords.List(without)} have no {tests} behind them, so no estimate.", $"See {Report.Years[latest]} as a list", $"{Path}?year={ReportView.Text(Report.Years[latest])}") : null;
    }

    internal static string FarWords(Standing far) => far == Standing.FarBelow ? "Far below the estimate" : "Far above the estimate";

    internal static Measure Count(int count) => new Measure.Scalar(count, MeasureUnit.Count, new(count, count));

    // For machines: a hyphen for minus.
    private static string OneDecimal(double? value) => value?.ToString("F1", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
