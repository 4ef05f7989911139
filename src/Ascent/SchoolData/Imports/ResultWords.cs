using Ascent.Reference;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>Results of a file in words.</summary>
public static class ResultWords
{
    /// <summary>"Reading, test, 2024/25".</summary>
    public static string Of(ResultInFile result) => $"{AssessmentWords.Of(result.Assessment)}, {result.Year}";

    /// <summary>"EXS (expected standard)"; a grade that says itself what it is stands alone.</summary>
    public static string Value(ResultInFile result, string value)
    {
        var read = ResultCodes.Read(result.Assessment, result.Year, value);
        return read.Kind == ResultKind.NotUnderstood ? $"{value} (not understood)"
            : read.Kind == ResultKind.Number || read.Meaning.EndsWith(value, StringComparison.Ordinal) ? value : $"{value} ({read.Meaning})";
    }

    /// <summary>What would be understood, as a sentence.</summary>
    public static string WhatIsUnderstood(Assessment assessment, AcademicYear year) => ResultCodes.Legal(assessment, year) is { Count: > 0 } legal
        ? $"Understood are {InWords.List(legal)}."
        : $"Nothing is known of this assessment in {year}: perhaps the school year is another.";
}
