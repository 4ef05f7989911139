using System.Globalization;
using System.Text;
using Ascent.Shared.Csv;
using Ascent.Shared.Text;

namespace Ascent.Organisations.Gias;

/// <summary>The cells of one row by the names of their columns. Collects every reason why the row cannot be taken.</summary>
internal sealed class GiasCells(IReadOnlyDictionary<string, int> places, CsvRow row)
{
    // As wide as the columns of the database.
    private const int LongestText = 200;
    private const int LongestKey = 400;
    private const int LongestPostcode = 20;
    private const int LongestTrustCode = 20;
    private const int LongestTypeCode = 10;
    private const int HighestAge = 120;
    private const string NoAuthority = "000";

    private readonly List<string> faults = [];

    /// <summary>Reads the row; of several faults all are told.</summary>
    public GiasLine Read()
    {
        var urn = Urn();
        var name = Text(GiasColumns.Name, LongestText);
        if (name is null && !faults.Exists(f => f.StartsWith(GiasColumns.Name, StringComparison.Ordinal)))
            faults.Add("there is no EstablishmentName");
        var authorityCode = AuthorityCode();
        var number = Digits(GiasColumns.Number, 4);
        var trustCode = Text(GiasColumns.TrustCode, LongestTrustCode);
        var (authorityName, trustName) = (Text(GiasColumns.AuthorityName, LongestText), Text(GiasColumns.TrustName, LongestText));
        var school = new GiasRow(
            row.Line, urn ?? "", name ?? "",
            authorityCode is null ? null : new(authorityCode, authorityName),
            authorityCode is null || number is null ? null : $"{authorityCode}/{number}",
            Text(GiasColumns.TypeCode, LongestTypeCode),
            Status(),
            Phase(),
            Age(GiasColumns.LowAge),
            Age(GiasColumns.HighAge),
            trustCode is null ? null : new(trustCode, trustName),
            Text(GiasColumns.Town, LongestText),
            Text(GiasColumns.Postcode, LongestPostcode));
        return faults.Count == 0 ? new(school, null) : new(null, new(row.Line, urn, string.Join("; ", faults)));
    }

    /// <summary>The first characters of a cell as they may be shown: one line, nothing hidden.</summary>
    internal static string Quote(string cell)
    {
        const int Shown = 30;
        var text = Clean(cell.Length > 4 * Shown ? cell[..(4 * Shown)] : cell);
        return $"“{(text.Length > Shown ? $"{text[..Shown]}…" : text)}”";
    }

    private string? Urn()
    {
        var cell = Cell(GiasColumns.Urn);
        if (cell.Length == 0)
            faults.Add("there is no URN");
        else if (cell.Length is not (6 or 7) || !cell.All(char.IsAsciiDigit) || cell[0] == '0')
            faults.Add($"the URN has to be a number of six digits, not {Quote(cell)}");
        else
            return cell;
        return null;
    }

    // Spreadsheet programs drop leading zeros, which these codes have.
    private string? AuthorityCode() => Digits(GiasColumns.AuthorityCode, 3) is { } code and not NoAuthority ? code : null;

    private string? Digits(string column, int width)
    {
        var cell = Cell(column);
        if (cell.Length == 0)
            return null;
        if (cell.Length <= width && cell.All(char.IsAsciiDigit))
            return cell.PadLeft(width, '0');
        faults.Add($"{column} has to be a number of {(width == 3 ? "three" : "four")} digits, not {Quote(cell)}");
        return null;
    }

    private bool? Status()
    {
        // 1 open, 2 closed, 3 open but proposed to close, 4 proposed to open.
        var cell = Cell(GiasColumns.StatusCode);
        if (cell is "" or "1" or "2" or "3" or "4")
            return cell.Length == 0 ? null : cell == "2";
        faults.Add($"{GiasColumns.StatusCode} is {Quote(cell)}, which is no status that is known (1 to 4)");
        return null;
    }

    private SchoolPhase Phase()
    {
        var cell = Cell(GiasColumns.PhaseCode);
        if (cell.Length == 0)
            return SchoolPhase.NotApplicable;
        if (cell.Length == 1 && char.IsAsciiDigit(cell[0]) && Enum.IsDefined((SchoolPhase)(cell[0] - '0')))
            return (SchoolPhase)(cell[0] - '0');
        faults.Add($"{GiasColumns.PhaseCode} is {Quote(cell)}, which is no phase that is known (0 to 7)");
        return SchoolPhase.NotApplicable;
    }

    private int? Age(string column)
    {
        var cell = Cell(column);
        if (cell.Length == 0)
            return null;
        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age <= HighestAge)
            return age;
        faults.Add($"{column} has to be an age in whole years, not {Quote(cell)}");
        return null;
    }

    private string? Text(string column, int longest)
    {
        var text = Clean(Cell(column));
        if (text.Length == 0)
            return null;
        if (text.Length <= longest && (longest < LongestText || PlainText.SearchKey(text).Length <= LongestKey))
            return text;
        faults.Add($"{column} is longer than {longest} characters");
        return null;
    }

    private string Cell(string column) => places.TryGetValue(column, out var place) ? row.Cells[place].Trim() : "";

    /// <summary>One line. Nobody could be asked to type the register's text again, so what cannot stand in a line becomes a blank.</summary>
    private static string Clean(string text)
    {
        if (!PlainText.HasForbiddenCharacter(text))
            return PlainText.Tidy(text);
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var one = rune.ToString();
            clean.Append(PlainText.HasForbiddenCharacter(one) ? " " : one);
        }
        return PlainText.Tidy(clean.ToString());
    }
}
