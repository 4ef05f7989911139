using Ascent.Reference;

namespace Ascent.SchoolData.Imports;

/// <summary>Our own tables for results: a heading and invented rows, to be written over.</summary>
public static class ResultsTemplates
{
    private static readonly string[] Pupil = ["UPN", "Surname", "Forename", "Date of birth"];
    private static readonly string[] Ada = ["E999200119001", "Benson", "Ada", "04/03/2009"];

    /// <summary>A row for each pupil: the assessments of primary schools, and some subjects of secondary ones as examples.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ByPupil { get; } =
    [
        [.. Pupil, .. KnownAssessments.All.Select(a => a.Heading), "GCSE English Language", "GCSE Mathematics", "GCSE Combined Science", "GCSE French", "A level History"],
        [.. Ada, .. KnownAssessments.All.Select(_ => ""), "6", "7", "65", "U", ""],
    ];

    /// <summary>A row for each result.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ByResult { get; } =
    [
        [.. Pupil, "Key stage", "Qualification", "Subject", "Method", "School year", "Result"],
        [.. Ada, "KS2", "", "Reading", "Test", "2019/20", "104"],
        [.. Ada, "KS4", "GCSE", "Mathematics", "", "2024/25", "7"],
        [.. Ada, "KS4", "GCSE", "Combined Science", "", "2024/25", "65"],
    ];
}
