using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>Who entered a subject and with what grade.</summary>
/// <param name="Code">Of <see cref="Reference.Subjects"/>.</param>
/// <param name="Scale">Of its grades.</param>
/// <param name="Pupils">Places in the cohort, rising.</param>
/// <param name="Grades">Their places in the scale, or <see cref="GradeScale.NoGrade"/>.</param>
public sealed record SubjectEntries(string Code, CohortScale Scale, int[] Pupils, byte[] Grades);

/// <summary>Which scale the grades of a subject are in; stored.</summary>
public enum CohortScale : byte
{
    Gcse,
    CombinedScience,
}

public static class CohortScales
{
    public static GradeScale Scale(this CohortScale scale) => scale == CohortScale.CombinedScience ? GradeScale.CombinedScience : GradeScale.Gcse;
}

/// <summary>
/// Pupils of one school at one point of schooling in one year, worked out once from the records, in columns: what a dashboard needs and nothing
/// that names anybody. National figures come in when a measure is asked for, never here.
/// </summary>
public sealed class Cohort
{
    public required CohortStage Stage { get; init; }

    public required AcademicYear Year { get; init; }

    /// <summary>One place for each pupil; every other column has the same order.</summary>
    public required Guid[] PupilIds { get; init; }

    /// <summary>For each of <see cref="PupilGroups.All"/> the place of each pupil's value.</summary>
    public required byte[][] Groups { get; init; }

    /// <summary>What they had reached when the stage began.</summary>
    public required PriorAttainment[] Prior { get; init; }

    /// <summary>What each pupil gives, by the code of the measure, and some parts that measures are made of.</summary>
    public required IReadOnlyDictionary<string, Outcome[]> Columns { get; init; }

    public required IReadOnlyList<SubjectEntries> Subjects { get; init; }

    public int Count => PupilIds.Length;

    /// <summary>Whether anybody has a result.</summary>
    public bool HasResults => Columns.Values.Any(c => c.Any(o => o.Counts)) || Subjects.Count > 0;

    public byte[] ValuesOf(PupilGroup group) => Groups[(int)group];
}
