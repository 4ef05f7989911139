using System.Globalization;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>What a column of a table of results holds: who the pupil is, a part of a result that has a row of its own, or the results of one assessment.</summary>
/// <param name="Field">Of the pupil, by which the row is matched.</param>
/// <param name="Assessment">Whose results stand in it. Its subject is <see cref="ResultsColumns.AsTheHeadingSays"/> where the heading names it.</param>
/// <param name="Year">Where the heading names it.</param>
public sealed record ResultsColumn(string Name, string Heading, PupilField? Field = null, Assessment? Assessment = null, string Qualifier = "", AcademicYear? Year = null)
{
    public override string ToString() => Heading;
}

/// <summary>The columns of tables of results, and the headings under which they are known.</summary>
public static class ResultsColumns
{
    public const string Stage = "Stage";
    public const string Qualification = "Qualification";
    public const string Subject = "Subject";
    public const string Component = "Component";
    public const string Method = "Method";
    public const string Result = "Result";

    public const string Year = "Year";
    public const string YearItEnds = "YearItEnds";
    public const string YearItBegins = "YearItBegins";

    internal const string AsTheHeadingSays = "*";

    private const int LongestYear = 3;

    private static readonly (ResultsColumn Column, string[] Headings)[] Pupils =
    [
        .. ((PupilField[])[PupilField.Upn, PupilField.Surname, PupilField.Forename, PupilField.BornOn])
            .Select(f => RollColumns.All.First(c => c.Field == f)).Select(c => (new ResultsColumn(c.Name, c.Heading, c.Field), (string[])[c.Heading, .. c.OtherHeadings])),
    ];

    private static readonly (ResultsColumn Column, string[] Headings)[] Parts =
    [
        (new(Stage, "Key stage"), ["Key stage", "Stage", "KS"]),
        (new(Qualification, "Qualification"), ["Qualification", "Qualification type", "Qual type", "Award", "Award type", "Exam type"]),
        (new(Subject, "Subject"), ["Subject", "Subject name"]),
        (new(Component, "Component"), ["Component", "Paper"]),
        (new(Method, "Method"), ["Method", "Assessment type"]),
        (new(Year, "School year"), ["School year", "Academic year", "Year", "Exam year", "Results year", "Series", "Season"]),
        (new(YearItEnds, "Summer in which the school year ends, like 2025"), ["Summer", "Year end", "End year"]),
        (new(YearItBegins, "Year in which the school year begins, like 2024"), ["Start year", "Year start"]),
        (new(Result, "Result"), ["Result", "Grade", "Outcome", "Mark", "Score", "Final grade", "Value"]),
    ];

    private static readonly ResultsColumn[] OfAssessments =
    [
        .. KnownAssessments.All.Select(a => Of(a.Assessment, a.Qualifier, a.Heading)),
        .. Qualifications.All.Select(q => Of(q.Of(AsTheHeadingSays), "", $"{q.Label}, subject as the heading says")),
        .. Qualifications.All.SelectMany(q => Reference.Subjects.All.Where(s => s.Stages.Contains(q.Stage)).Select(s => Of(q.Of(s.Code), "", $"{q.Label} {s.Label}"))),
    ];

    private static readonly Dictionary<string, ResultsColumn> ByKey = Pupils.Concat(Parts).SelectMany(c => c.Headings.Select(h => (Key: RollColumns.KeyOf(h), c.Column)))
        .Concat(KnownAssessments.All.SelectMany(a => ((string[])[a.Heading, .. a.OtherHeadings]).Select(h => (Key: RollColumns.KeyOf(h), Column: Of(a.Assessment, a.Qualifier, a.Heading)))))
        .DistinctBy(c => c.Key).ToDictionary(c => c.Key, c => c.Column, StringComparer.Ordinal);

    private static readonly Dictionary<string, ResultsColumn> Named =
        Pupils.Concat(Parts).Select(c => c.Column).Concat(OfAssessments).ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static ColumnBook Book { get; } = new ResultsBook();

    /// <summary>The columns among which somebody chooses; of qualifications with few subjects one for all.</summary>
    internal static IEnumerable<ColumnChoice> Choices =>
    [
        .. Pupils.Select(c => new ColumnChoice(c.Column.Name, c.Column.Heading, "The pupil")),
        .. KnownAssessments.All.Select(a => new ColumnChoice(NameOf(a.Assessment, a.Qualifier), a.Heading, "Results: key stages 1 and 2")),
        .. Qualifications.All.SelectMany(q => OfAssessments.Where(c => c.Assessment is { } a && a.Component == q.Code && (q.IsListed || a.Subject == AsTheHeadingSays))
            .Select(c => new ColumnChoice(c.Name, c.Heading, q.IsListed ? $"Results: {q.Label}" : "Results: other qualifications"))),
        .. Parts.Select(c => new ColumnChoice(c.Column.Name, c.Column.Heading, "Where each result has a row")),
    ];

    /// <summary>The column that a name stands for, with the year that is kept behind it.</summary>
    public static ResultsColumn? ByName(string? name)
    {
        if (name?.Split('@') is not [var itself, .. var rest] || !Named.TryGetValue(itself, out var column))
            return null;
        return rest is [var year] && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? column with { Name = name, Year = new(start) } : column;
    }

    /// <summary>What a heading means; null when it is none of ours, or might be several.</summary>
    public static ResultsColumn? Find(string heading)
    {
        var (what, year) = SplitYear(heading);
        var found = ByKey.GetValueOrDefault(RollColumns.KeyOf(what)) ?? OfQualification(what);
        return year is not { } start || found is null ? found
            : found.Assessment is null ? null : found with { Name = string.Create(CultureInfo.InvariantCulture, $"{found.Name}@{start.StartYear}"), Year = year };
    }

    /// <summary>Whether a table is one of results, and not of the roll.</summary>
    public static bool AreOf(IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> remembered)
    {
        if (RollColumns.All.Where(c => c.IsNeeded).All(c => headings.Any(h => RollColumns.Find(h) == c)))
            return false;
        ResultsColumn[] found = [.. headings.Select(h => remembered.TryGetValue(Book.KeyOf(h), out var name) ? ByName(name) : Find(h)).OfType<ResultsColumn>()];
        return found.Any(c => c.Assessment is not null) || (found.Any(c => c.Name == Result) && found.Any(c => c.Name == Subject));
    }

    /// <summary>The columns of a table. Years that might be two are asked for, whatever the heading says.</summary>
    /// <param name="examples">Its first rows.</param>
    public static ColumnMap MapOf(IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> remembered, IReadOnlyList<IReadOnlyList<string>> examples)
    {
        var map = ColumnMap.Of(Book, headings, remembered);
        var doubtful = map.Names.Index().Where(n => n.Item == Year && examples.Any(r => n.Index < r.Count && r[n.Index].Trim() is { Length: > 0 } cell && ResultsYears.Read(cell) is null)).Select(n => n.Index);
        return map with { Unknown = [.. map.Unknown.Concat(doubtful).Order()] };
    }

    /// <summary>Nothing in the table says of which year a result is: it has to be told once for the file.</summary>
    internal static bool NeedYear(IEnumerable<string?> names)
    {
        ResultsColumn[] columns = [.. names.Select(ByName).OfType<ResultsColumn>()];
        return !columns.Any(IsYear) && (columns.All(c => c.Assessment is null) || columns.Any(c => c.Assessment is not null && c.Year is null));
    }

    internal static bool IsYear(ResultsColumn column) => column.Name is Year or YearItEnds or YearItBegins;

    /// <summary>The subject that a heading names beside the qualification, as it is stored.</summary>
    internal static string SubjectIn(string heading, Assessment assessment)
    {
        var (what, _) = SplitYear(heading);
        var subject = Qualifications.Names.Where(n => n.Qualification.Code == assessment.Component).Select(n => Without(what, n.Name) ?? Without(what.TrimEnd(' ', ')'), n.Name)).FirstOrDefault(s => s is not null) ?? what;
        return Reference.Subjects.ByName(subject, Enum.Parse<KeyStage>(assessment.Stage))?.Code ?? subject;
    }

    private static ResultsColumn? OfQualification(string heading)
    {
        // "Maths (GCSE)" ends with a bracket, and "Maths GCSE (9-1)" with one that belongs to the name.
        foreach (var (qualification, name) in Qualifications.Names)
            if ((Without(heading, name) ?? Without(heading.TrimEnd(' ', ')'), name)) is { } subject)
                return Reference.Subjects.ByName(subject, qualification.Stage) is { } known ? Named[NameOf(qualification.Of(known.Code), "")] : null;
        return null;
    }

    /// <summary>The rest of a heading that begins or ends with some words; null when it does not, or when nothing is left.</summary>
    private static string? Without(string heading, string words)
    {
        const StringComparison Loose = StringComparison.OrdinalIgnoreCase;
        if (heading.Length <= words.Length + 1)
            return null;
        var rest = heading.StartsWith(words, Loose) && !char.IsLetterOrDigit(heading[words.Length]) ? heading[words.Length..]
            : heading.EndsWith(words, Loose) && !char.IsLetterOrDigit(heading[^(words.Length + 1)]) ? heading[..^words.Length] : "";
        return rest.Trim(' ', '-', '–', ':', ',', '(', ')', '/', '_') is { Length: > 0 } subject ? subject : null;
    }

    private static (string What, AcademicYear? Year) SplitYear(string heading)
    {
        var words = PlainText.Tidy(heading).Split(' ');
        for (var count = Math.Min(LongestYear, words.Length - 1); count > 0; count--)
            if (ResultsYears.Read(string.Join(' ', words[^count..]).Trim('(', ')', ',')) is { } year)
                return (string.Join(' ', words[..^count]), year);
        return (string.Join(' ', words), null);
    }

    private static ResultsColumn Of(Assessment assessment, string qualifier, string heading) => new(NameOf(assessment, qualifier), heading, Assessment: assessment, Qualifier: qualifier);

    private static string NameOf(Assessment a, string qualifier) => string.Join('/', a.Stage, a.Subject, a.Component, a.Method, qualifier);
}

internal sealed class ResultsBook : ColumnBook
{
    // A heading of a table of pupils may mean something else in one of results ("Year"); no heading's own key has a colon.
    private const string Mark = "R:";

    public override IReadOnlyList<ColumnChoice> Choices { get; } = [.. ResultsColumns.Choices];

    public override string? Find(string heading) => ResultsColumns.Find(heading)?.Name ?? (RollColumns.Find(heading) is null ? null : "");

    public override string KeyOf(string heading) => RollColumns.KeyOf(heading) is var key && key.Length > ImportHeading.LongestHeading - Mark.Length ? $"{Mark}{key[..^Mark.Length]}" : $"{Mark}{key}";

    public override string? Known(string? name) => ResultsColumns.ByName(name)?.Name;

    public override string HeadingOf(string name) => ResultsColumns.ByName(name)?.Heading ?? name;

    public override ColumnsRefused? WhyNot(IReadOnlyList<string> names)
    {
        ResultsColumn[] columns = [.. names.Select(ResultsColumns.ByName).OfType<ResultsColumn>()];
        bool Has(string name) => columns.Any(c => c.Name == name);
        var (isLong, isWide) = (Has(ResultsColumns.Result), columns.Any(c => c.Assessment is not null));
        if (!Has("Upn") && !(Has("Surname") && Has("Forename") && Has("BornOn")))
            return new("Say which column holds the UPN, or surname, forename and date of birth. Without them no pupil can be told from another");
        if (!isLong && !isWide)
            return new("Say which columns hold results: one for each subject, or “Result” where each result has a row of its own");
        if (isLong && isWide)
            return new("Either each subject has a column, or each result has a row with a column “Result”. Choose “Do not read” for the columns of the other sort");
        if (isLong && !Has(ResultsColumns.Subject))
            return new("Say which column holds the subject of each result");
        if (isLong && !Has(ResultsColumns.Stage) && !Has(ResultsColumns.Qualification))
            return new("Say which column holds the qualification or the key stage of each result: a grade means nothing without it");
        if (columns.Count(ResultsColumns.IsYear) > 1)
            return new("Two columns are the school year: choose “Do not read” for one of them");
        return Twice([.. names.Where(n => ResultsColumns.ByName(n)?.Assessment?.Subject != ResultsColumns.AsTheHeadingSays)]) is { Count: > 0 } twice
            ? new($"Two columns are {InWords.List(twice)}: choose “Do not read” for one of them") : null;
    }
}
