using System.Collections.Frozen;
using System.Globalization;
using Ascent.Shared;

namespace Ascent.Reference;

/// <summary>What sort of thing the value of a result is. A result is never a bare number that may be missing.</summary>
public enum ResultKind
{
    /// <summary>A mark or a score.</summary>
    Number,

    /// <summary>A grade or standard of the assessment's own scale.</summary>
    Grade,

    /// <summary>Why there is neither: absent, left, not entered.</summary>
    Outcome,

    /// <summary>The code is in no list for this assessment and year. It is kept as it came, and counts as nothing.</summary>
    NotUnderstood,
}

/// <summary>What was assessed, in the words of the Common Transfer File.</summary>
/// <param name="Stage">EYF, KS1, KS2 …</param>
/// <param name="Component">Of a qualification: which one (Codes/qualifications.csv).</param>
/// <param name="Method">TT test, TA teacher assessment, FA final assessment, EX examination.</param>
public readonly record struct Assessment(string Stage, string Subject, string Component, string Method);

/// <param name="Number">Of a <see cref="ResultKind.Number"/> alone.</param>
/// <param name="Meaning">For people; empty when it is not understood.</param>
public sealed record ResultValue(ResultKind Kind, string Code, int? Number, string Meaning);

/// <summary>
/// Reads the value of a result by the table of its assessment and year (Codes/results.csv). A letter means nothing by itself: what is a grade in
/// one stage says in another that the pupil was absent.
/// </summary>
public static class ResultCodes
{
    private const string Any = "*";

    private static readonly Lazy<FrozenDictionary<Assessment, Entry[]>> Table = new(() =>
        CodeLists.Read("results").Select(Entry.Read).GroupBy(e => e.Assessment).ToFrozenDictionary(g => g.Key, g => g.ToArray()));

    /// <param name="year">The school year in which it was assessed.</param>
    /// <param name="value">As it came; spaces round it do not matter, capitals do where the list has small letters.</param>
    public static ResultValue Read(Assessment assessment, AcademicYear year, string value)
    {
        var text = value.Trim();
        foreach (var entry in EntriesOf(assessment))
            if (entry.IsFor(year) && entry.Reads(text, out var number))
                return new(entry.Kind, entry.Range is null ? entry.Code : text, number, entry.Meaning);
        return new(ResultKind.NotUnderstood, text, null, "");
    }

    /// <summary>What an assessment of a year may give, for people: "80 to 120", "A", "B" …; none when nothing is known of it.</summary>
    public static IReadOnlyList<string> Legal(Assessment assessment, AcademicYear year) =>
        [.. EntriesOf(assessment).Where(e => e.IsFor(year)).Select(e => e.Range is var (low, high) ? string.Create(CultureInfo.InvariantCulture, $"{low} to {high}") : e.Code)];

    private static Entry[] EntriesOf(Assessment assessment) =>
        Table.Value.GetValueOrDefault(assessment) ?? Table.Value.GetValueOrDefault(assessment with { Subject = Any })
        ?? Table.Value.GetValueOrDefault(assessment with { Subject = Any, Component = Any }) ?? [];

    private sealed record Entry(Assessment Assessment, int From, int? To, string Code, IReadOnlyList<string> OtherWritings, (int Low, int High)? Range, ResultKind Kind, string Meaning)
    {
        public static Entry Read(IReadOnlyDictionary<string, string> row)
        {
            var (ends, kind) = (row["code"].Split('-'), Enum.Parse<ResultKind>(row["kind"], ignoreCase: true));
            // "5-4" is a range of marks and a pair of grades: what sort of value it is says which.
            var range = kind == ResultKind.Number && ends.Length == 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var low) && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
                ? (low, high) : ((int, int)?)null;
            return new(
                new(row["stage"], row["subject"], row["component"], row["method"]), int.Parse(row["from"], CultureInfo.InvariantCulture),
                row["to"].Length == 0 ? null : int.Parse(row["to"], CultureInfo.InvariantCulture), row["code"], row["also"].Split('|', StringSplitOptions.RemoveEmptyEntries), range, kind, row["meaning"]);
        }

        public bool IsFor(AcademicYear year) => year.EndYear >= From && (To is not { } to || year.EndYear <= to);

        public bool Reads(string text, out int? number)
        {
            number = null;
            if (Range is not var (low, high))
                return text.Equals(Code, StringComparison.Ordinal) || OtherWritings.Contains(text);
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read < low || read > high)
                return false;
            number = read;
            return true;
        }
    }
}
