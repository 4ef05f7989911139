using System.Globalization;
using System.Xml;
using Ascent.Shared.Csv;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using CellText = DocumentFormat.OpenXml.Spreadsheet.Text;

namespace Ascent.Shared.Sheets;

/// <summary>
/// Reads the first visible sheet of an XLSX workbook row by row, through Microsoft's Open XML SDK and behind <see cref="XlsxGate"/>: long
/// cells are cut, far columns are passed over. Formulas are never worked out; the value that was saved with one is taken. Numbers come as
/// they are stored, so a date is its serial number.
/// </summary>
public sealed class XlsxSheet : IDisposable
{
    /// <summary>A longer cell is cut one character beyond, so that whoever reads it sees that it was too long.</summary>
    public const int LongestCell = 1_000;

    private const int MostColumns = 100;
    private const int MostCellsInARow = 16_384;
    private const long MostText = 16 * 1024 * 1024;

    private readonly SpreadsheetDocument document;
    private readonly List<string> shared = [];
    private OpenXmlReader? sheet;
    private int line;

    private XlsxSheet(SpreadsheetDocument document) => this.document = document;

    /// <param name="file">Must be able to go back. Left open.</param>
    public static Result<XlsxSheet> Open(Stream file)
    {
        XlsxSheet? opened = null;
        try
        {
            XlsxGate.CheckSizes(file);
            opened = new XlsxSheet(SpreadsheetDocument.Open(file, isEditable: false, new OpenSettings { AutoSave = false }));
            if (opened.FirstVisible() is { } first)
            {
                opened.ReadShared();
                opened.sheet = Read(first);
                return opened;
            }
            opened.Dispose();
            return new UnreadableFile("This is a ZIP file but not a spreadsheet in the XLSX format: open it in your spreadsheet program and save it as XLSX or CSV.");
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            opened?.Dispose();
            return Unreadable(exception);
        }
    }

    /// <summary>The next row that has a cell with something in it; null at the end.</summary>
    public Result<CsvRow?> Next()
    {
        try
        {
            while (sheet!.Read())
                if (Starts<Row>(sheet) && ReadRow(sheet) is { } row && row.Cells.Any(c => c.Length > 0))
                    return row;
            return (CsvRow?)null;
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            return Unreadable(exception);
        }
    }

    public void Dispose()
    {
        sheet?.Dispose();
        document.Dispose();
    }

    private CsvRow ReadRow(OpenXmlReader reader)
    {
        line = int.TryParse(Attribute(reader, "r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : line + 1;
        var cells = new List<string>();
        string? fault = null;
        for (int next = 0, count = 0; reader.Read() && !Ends<Row>(reader);)
        {
            if (!Starts<Cell>(reader))
                continue;
            if (++count > MostCellsInARow)
                throw new TooMuchException();
            var place = Attribute(reader, "r");
            var column = ColumnOf(place) ?? next;
            next = column + 1;
            var (value, isUnsaved) = ReadCell(reader);
            if (column >= MostColumns)
                continue;
            while (cells.Count <= column)
                cells.Add("");
            cells[column] = value;
            if (isUnsaved)
                fault ??= $"cell {place ?? $"{column + 1} of row {line}"} is a formula, and its value was not saved with it: put the value in its place";
        }
        return new(line, cells, fault);
    }

    private (string Value, bool IsUnsavedFormula) ReadCell(OpenXmlReader reader)
    {
        var type = Attribute(reader, "t");
        var value = "";
        var (isFormula, hasValue) = (false, false);
        while (reader.Read() && !Ends<Cell>(reader))
        {
            if (Starts<CellFormula>(reader))
                isFormula = true;
            else if (Starts<CellValue>(reader))
                (hasValue, value) = (true, Cut(reader.GetText()));
            else if (Starts<InlineString>(reader))
                value = RichText<InlineString>(reader);
        }
        if (type == "s")
            value = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : "";
        else if (type == "b")
            value = value == "1" ? "TRUE" : "FALSE";
        return (value, isFormula && !hasValue);
    }

    private WorksheetPart? FirstVisible()
    {
        if (document.WorkbookPart is not { } workbook)
            return null;
        using var reader = Read(workbook);
        while (reader.Read())
            if (Starts<Sheet>(reader) && Attribute(reader, "state") is null or "visible"
                && reader.Attributes.FirstOrDefault(a => a.LocalName == "id").Value is { } id && workbook.TryGetPartById(id, out var part) && part is WorksheetPart first)
                return first;
        return null;
    }

    private void ReadShared()
    {
        if (document.WorkbookPart!.SharedStringTablePart is not { } part)
            return;
        using var reader = Read(part);
        var length = 0L;
        while (reader.Read())
            if (Starts<SharedStringItem>(reader))
            {
                shared.Add(RichText<SharedStringItem>(reader));
                if ((length += shared[^1].Length + 32) > MostText)
                    throw new TooMuchException();
            }
    }

    private static OpenXmlReader Read(OpenXmlPart part)
    {
        using (var nodes = part.GetStream(FileMode.Open, FileAccess.Read))
            XlsxGate.CheckNodes(nodes);
        return OpenXmlReader.Create(part);
    }

    // Text in runs; what stands in a phonetic run is how to read it aloud, and no part of it.
    private static string RichText<T>(OpenXmlReader reader)
        where T : OpenXmlElement
    {
        var text = "";
        var aloud = false;
        while (reader.Read() && !Ends<T>(reader))
        {
            if (reader.ElementType == typeof(PhoneticRun))
                aloud = reader.IsStartElement;
            else if (Starts<CellText>(reader) && !aloud && text.Length <= LongestCell)
                text += reader.GetText();
        }
        return Cut(text);
    }

    private static string Cut(string text) => text.Length > LongestCell ? text[..(LongestCell + 1)] : text;

    private static bool Starts<T>(OpenXmlReader reader) => reader.IsStartElement && reader.ElementType == typeof(T);

    private static bool Ends<T>(OpenXmlReader reader) => reader.IsEndElement && reader.ElementType == typeof(T);

    private static string? Attribute(OpenXmlReader reader, string name) => reader.Attributes.FirstOrDefault(a => a.LocalName == name && a.NamespaceUri.Length == 0).Value;

    /// <summary>From 0: "B7" is 1. Null when it is no place.</summary>
    private static int? ColumnOf(string? place)
    {
        var column = 0;
        foreach (var c in place ?? "")
        {
            if (c is < 'A' or > 'Z')
                break;
            column = Math.Min((column * 26) + (c - 'A') + 1, 1_000_000);
        }
        return column == 0 ? null : column - 1;
    }

    private static bool IsOfTheFile(Exception exception) =>
        exception is OpenXmlPackageException or InvalidDataException or InvalidOperationException or FormatException or XmlException or TooMuchException or EndOfStreamException or NotSupportedException or ArgumentException;

    private static UnreadableFile Unreadable(Exception exception) => new(exception is TooMuchException
        ? "The spreadsheet unpacks to far more than a list of people needs. Copy the list to a new spreadsheet, or save it as CSV."
        : "The spreadsheet is damaged or locked with a password, and cannot be read. Open it in your spreadsheet program and save it anew.");
}
