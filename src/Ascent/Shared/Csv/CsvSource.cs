using System.Security.Cryptography;
using System.Text;

namespace Ascent.Shared.Csv;

/// <summary>The file as a whole is nothing that can be read as comma-separated text; says what it is instead, or what to do.</summary>
public sealed record UnreadableFile(string Message) : Refusal("file-unreadable", Message, RefusalKind.Refused);

/// <summary>What a file of text is, found out by reading it once from end to end.</summary>
/// <param name="Encoding">
/// UTF-8 where the file says so, or where every byte of it is sound UTF-8; otherwise Windows-1252, in which every byte means something.
/// </param>
/// <param name="Sha256">Of the whole file, 32 bytes.</param>
public sealed record CsvSource(Encoding Encoding, int MarkLength, long Length, byte[] Sha256)
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Finds the encoding, and refuses what is no text. Bounded memory.</summary>
    /// <param name="file">Read from its beginning, and left there. It must be able to go back.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<CsvSource> Inspect(Stream file)
    {
        file.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, characters) = (new byte[65_536], new char[65_536 + 1]);
        var (isUtf8, mark, length, read) = (true, 0, 0L, 0);
        while ((read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            var part = bytes.AsSpan(0, read);
            if (length == 0 && NoText(part) is { } refusal)
                return refusal;
            if (length == 0 && part.StartsWith(Encoding.UTF8.Preamble))
                mark = Encoding.UTF8.Preamble.Length;
            hash.AppendData(part);
            length += read;
            isUtf8 = isUtf8 && Decodes(utf8, part, characters, flush: false);
        }
        isUtf8 = isUtf8 && Decodes(utf8, [], characters, flush: true);
        file.Position = 0;
        if (length == mark)
            return new UnreadableFile("The file is empty.");
        if (mark > 0 && !isUtf8)
            return new UnreadableFile("The file begins as UTF-8 but has bytes in it that are no UTF-8: it was damaged, or put together from two files. Download it again.");
        return new CsvSource(isUtf8 ? Encoding.UTF8 : Windows1252, mark, length, hash.GetHashAndReset());
    }

    /// <summary>The text from its first character on. Leaves the file open.</summary>
    public TextReader Open(Stream file)
    {
        file.Position = MarkLength;
        return new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true);
    }

    private static UnreadableFile? NoText(ReadOnlySpan<byte> begin)
    {
        if (begin.StartsWith("PK\u0003\u0004"u8))
            return new("This is a ZIP file or a spreadsheet, not a CSV file. Unpack it, or save the spreadsheet as CSV, first.");
        if (begin.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return new("This file is packed (gzip), not a CSV file. Unpack it first.");
        if (begin.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || begin.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            return new("The file is in UTF-16. Save it as CSV in UTF-8, or take it as it was downloaded.");
        return begin[..Math.Min(begin.Length, 4096)].Contains((byte)0) ? new("This is not a CSV file: it holds bytes that no text has.") : null;
    }

    private static bool Decodes(Decoder utf8, ReadOnlySpan<byte> part, Span<char> scratch, bool flush)
    {
        try
        {
            utf8.GetChars(part, scratch, flush);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false; // The decoder has no other way to say so.
        }
    }
}
