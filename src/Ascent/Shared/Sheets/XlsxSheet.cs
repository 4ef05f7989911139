using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Ascent.Shared.Csv;

namespace Ascent.Shared.Sheets;

/// <summary>
/// Reads the first sheet of an XLSX workbook (ECMA-376), row by row and in bounded memory, whatever the file says of itself: what is
/// unpacked is counted, long cells are cut, far columns are passed over. Formulas are never worked out; the value that was saved with
/// one is taken. Numbers come as they are stored, so a date is its serial number.
/// </summary>
public sealed class XlsxSheet : IDisposable
{
    /// <summary>A longer cell is cut one character beyond, so that whoever reads it sees that it was too long.</summary>
    public const int LongestCell = 1_000;

    private const int MostColumns = 100;
    private const long MostUnpacked = 64 * 1024 * 1024;
    private const long MostText = 16 * 1024 * 1024;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    private static readonly XmlReaderSettings Careful = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    private readonly ZipArchive zip;
    private readonly List<string> shared = [];
    private readonly Budget budget = new(MostUnpacked);
    private readonly char[] buffer = new char[LongestCell + 1];
    private XmlReader? sheet;
    private int line;

    private XlsxSheet(ZipArchive zip) => this.zip = zip;

    /// <param name="file">Must be able to go back. Left open.</param>
    public static Result<XlsxSheet> Open(Stream file)
    {
        XlsxSheet? opened = null;
        try
        {
            opened = new XlsxSheet(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
            if (opened.FindSheet() is not { } path)
            {
                opened.Dispose();
                return new UnreadableFile("This is a ZIP file but not a spreadsheet in the XLSX format: open it in your spreadsheet program and save it as XLSX or CSV.");
            }
            opened.ReadShared();
            opened.sheet = opened.Part(path);
            return opened;
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
                if (Is(sheet, "row") && ReadRow() is { } row && row.Cells.Any(c => c.Length > 0))
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
        zip.Dispose();
    }

    private CsvRow ReadRow()
    {
        line = int.TryParse(sheet!.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : line + 1;
        var cells = new List<string>();
        string? fault = null;
        if (sheet.IsEmptyElement)
            return new(line, cells, null);
        var depth = sheet.Depth;
        var next = 0;
        while (sheet.Read() && sheet.Depth > depth)
        {
            if (!Is(sheet, "c"))
                continue;
            var column = ColumnOf(sheet.GetAttribute("r")) ?? next;
            next = column + 1;
            var (value, isUnsaved) = ReadCell();
            if (column >= MostColumns)
                continue;
            while (cells.Count <= column)
                cells.Add("");
            cells[column] = value;
            if (isUnsaved)
                fault ??= $"cell {(char)('A' + (column % 26))}{line} is a formula, and its value was not saved with it: put the value in its place";
        }
        return new(line, cells, fault);
    }

    private (string Value, bool IsUnsavedFormula) ReadCell()
    {
        var type = sheet!.GetAttribute("t");
        if (sheet.IsEmptyElement)
            return ("", false);
        var depth = sheet.Depth;
        var value = "";
        var (isFormula, hasValue) = (false, false);
        while (sheet.Read() && sheet.Depth > depth)
        {
            if (Is(sheet, "f"))
                isFormula = true;
            else if (Is(sheet, "v"))
            {
                hasValue = true;
                value = Text(sheet);
            }
            else if (Is(sheet, "is"))
                value = RichText(sheet);
        }
        if (type == "s")
            value = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : "";
        else if (type == "b")
            value = value == "1" ? "TRUE" : "FALSE";
        return (value, isFormula && !hasValue);
    }

    private string? FindSheet()
    {
        if (zip.GetEntry("xl/workbook.xml") is null)
            return null;
        string? id = null;
        using (var workbook = Part("xl/workbook.xml"))
            while (id is null && workbook.Read())
                if (Is(workbook, "sheet"))
                    id = workbook.GetAttribute("id", Relations) ?? workbook.GetAttribute("id", StrictRelations);
        if (id is null || zip.GetEntry("xl/_rels/workbook.xml.rels") is null)
            return null;
        using var relations = Part("xl/_rels/workbook.xml.rels");
        while (relations.Read())
            if (relations.NodeType == XmlNodeType.Element && relations.LocalName == "Relationship" && relations.GetAttribute("Id") == id && relations.GetAttribute("Target") is { } target)
                return target.StartsWith('/') ? target[1..] : $"xl/{target}";
        return null;
    }

    private void ReadShared()
    {
        if (zip.GetEntry("xl/sharedStrings.xml") is null)
            return;
        using var strings = Part("xl/sharedStrings.xml");
        long length = 0;
        while (strings.Read())
            if (Is(strings, "si"))
            {
                shared.Add(RichText(strings));
                length += shared[^1].Length + 32;
                if (length > MostText)
                    throw new TooMuchException();
            }
    }

    private XmlReader Part(string path) =>
        XmlReader.Create(new CountedStream((zip.GetEntry(path) ?? throw new InvalidDataException($"{path} is missing.")).Open(), budget), Careful);

    // Text in runs; what stands in rPh is how to read it aloud, and no part of it.
    private string RichText(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        var text = "";
        while (reader.Read() && reader.Depth > depth)
            if (Is(reader, "rPh"))
                reader.Skip();
            else if (Is(reader, "t") && text.Length <= LongestCell)
                text += Text(reader);
        return text.Length > LongestCell ? text[..(LongestCell + 1)] : text;
    }

    private string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        var length = 0;
        while (reader.Read() && reader.Depth > depth)
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
                for (int read; length < buffer.Length && (read = reader.ReadValueChunk(buffer, length, buffer.Length - length)) > 0;)
                    length += read;
        return new(buffer, 0, length);
    }

    private static bool Is(XmlReader reader, string name) =>
        reader.NodeType == XmlNodeType.Element && reader.LocalName == name && (reader.NamespaceURI is Main or StrictMain);

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

    private static bool IsOfTheFile(Exception exception) => exception is InvalidDataException or XmlException or TooMuchException or EndOfStreamException or NotSupportedException or ArgumentException;

    private static UnreadableFile Unreadable(Exception exception) => new(exception is TooMuchException
        ? "The spreadsheet unpacks to far more than a list of people needs. Copy the list to a new spreadsheet, or save it as CSV."
        : "The spreadsheet is damaged or locked with a password, and cannot be read. Open it in your spreadsheet program and save it anew.");

    private sealed class TooMuchException : Exception;

    private sealed class Budget(long bytes)
    {
        public void Spend(int count)
        {
            bytes -= count;
            if (bytes < 0)
                throw new TooMuchException();
        }
    }

    /// <summary>Counts what is really unpacked: what a ZIP file says of its sizes may be false.</summary>
    private sealed class CountedStream(Stream inner, Budget budget) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            budget.Spend(read);
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
