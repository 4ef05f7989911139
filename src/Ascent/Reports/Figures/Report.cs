using Ascent.Measures;
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
    private readonly Dictionary<(string, string?), Asked> asked = [];
    private readonly Dictionary<(string, string?), OutcomeColumn?[]> columns = [];

    internal Report(StageCohorts cohorts, ReportReader reader, NationalSide national, DisclosureSettings settings, DateTime builtAt, bool isBehind)
    {
        (this.cohorts, Reader, this.national, this.settings) = (cohorts, reader, national, settings);
        (BuiltAt, IsBehind) = (builtAt, isBehind);
    }

    public ReportReader Reader { get; }

    public CohortStage Stage => cohorts.Stage;

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
        var nation = national.Of(measure, YearOf(period), group, value);
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
        var (columns, decision, _) = Ask(measure);
        var nation = Measures.Gap.Between(national.Of(measure, YearOf(period), group, value), national.Of(measure, YearOf(period), group, others));
        if ((decision?.Value(period, group, value) ?? decision?.Value(period, group, others)) is { } withheld)
            return new(new Measure.Withheld(withheld), nation.Rounded(), null);
        var gap = Measures.Gap.Between(
            Raw(measure, columns, period, (cohort, pupil) => cohort.Groups[(int)group][pupil] == value), Raw(measure, columns, period, (cohort, pupil) => cohort.Groups[(int)group][pupil] == others));
        return new(gap.Rounded(), nation.Rounded(), null);
    }

    /// <summary>The year of a period; null for several years together, which have no national figure.</summary>
    public AcademicYear? YearOf(ReportPeriod period) => period == ReportPeriod.Span ? null : Years[period.Places(Years.Count).Single()];

    /// <summary>
    /// A figure about freely chosen pupils: a class, two groups at once, all but some. For readers with pupil-level reports, and about pupils whom
    /// they know alone.
    /// </summary>
    /// <exception cref="InvalidOperationException">The reader has school-level reports only.</exception>
    public Measure OfChosen(ReportMeasure measure, ReportPeriod period, Func<Cohort, int, bool> isIn) => Reader is ReportReader.SchoolLevel
        ? throw new InvalidOperationException("Only figures of the closed family are for readers of school-level reports.")
        : Raw(measure, Ask(measure).Columns, period, (cohort, pupil) => Reader.Knows(cohort.PupilIds[pupil]) && isIn(cohort, pupil)).Rounded();

    /// <summary>What one pupil gave to a measure, for pages that show pupils by name.</summary>
    /// <exception cref="InvalidOperationException">The reader may not see the pupil.</exception>
    public Outcome OutcomeOf(ReportMeasure measure, int year, int pupil) => Reader.Knows(cohorts.Cohorts[year].PupilIds[pupil])
        ? ColumnsOf(measure)[year] is { } column ? column[pupil] : Outcome.Missing
        : throw new InvalidOperationException("The reader may not see this pupil.");

    /// <summary>The cohort of a year with the pupils whom the reader knows, by their places.</summary>
    public (Cohort Cohort, IReadOnlyList<int> Known) KnownOf(int year) =>
        (cohorts.Cohorts[year], [.. cohorts.Everybody[year].Where(p => Reader.Knows(cohorts.Cohorts[year].PupilIds[p]))]);

    /// <summary>How many pupils met a share that is shown; 0 for one that is not, of which nothing is told.</summary>
    public int MetOf(ReportMeasure measure, ReportPeriod period, PupilGroup? group = null, byte value = 0)
    {
        var (columns, decision, _) = Ask(measure);
        if (Cell(decision, period, group, value) is not null)
            return 0;
        return period.Places(Years.Count).Sum(year => cohorts.Everybody[year].Count(p => columns[year]![p] is { Counts: true, Value: > 0 } && (group is not { } of || cohorts.Cohorts[year].Groups[(int)of][p] == value)));
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

    private Measure Raw(ReportMeasure measure, OutcomeColumn?[] columns, ReportPeriod period, Func<Cohort, int, bool> isIn)
    {
        var parts = period.Places(Years.Count).Select(year => new YearPart(
            Years[year], columns[year], measure.Table?.Invoke(national.Year(Years[year])), [.. cohorts.Everybody[year].Where(p => isIn(cohorts.Cohorts[year], p))])).ToArray();
        return Figure.Of(measure, parts);
    }
}

/// <param name="Figure">Which figures may be shown; null for a reader from whom nothing is withheld.</param>
/// <param name="Number">Of how many it may be told that the question is about them.</param>
internal sealed record Asked(OutcomeColumn?[] Columns, DisclosureDecision? Figure, DisclosureDecision? Number);

/// <summary>A figure of the school beside the national one, both rounded.</summary>
/// <param name="Verdict">Null where there is no figure with an interval, or no national one.</param>
/// <param name="Band">Of the five, where the measure has them.</param>
public readonly record struct JudgedFigure(Measure School, Measure National, Significance? Verdict, ProgressBand? Band = null);
