using Ascent.Measures;
using Ascent.Reference.National;
using Ascent.Reports.Cohorts;
using Ascent.Shared;

namespace Ascent.Reports.Figures;

/// <summary>The national figures as reports compare with them: the same measure, the same group, the same year, or nothing.</summary>
public sealed class NationalSide(NationalFigures figures, CohortStage stage, NationalPhase phase)
{
    private readonly Dictionary<AcademicYear, NationalYear> years = [];

    /// <summary>Rises when figures are loaded.</summary>
    public long Version => figures.Version;

    /// <summary>The estimates for the pupils of a year.</summary>
    public NationalYear Year(AcademicYear year) => years.TryGetValue(year, out var known) ? known : years[year] = NationalYear.Of(figures, year);

    /// <param name="year">Null for several years together: national figures are of one.</param>
    public Measure Of(ReportMeasure measure, AcademicYear? year, PupilGroup? group, byte value)
    {
        if (year is not { } one)
            return Nothing;
        if (measure.Subject is { } subject)
            return group is null ? OfSubject(measure, subject, one) : Nothing;
        if (Headline(measure.Code, one, group, value) is { } headline)
            return new Measure.Scalar(headline.Figure, measure.Unit, default);
        // All pupils together are their own estimate.
        return group is null && measure.Kind == MeasureKind.Progress && measure.Table?.Invoke(Year(one)) is not null ? new Measure.Scalar(0, MeasureUnit.Progress, default) : Nothing;
    }

    /// <summary>Whose figures the measures of the stage are compared with in a year; several where a load did not bring everything.</summary>
    public IReadOnlyList<ReferenceEdition> EditionsOf(AcademicYear year) =>
        [.. ReportMeasures.Of(stage).Select(m => Headline(m.Code, year, null, 0)?.Edition ?? m.Table?.Invoke(Year(year))?.Edition).OfType<ReferenceEdition>().Distinct().OrderBy(e => e.Status == ReferenceStatus.Illustrative)];

    // Only absence is published by phase.
    private Headline? Headline(string code, AcademicYear year, PupilGroup? group, byte value)
    {
        var of = stage == CohortStage.School ? phase : NationalPhase.All;
        return group is { } by ? figures.Find(code, year, by, value, of) : figures.Find(code, year, of);
    }

    private Measure OfSubject(ReportMeasure measure, string subject, AcademicYear year)
    {
        if (measure.Kind == MeasureKind.Progress)
            return measure.Table?.Invoke(Year(year)) is null ? Nothing : new Measure.Scalar(0, MeasureUnit.Progress, default);
        if (figures.GcseGrades(subject, year)?.Grades is not { } grades)
            return Nothing;
        if (measure.Kind == MeasureKind.Average)
            return grades.AveragePoints();
        return SubjectMeasures.GradesOf(measure, grades.Scale) is var (least, isOnly) ? isOnly ? grades.Share(least) : grades.AtLeast(least) : Nothing;
    }

    /// <summary>
    /// The percentiles of schools' scores that a score of a year is placed among: those of special schools for a special one, else of mainstream
    /// ones.
    /// </summary>
    public NationalSpread? SchoolsOf(ReportMeasure measure, AcademicYear year) =>
        figures.SchoolPercentiles(measure.Code, year, phase == NationalPhase.Special ? NationalPhase.Special : NationalPhase.All);

    /// <summary>Where no national figure is about the same pupils.</summary>
    internal static Measure Nothing { get; } = new Measure.NotApplicable(NotApplicableReason.NoReference, default);
}
