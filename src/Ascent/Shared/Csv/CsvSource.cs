using System.Security.Cryptography;
using System.Text;

namespace Ascent.Shared.Csv;

/// <summary>The file as a whole is nothing that can be read as comma-separated text; says what it is instead, or what to do.</summary>
public sealed record UnreadableFile(string Message) : Refusal("file-unreadable", Message, RefusalKind.Refused);

/// <summary>What a file of text is, found out by reading it once from end to end.</summary>
/// <param name="Encoding">
/// What the mark at its beginning says; without one UTF-8 where every byte of it is sound UTF-8, otherwise Windows-1252, in which every
/// byte means something.
/// </param>
/// <param name="Sha256">Of the whole file, 32 bytes.</param>
public sealed record CsvSource(Encoding Encoding, int MarkLength, long Length, byte[] Sha256)
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    // What spreadsheet programs call "CSV UTF-8" and "Unicode text".
    private static readonly Encoding[] Marked = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>There are bytes in it that mean nothing in the encoding that the file itself says; they are read as U+FFFD.</summary>
    public bool IsDamaged { get; private init; }

    public string EncodingName => Encoding is UnicodeEncoding ? "UTF-16" : Encoding == Windows1252 ? "Windows-1252" : "UTF-8";

    /// <summary>Finds the encoding, and refuses what is no text. Bounded memory.</summary>
    /// <param name="file">Read from its beginning, and left there. It must be able to go back.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<CsvSource> Inspect(Stream file)
    {
        file.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Encoding? marked = null;
        var strict = StrictDecoder(Encoding.UTF8);
        var (bytes, characters) = (new byte[65_536], new char[65_536 + 1]);
        var (isSound, length, read) = (true, 0L, 0);
        while ((read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            var part = bytes.AsSpan(0, read);
            if (length == 0)
            {
                marked = MarkOf(part);
                if (NoText(part, marked) is { } refusal)
                    return refusal;
                strict = StrictDecoder(marked ?? Encoding.UTF8);
            }
            hash.AppendData(part);
            length += read;
            isSound = isSound && Decodes(strict, part, characters, flush: false);
        }
        isSound = isSound && Decodes(strict, [], characters, flush: true);
        file.Position = 0;
        var mark = marked?.Preamble.Length ?? 0;
        if (length == mark)
            return new UnreadableFile("The file is empty.");
        return new CsvSource(marked ?? (isSound ? Encoding.UTF8 : Windows1252), mark, length, hash.GetHashAndReset()) { IsDamaged = marked is not null && !isSound };
    }

    /// <summary>The text from its first character on. Leaves the file open.</summary>
    public TextReader Open(Stream file)
    {
        file.Position = MarkLength;
        return new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true);
    }

    private static Encoding? MarkOf(ReadOnlySpan<byte> begin)
    {
        foreach (var encoding in Marked)
            if (begin.StartsWith(encoding.Preamble))
                return encoding;
        return null;
    }

    private static Decoder StrictDecoder(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict.GetDecoder();
    }

    private static UnreadableFile? NoText(ReadOnlySpan<byte> begin, Encoding? marked)
    {
        if (begin.StartsWith("PK\u0003\u0004"u8))
            return new("This is a ZIP file or a spreadsheet, not a CSV file. Unpack it, or save the spreadsheet as CSV, first.");
        if (begin.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return new("This file is packed (gzip), not a CSV file. Unpack it first.");
        return marked is not UnicodeEncoding && begin[..Math.Min(begin.Length, 4096)].Contains((byte)0) ? new("This is not a CSV file: it holds bytes that no text has.") : null;
    }

    private static bool Decodes(Decoder strict, ReadOnlySpan<byte> part, Span<char> scratch, bool flush)
    {
        try
        {
            strict.GetChars(part, scratch, flush);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false; // The decoder has no other way to say so.
        }
    }
}
