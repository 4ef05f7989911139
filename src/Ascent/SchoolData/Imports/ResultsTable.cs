using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>
/// Reads a table of results row by row: a row for each pupil with a column for each assessment, or a row for each result. What a row cannot say
/// stands in its remarks; reading goes on.
/// </summary>
internal sealed class ResultsTable : IRollReader
{
    public const int FewestColumns = 2;
    private const string Headings = "the UPN, and one for each subject or “Subject” and “Result”";

    private readonly HeadedTable table;
    private readonly ResultsColumn?[] columns;
    private readonly AcademicYear? yearOfFile;

    private ResultsTable(HeadedTable table, ResultsColumn?[] columns, AcademicYear? yearOfFile) => (this.table, this.columns, this.yearOfFile) = (table, columns, yearOfFile);

    public Refusal? Broken => table.Broken;

    /// <summary>Each result has a row of its own.</summary>
    private bool IsLong => columns.Any(c => c?.Name == ResultsColumns.Result);

    public static Result<HeadedTable> OpenTable(Stream file) => HeadedTable.Open(file, FewestColumns, Headings);

    public static Result<IRollReader> Open(Import import, Stream file)
    {
        var opened = OpenTable(file);
        if (!opened.Succeeded)
            return opened.Refusals[0];
        var names = ColumnMap.Read(import.Columns!);
        ResultsColumn?[] columns = [.. names.Select((n, i) => Specify(ResultsColumns.ByName(n), i < opened.Value.Headings.Count ? opened.Value.Headings[i] : ""))];
        return Result.Of<IRollReader>(new ResultsTable(opened.Value, columns, import.YearOfResults));
    }

    public PupilInFile? Next()
    {
        if (table.Next() is not { } row)
            return null;
        var (cells, fault) = HeadedTable.Read(row, columns);
        var fields = cells.Where(c => c.Column.Field is not null).GroupBy(c => c.Column.Field!.Value)
            .ToDictionary(g => g.Key, g => g.Key == PupilField.BornOn ? table.Day(g.First().Cell) : g.First().Cell);
        var pupil = new PupilInFile(row.Line, fields) { Fault = fault };
        if (fault is not null)
            return pupil;
        var said = cells.Where(c => c.Column.Field is null && c.Column.Assessment is null).ToDictionary(c => c.Column.Name, c => c.Cell);
        var (year, yearRemark) = YearOf(said);
        var (results, remarks) = IsLong ? ReadLong(said, year) : ReadWide(cells, year);
        return pupil with { Results = results, Remarks = yearRemark is null ? remarks : [yearRemark, .. remarks] };
    }

    public void Dispose() => table.Dispose();

    private static ResultsColumn? Specify(ResultsColumn? column, string heading) =>
        column?.Assessment is { Subject: ResultsColumns.AsTheHeadingSays } any
            ? column with { Heading = PlainText.Tidy(heading), Assessment = any with { Subject = ResultsColumns.SubjectIn(heading, any) } }
            : column;

    private (AcademicYear? Year, ImportRemark? Remark) YearOf(Dictionary<string, string> said)
    {
        if (columns.FirstOrDefault(c => c is not null && ResultsColumns.IsYear(c)) is not { } column)
            return (yearOfFile, null);
        if (!said.TryGetValue(column.Name, out var text))
            return (null, new(true, "No school year in the row", "Write it like 2024/25."));
        return ResultsYears.Read(text, column.Name) is { } year ? (year, null)
            : (null, new(true, $"School year “{Short(text)}” is not understood", ResultsYears.WhyNot(text)));
    }

    private static (IReadOnlyList<ResultInFile> Results, IReadOnlyList<ImportRemark> Remarks) ReadWide(IReadOnlyList<(int Place, ResultsColumn Column, string Cell)> cells, AcademicYear? year)
    {
        var (results, remarks) = (new List<ResultInFile>(), new List<ImportRemark>());
        foreach (var (_, column, cell) in cells)
            if (column.Assessment is { } assessment && (column.Year ?? year) is { } when)
            {
                if (WhyNotKept(cell, column.Heading, PupilResult.LongestValue) is { } why)
                    remarks.Add(why);
                else
                    results.Add(new(assessment, when, column.Qualifier, cell));
            }
        return (results, remarks);
    }

    private static (IReadOnlyList<ResultInFile> Results, IReadOnlyList<ImportRemark> Remarks) ReadLong(Dictionary<string, string> said, AcademicYear? year)
    {
        string Said(string part) => said.GetValueOrDefault(part, "");
        var value = Said(ResultsColumns.Result);
        // As everywhere in imports: an empty cell says nothing.
        if (value.Length == 0 || year is not { } when)
            return ([], []);
        if (WhyNotKept(value, "Result", PupilResult.LongestValue) is { } why)
            return ([], [why]);
        var (known, remark) = WhichAssessment.Of(Said(ResultsColumns.Stage), Said(ResultsColumns.Qualification), Said(ResultsColumns.Subject), Said(ResultsColumns.Component), Said(ResultsColumns.Method));
        return (known is var (assessment, qualifier) ? [new(assessment, when, qualifier, value)] : [], remark is null ? [] : [remark]);
    }

    /// <summary>What cannot be kept as it came: it is too long, or no line of writing.</summary>
    internal static ImportRemark? WhyNotKept(string text, string what, int longest) =>
        text.Length > longest ? new(true, $"{what}: “{Short(text)}” is no result", $"It is longer than {longest} characters. Perhaps the cells have moved to another column.")
        : PlainText.HasForbiddenCharacter(text) ? new(true, $"{what}: holds characters that are no writing", "Type it anew in the file and send the file again.")
        : null;

    internal static string Short(string text)
    {
        var shown = new string([.. text.Where(c => !char.IsControl(c))]);
        return shown.Length > 60 ? $"{shown[..60]}…" : shown;
    }
}
