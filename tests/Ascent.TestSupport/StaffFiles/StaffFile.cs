using System.Runtime.CompilerServices;
using System.Text;

namespace Ascent.TestSupport;

/// <summary>
/// A list of 500 people as spreadsheet programs save it. That of LibreOffice Calc 7 is a file beside this one, and so is the one that Excel
/// saves as “CSV (comma delimited)”, to which a test holds the bytes made here; the others differ by encoding and delimiter.
/// </summary>
public static class StaffFile
{
    public const int People = 500;

    public const string LibreOffice = "LibreOffice XLSX";
    public const string Windows1252 = "Excel CSV";
    public const string Windows1252Semicolons = "Excel CSV where the comma is the decimal point";
    public const string Utf8 = "Excel CSV UTF-8";
    public const string Utf16 = "Excel Unicode text";
    public const string Utf16BigEndian = "Unicode text from another machine";

    public static IReadOnlyList<string> Kinds { get; } = [LibreOffice, Windows1252, Windows1252Semicolons, Utf8, Utf16, Utf16BigEndian];

    private static readonly string[] Forenames = ["Zoë", "Renée", "François", "Siân", "Jürgen", "Søren", "Seán", "Ana", "Chloë", "Łukasz"];
    private static readonly string[] Surnames = ["O’Neill", "Núñez", "Müller", "Smith, Dr", "D'Arcy \"Dee\"", "Åström", "Brontë", "Øvergård", "Peña", "Ní Bhraonáin"];

    public static byte[] Bytes(string kind) => kind switch
    {
        LibreOffice => Saved("staff-500-libreoffice.xlsx"),
        Windows1252 => Write(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, ','),
        Windows1252Semicolons => Write(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, ';'),
        Utf8 => Write(Encoding.UTF8, ','),
        Utf16 => Write(Encoding.Unicode, '\t'),
        Utf16BigEndian => Write(Encoding.BigEndianUnicode, '\t'),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A file beside this one.</summary>
    public static byte[] Saved(string name) => File.ReadAllBytes(Path.Combine(Here(), name));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    /// <summary>The name of the one in this row, from 1, as every kind but LibreOffice's has it.</summary>
    public static (string Forename, string Surname) Name(int row, bool inWindows1252) => (Forename(row, inWindows1252), Surnames[row / 10 % 10]);

    // Ł stands in no Windows-1252, and Excel puts a plain letter there.
    private static string Forename(int row, bool inWindows1252) => inWindows1252 ? Forenames[row % 10].Replace('Ł', 'L') : Forenames[row % 10];

    private static byte[] Write(Encoding encoding, char delimiter)
    {
        var text = new StringBuilder();
        void Line(params ReadOnlySpan<string> cells)
        {
            for (var i = 0; i < cells.Length; i++)
                text.Append(i == 0 ? "" : delimiter).Append(cells[i].AsSpan().IndexOfAny("\",\t;") < 0 ? cells[i] : $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            text.Append("\r\n");
        }
        Line("Forename", "Surname", "Email", "Job role", "Reports", "Pupil names", "End date");
        for (var row = 1; row <= People; row++)
        {
            var (forename, surname) = Name(row, encoding.Preamble.Length == 0);
            Line(forename, surname, $"staff{row}@school.example", row % 7 == 0 ? "Governor" : "Teacher", "Y", row % 7 == 0 ? "" : "own classes", row % 5 == 0 ? "31/08/2027" : "");
        }
        return [.. encoding.Preamble, .. encoding.GetBytes(text.ToString())];
    }
}
