using System.Globalization;
using Ascent.Measures;

namespace Ascent.Reference.National.Files;

/// <summary>One row of a published file by its columns. What cannot be read is thrown as a <see cref="FormatException"/> that says line and column.</summary>
internal sealed class NationalRow(int line, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells)
{
    public int Line => line;

    public string Text(string column) => cells[columns[column]].Trim();

    public FormatException Refused(string reason) => new($"line {line}: {reason}");

    public double Number(string column, double least, double most) => Number(column, Text(column), least, most);

    public double Number(string column, string text, double least, double most) =>
        !double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)
            ? throw Refused($"“{Short(text)}” in {column} is no number")
            : value >= least && value <= most ? value
            : throw Refused(string.Create(CultureInfo.InvariantCulture, $"{column} is {value}, which is not between {least} and {most}"));

    public int Count(string column, int most = 10_000_000) =>
        int.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most
            ? value : throw Refused($"“{Short(Text(column))}” in {column} is no number of pupils");

    /// <summary>"revised", "Provisional"; what was published once and not again is final.</summary>
    public ReferenceStatus Status(string column) => Text(column) switch
    {
        var text when text.Equals("provisional", StringComparison.OrdinalIgnoreCase) => ReferenceStatus.Provisional,
        var text when text.Equals("revised", StringComparison.OrdinalIgnoreCase) => ReferenceStatus.Revised,
        var text when text.Equals("final", StringComparison.OrdinalIgnoreCase) || text.StartsWith("as published", StringComparison.OrdinalIgnoreCase) => ReferenceStatus.Final,
        var text => throw Refused($"“{Short(text)}” in {column} is none of provisional, revised and final"),
    };

    /// <summary>Nothing else is taken from this column: the file is about other pupils then.</summary>
    public void Expect(string column, string text)
    {
        if (Text(column) != text)
            throw Refused($"{column} is “{Short(Text(column))}”; only “{text}” is taken");
    }

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
