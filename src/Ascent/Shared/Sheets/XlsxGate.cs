using System.IO.Compression;
using System.Xml;

namespace Ascent.Shared.Sheets;

/// <summary>The spreadsheet wants more memory or time than any list needs.</summary>
internal sealed class TooMuchException : Exception;

/// <summary>
/// Looks at a workbook before the library does. The library reads XLSX; it bounds nothing, since it cannot know what we are ready to read.
/// </summary>
internal static class XlsxGate
{
    private const int MostEntries = 2_000;
    private const long MostUnpacked = 64 * 1024 * 1024;

    // Relations and content types are read as a whole when a workbook is opened.
    private const long MostOfAnIndex = 1024 * 1024;

    // Excel itself allows 32,767 characters in a cell.
    private const int LongestText = 1024 * 1024;

    private static readonly XmlReaderSettings Careful = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    /// <summary>
    /// Before the workbook is opened: how much it unpacks to. What it says of its sizes may be false; but nobody gets more out of an entry
    /// than it says, since <see cref="ZipArchive"/> stops there.
    /// </summary>
    public static void CheckSizes(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var unpacked = 0L;
        if (zip.Entries.Count > MostEntries)
            throw new TooMuchException();
        foreach (var entry in zip.Entries)
            if ((unpacked += entry.Length) > MostUnpacked || (entry.Length > MostOfAnIndex && IsIndex(entry.FullName)))
                throw new TooMuchException();
        file.Position = 0;
    }

    /// <summary>Before a part is read: no entities, and no text or attribute that would have to be held as a whole.</summary>
    public static void CheckText(Stream part)
    {
        using var reader = XmlReader.Create(part, Careful);
        var scratch = new char[4096];
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
                CheckAttributes(reader);
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                for (int length = 0, read; (read = reader.ReadValueChunk(scratch, 0, scratch.Length)) > 0;)
                    if ((length += read) > LongestText)
                        throw new TooMuchException();
        }
    }

    private static void CheckAttributes(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
            if (reader.Value.Length > LongestText)
                throw new TooMuchException();
    }

    private static bool IsIndex(string name) => name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);
}
