using Ascent.Measures;
using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Shared;

namespace Ascent.Reports.Figures;

/// <summary>
/// What one reader may see of one stage of a school. Every figure of every page, table, chart, print and export comes from here, already judged by
/// disclosure control and rounded; nothing else reads cohorts for showing.
/// </summary>
public sealed class Report
{
    private readonly StageCohorts cohorts;
    private readonly NationalSide national;
    private readonly DisclosureSettings settings;
    private readonly Func<Cohort, int, bool>? chosen;
    private readonly (PupilGroup Group, byte Value)? within;
    private readonly Dictionary<(string, string?), Asked> asked = [];
    private readonly Dictionary<(string, string?), OutcomeColumn?[]> columns = [];

    internal Report(StageCohorts cohorts, ReportReader reader, NationalSide national, DisclosureSettings settings, DateTime builtAt, bool isBehind, Func<Cohort, int, bool>? chosen = null, (PupilGroup, byte)? within = null)
    {
        (this.cohorts, Reader, this.national, this.settings, this.chosen, this.within) = (cohorts, reader, national, settings, chosen, within);
        (BuiltAt, IsBehind) = (builtAt, isBehind);
    }

    public ReportReader Reader { get; }

    public CohortStage Stage => cohorts.Stage;

    /// <summary>What the school was before it became what it is; its years are among those of the report.</summary>
    public IReadOnlyList<FormerName> FormerNames { get; init; } = [];

    /// <summary>The single years, the oldest first.</summary>
    public IReadOnlyList<AcademicYear> Years => cohorts.Years;

    /// <summary>Whose national figures of a year stand beside those of the school; none while there are none.</summary>
    public IReadOnlyList<ReferenceEdition> EditionsOf(AcademicYear year) => national.EditionsOf(year);

    /// <summary>The national estimates for the pupils of a year; the same for every reader.</summary>
    public NationalYear NationalOf(AcademicYear year) => national.Year(year);

    /// <summary>The place of the newest year with results; the whole school may have a running one without.</summary>
    public int Latest => Math.Max(0, cohorts.Cohorts.ToList().FindLastIndex(c => c.HasResults));

    /// <summary>When the cohorts were built.</summary>
    public DateTime BuiltAt { get; }

    /// <summary>Records have changed since; they are built anew in a moment.</summary>
    public bool IsBehind { get; }

    /// <summary>How many pupils each cohort has, or that this is withheld.</summary>
    public Measure CountOf(ReportPeriod period, PupilGroup? group = null, byte value = 0) => Of(MakeUp.Measure(Stage), period, group, value) is var figure
        && figure is Measure.Scalar or Measure.Estimated && figure.TryPopulation(out var population) ? new Measure.Scalar(population.Matched, MeasureUnit.Count, population) : figure;

    /// <summary>One figure of the closed family.</summary>
    /// <param name="group">Null for all pupils.</param>
    public Measure Of(ReportMeasure measure, ReportPeriod period, PupilGroup? group = null, byte value = 0) => Judge(measure, period, group, value).School;

    /// <summary>The same beside the national figure for the same pupils, with how it lies to that; judged before rounding.</summary>
    public JudgedFigure Judge(ReportMeasure measure, ReportPeriod period, PupilGroup? group = null, byte value = 0)
    {
        var question = Ask(measure);
        var nation = NationOf(measure, period, group, value);
        if (Cell(question.Figure, period, group, value) is { } withheld)
            return new(new Measure.Withheld(withheld), nation.Rounded(), null);
        var school = Raw(measure, question.Columns, period, (cohort, pupil) => group is not { } of || cohort.Groups[(int)of][pupil] == value);
        if (Cell(question.Number, period, group, value) is { } untold)
            school = WithoutNumber(school, untold);
        var estimated = school as Measure.Estimated;
        return new(school.Rounded(), nation.Rounded(), estimated is not null && nation.TryValue(out var fixedFigure) ? estimated.Against(fixedFigure) : null, estimated is null ? null : measure.CutOffs?.BandOf(estimated));
    }

    /// <summary>The gap between two values of a group, here and in the nation; withheld when either of the two is.</summary>
    public JudgedFigure Gap(ReportMeasure measure, ReportPeriod period, PupilGroup group, byte value, byte others)
    {
        var columns = Ask(measure).Columns;
        var nation = Measures.Gap.Between(NationOf(measure, period, group, value), NationOf(measure, period, group, others));
        // Also one that would say that there is no figure, where that is withheld.
        if ((Of(measure, period, group, value) as Measure.Withheld ?? Of(measure, period, group, others) as Measure.Withheld) is { } withheld)
            return new(withheld, nation.Rounded(), null);
        var gap = Measures.Gap.Between(
            Raw(measure, columns, period, (cohort, pupil) => cohort.Groups[(int)group][pupil] == value), Raw(measure, columns, period, (cohort, pupil) => cohort.Groups[(int)group][pupil] == others));
        return new(gap.Rounded(), nation.Rounded(), null);
    }

    /// <summary>
    /// "Your school": the score of a progress measure over the span, the newest of its years counting most, and its place among schools. It tells
    /// nothing that its years and the span do not tell, so it is withheld as soon as one of them is.
    /// </summary>
    /// <returns>Null with one year alone, which has no span.</returns>
    public SchoolOverYears? OverYears(ReportMeasure measure)
    {
        if (Years.Count < 2)
            return null;
        var question = Ask(measure);
        var places = ReportPeriod.Span.Places(Years.Count);
        IReadOnlyList<ReportPeriod> all = [ReportPeriod.Span, .. places.Select(ReportPeriod.Year)];
        if (all.Select(p => Cell(question.Figure, p, null, 0)).FirstOrDefault(c => c is not null) is { } withheld)
            return new(new(new Measure.Withheld(withheld), Average, null), new Measure.Withheld(withheld), [], null);
        var parts = places.Select(year => Part(measure, question.Columns, year, (_, _) => true)).Where(p => p is { Column: not null, Table: not null }).ToList();
        var school = Figure.Weighted(measure, parts, Years[places[^1]]);
        if (all.Select(p => Cell(question.Number, p, null, 0)).FirstOrDefault(c => c is not null) is { } untold)
            school = WithoutNumber(school, untold);
        var counted = parts.Where(p => p.Column!.Tally(p.Pupils).Matched > 0).Select(p => p.Year).ToList();
        var schools = counted.Count == 0 ? null : national.SchoolsOf(measure, counted[^1]);
        var percentile = ThreeYears.PercentileOf(school, schools is null ? [] : schools.Percentiles.Span);
        return new(new(school.Rounded(), Average, (school as Measure.Estimated)?.Against(0)), percentile.Rounded(), counted, schools?.Edition);
    }

    // Of all pupils nationally, in every year: progress is measured from their own estimates.
    private static readonly Measure Average = new Measure.Scalar(0, MeasureUnit.Progress, default);

    /// <summary>The year of a period; null for several years together, which have no national figure.</summary>
    public AcademicYear? YearOf(ReportPeriod period) => period == ReportPeriod.Span ? null : Years[period.Places(Years.Count).Single()];

    /// <summary>
    /// The same report about freely chosen pupils: a class, two groups at once, all but some. For readers with pupil-level reports, and about pupils
    /// whom they know alone, so that nothing is withheld.
    /// </summary>
    /// <param name="isIn">Asked of a cohort and a place in it; who is left out now stays out.</param>
    /// <exception cref="InvalidOperationException">The reader has school-level reports only.</exception>
    public Report Narrowed(Func<Cohort, int, bool> isIn) => Reader is ReportReader.SchoolLevel
        ? throw new InvalidOperationException("Only figures of the closed family are for readers of school-level reports.")
        : new(cohorts, Reader, national, settings, BuiltAt, IsBehind, (cohort, pupil) => (chosen?.Invoke(cohort, pupil) ?? Reader.Knows(cohort.PupilIds[pupil])) && isIn(cohort, pupil), within);

    /// <summary>
    /// The same report about the pupils with one value of a group. What is asked of all of them stands beside the national figure of that value; of
    /// two groups at once nothing is published.
    /// </summary>
    /// <exception cref="InvalidOperationException">The reader has school-level reports only, or the report is about a value of a group already.</exception>
    public Report Within(PupilGroup group, byte value)
    {
        if (within is not null)
            throw new InvalidOperationException("The report is about one value of a group already.");
        var all = Narrowed((cohort, pupil) => cohort.Groups[(int)group][pupil] == value);
        return new(cohorts, Reader, national, settings, BuiltAt, IsBehind, all.chosen, (group, value));
    }

    /// <summary>The same as readers of school-level reports see it, whoever asks: for a sheet that is handed on.</summary>
    public Report ForEverybody() => new(cohorts, new ReportReader.SchoolLevel(), national, settings, BuiltAt, IsBehind);

    /// <summary>Its figures are about chosen pupils, not about the whole cohort.</summary>
    public bool IsNarrowed => chosen is not null;

    /// <summary>What one pupil gave to a measure, for pages that show pupils by name.</summary>
    /// <exception cref="InvalidOperationException">The reader may not see the pupil.</exception>
    public Outcome OutcomeOf(ReportMeasure measure, int year, int pupil) => Reader.Knows(cohorts.Cohorts[year].PupilIds[pupil])
        ? ColumnsOf(measure)[year] is { } column ? column[pupil] : Outcome.Missing
        : throw new InvalidOperationException("The reader may not see this pupil.");

    /// <summary>The cohort of a year with the pupils whom the reader knows, by their places; of a narrowed report, the chosen ones.</summary>
    public (Cohort Cohort, IReadOnlyList<int> Known) KnownOf(int year) =>
        (cohorts.Cohorts[year], [.. cohorts.Everybody[year].Where(p => Reader.Knows(cohorts.Cohorts[year].PupilIds[p]) && IsChosen(cohorts.Cohorts[year], p))]);

    /// <summary>How many pupils met a share that is shown; 0 for one that is not, of which nothing is told.</summary>
    public int MetOf(ReportMeasure measure, ReportPeriod period, PupilGroup? group = null, byte value = 0)
    {
        var (columns, decision, _) = Ask(measure);
        if (Cell(decision, period, group, value) is not null)
            return 0;
        return period.Places(Years.Count).Sum(year => cohorts.Everybody[year].Count(p => IsChosen(cohorts.Cohorts[year], p) && columns[year]![p] is { Counts: true, Value: > 0 } && (group is not { } of || cohorts.Cohorts[year].Groups[(int)of][p] == value)));
    }

    /// <summary>The subjects that were examined in a period.</summary>
    public IReadOnlyList<(string Code, CohortScale Scale)> SubjectsOf(ReportPeriod period)
    {
        var places = period.Places(Years.Count).ToHashSet();
        return [.. Subjects.Where(s => places.Any(year => cohorts.Cohorts[year].Subjects.Any(e => e.Code == s.Code)))];
    }

    /// <summary>The subjects that were examined in any of the years.</summary>
    public IReadOnlyList<(string Code, CohortScale Scale)> Subjects => [.. cohorts.Cohorts.SelectMany(c => c.Subjects).GroupBy(s => s.Code).Select(g => (g.Key, g.First().Scale))];

    private Asked Ask(ReportMeasure measure)
    {
        if (asked.TryGetValue((measure.Code, measure.Subject), out var known))
            return known;
        var its = ColumnsOf(measure);
        return asked[(measure.Code, measure.Subject)] = new(its, Decide(ofN: false), Decide(ofN: true));

        DisclosureDecision? Decide(bool ofN) => Reader switch
        {
            _ when IsNarrowed => null,
            ReportReader.WholeSchool => null,
            ReportReader.OwnClasses own => cohorts.DecideFor(own, measure, its, national.Version, settings, ofN),
            _ => cohorts.Decide(measure, its, national.Version, settings, ofN),
        };
    }

    private OutcomeColumn?[] ColumnsOf(ReportMeasure measure) => columns.TryGetValue((measure.Code, measure.Subject), out var known) ? known
        : columns[(measure.Code, measure.Subject)] = [.. cohorts.Cohorts.Select(c => measure.ColumnOf(c, national.Year(c.Year)))];
    private static WithheldReason? Cell(DisclosureDecision? decision, ReportPeriod period, PupilGroup? group, byte value) =>
        decision is null ? null : group is { } by ? decision.Value(period, by, value) : decision.Whole(period);

    // How many the question is about would tell what is withheld elsewhere: then the figure says for how many it speaks, and one that speaks for nobody
    // is withheld as a whole.
    private static Measure WithoutNumber(Measure figure, WithheldReason reason) => figure switch
    {
        Measure.Scalar one => new Measure.Scalar(one.Value, one.Unit, new(one.Population.Matched, one.Population.Matched)),
        Measure.Estimated one => new Measure.Estimated(one.Point, one.Lower, one.Upper, one.Unit, new(one.Population.Matched, one.Population.Matched)),
        _ => new Measure.Withheld(reason),
    };

    private Measure NationOf(ReportMeasure measure, ReportPeriod period, PupilGroup? group, byte value) => (within, group) switch
    {
        (null, _) => national.Of(measure, YearOf(period), group, value),
        ({ } one, null) => national.Of(measure, YearOf(period), one.Group, one.Value),
        _ => NationalSide.Nothing,
    };

    private bool IsChosen(Cohort cohort, int pupil) => chosen is null || chosen(cohort, pupil);

    private Measure Raw(ReportMeasure measure, OutcomeColumn?[] columns, ReportPeriod period, Func<Cohort, int, bool> isIn)
    {
        var parts = period.Places(Years.Count).Select(year => Part(measure, columns, year, isIn)).ToArray();
        return Figure.Of(measure, parts);
    }

    private YearPart Part(ReportMeasure measure, OutcomeColumn?[] columns, int year, Func<Cohort, int, bool> isIn) => new(
        Years[year], columns[year], measure.Table?.Invoke(national.Year(Years[year])), [.. cohorts.Everybody[year].Where(p => IsChosen(cohorts.Cohorts[year], p) && isIn(cohorts.Cohorts[year], p))]);
}

/// <param name="Figure">Which figures may be shown; null for a reader from whom nothing is withheld.</param>
/// <param name="Number">Of how many it may be told that the question is about them.</param>
internal sealed record Asked(OutcomeColumn?[] Columns, DisclosureDecision? Figure, DisclosureDecision? Number);

/// <summary>A figure of the school beside the national one, both rounded.</summary>
/// <param name="Verdict">Null where there is no figure with an interval, or no national one.</param>
/// <param name="Band">Of the five, where the measure has them.</param>
public readonly record struct JudgedFigure(Measure School, Measure National, Significance? Verdict, ProgressBand? Band = null);

/// <summary>A score over three years, weighted 3 : 2 : 1 from the newest.</summary>
/// <param name="Percentile">The place of the score among schools; not applicable while no distribution of schools is loaded for the newest year that counts.</param>
/// <param name="Years">Those that count, the oldest first; years without a baseline or without national figures do not. None of a withheld score.</param>
/// <param name="Schools">Whose distribution the place is taken from.</param>
public sealed record SchoolOverYears(JudgedFigure Figure, Measure Percentile, IReadOnlyList<AcademicYear> Years, ReferenceEdition? Schools);
