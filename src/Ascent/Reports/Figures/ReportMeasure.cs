using Ascent.Measures;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>What sort of number a measure is: it decides the interval, and what disclosure control looks at.</summary>
public enum MeasureKind
{
    /// <summary>Percent of pupils who met something.</summary>
    Share,

    /// <summary>A mean of points, marks or scores.</summary>
    Average,

    /// <summary>A mean of differences from national estimates.</summary>
    Progress,

    /// <summary>A sum over a sum, in percent.</summary>
    Rate,
}

/// <summary>A measure as a dashboard shows it. One record a measure; everything that pages say of it stands here.</summary>
/// <param name="Code">As of the indicator: in addresses, stored sums and national figures.</param>
/// <param name="Title">"Reading, writing and maths".</param>
/// <param name="Detail">"Expected standard".</param>
/// <param name="How">How it is worked out, in sentences for people; the numbers are put beside it.</param>
/// <param name="Column">What each pupil of a cohort gives; null while the national figures for it are not there.</param>
/// <param name="IsHeadline">Whether the overview shows it.</param>
public sealed record ReportMeasure(
    string Code, CohortStage Stage, MeasureKind Kind, string Title, string Detail, string How, Func<Cohort, NationalYear, OutcomeColumn?> Column, bool IsHeadline = false)
{
    /// <summary>The code of the subject whose entries it is about; null for measures of all pupils.</summary>
    public string? Subject { get; init; }

    /// <summary>The estimates that a <see cref="MeasureKind.Progress"/> measure compares with.</summary>
    public Func<NationalYear, ProgressTable?>? Table { get; init; }

    /// <summary>What it is measured from.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>The five bands have cut-offs for it.</summary>
    public ProgressCutOffs? CutOffs { get; init; }

    /// <summary>False where less is better: absence.</summary>
    public bool MoreIsBetter { get; init; } = true;

    /// <summary>The ends of the scale on which it is drawn.</summary>
    public (double Low, double High) Range { get; init; } = (0, 100);

    /// <summary>What each pupil of a cohort gives; null for a year without a baseline, and while the national figures for it are not there.</summary>
    public OutcomeColumn? ColumnOf(Cohort cohort, NationalYear national) => Baseline is { } baseline && Progress.IsMissing(baseline, cohort.Year) ? null : Column(cohort, national);

    public MeasureUnit Unit => Kind switch
    {
        MeasureKind.Share => MeasureUnit.Percentage,
        MeasureKind.Average => MeasureUnit.Average,
        MeasureKind.Progress => MeasureUnit.Progress,
        MeasureKind.Rate => MeasureUnit.Rate,
        _ => throw new InvalidOperationException($"{Kind} has no unit."),
    };
}
