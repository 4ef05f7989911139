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
    private const int LargestNode = 1024 * 1024;

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

    /// <summary>
    /// Before a part is read: no entities, and nothing that would have to be held as a whole, be it a text, a start tag with its
    /// attributes, or a name.
    /// </summary>
    public static void CheckNodes(Stream part)
    {
        using var metered = new MeteredStream(part, LargestNode);
        using var reader = XmlReader.Create(metered, Careful);
        while (reader.Read())
            metered.Refill();
    }

    private static bool IsIndex(string name) => name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Gives no more than the allowance between two refills, and throws when more is wanted.</summary>
internal sealed class MeteredStream(Stream inner, int allowance) : Stream
{
    private int given;

    /// <summary>All bytes that were given, however often it was refilled.</summary>
    public long Total { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Refill() => given = 0;

    public override int Read(Span<byte> buffer)
    {
        if (given >= allowance)
            throw new TooMuchException();
        // As much as is asked for: what is found wrong in a file must not hang on the pieces in which its bytes come.
        var read = inner.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        given += read;
        Total += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
