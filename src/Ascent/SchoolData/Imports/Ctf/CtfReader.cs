using System.Globalization;
using System.Xml;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Sheets;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>
/// Reads a Common Transfer File pupil by pupil, in bounded memory and forward only: elements by name, in whatever order, with or without a
/// namespace. Nothing that a file holds throws. What is kept of it is judged elsewhere (<see cref="PupilInFile"/>).
/// Source: the DfE's CTF specifications; element names as GIAP, MTC and public importers read and write them.
/// </summary>
public sealed class CtfReader : IDisposable
{
    private readonly CtfCursor cursor;
    private readonly DateOnly today;
    private readonly int root;
    private int pupils = -1;
    private bool ended;

    private CtfReader(CtfCursor cursor, int root, CtfHeader header, DateOnly today)
    {
        this.cursor = cursor;
        this.root = root;
        this.today = today;
        Header = header;
    }

    public CtfHeader Header { get; }

    /// <summary>How many pupils have been read, those that could not be understood among them.</summary>
    public int Pupils { get; private set; }

    /// <summary>Bytes that were taken from the file so far; some thousands ahead of the pupil in hand.</summary>
    public long Position => cursor.Position;

    /// <summary>Why reading stopped before the end of the file; null when it came to the end. Known when <see cref="Next"/> has given null.</summary>
    public Refusal? BrokeOff { get; private set; }

    /// <summary>Reads the header.</summary>
    /// <param name="file">Read on from where it stands, and left open.</param>
    /// <param name="today">The day in England, for which version is in use and who has free meals now.</param>
    /// <returns>The file, or in words why it is none (<see cref="UnreadableFile"/>, <see cref="NotACtf"/>, <see cref="WrongCtfVersion"/>).</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<CtfReader> Open(Stream file, DateOnly today)
    {
        var cursor = new CtfCursor(file);
        var opened = Guarded(() => Open(cursor, today), CtfFaults.AtTheBeginning);
        if (!opened.Succeeded)
            cursor.Dispose();
        return opened;
    }

    /// <returns>Null at the end of the file, or where it breaks off (<see cref="BrokeOff"/>).</returns>
    public PupilInFile? Next()
    {
        if (ended)
            return null;
        var next = Guarded<PupilInFile?>(() => Step(), (exception, line) => CtfFaults.InTheMiddle(exception, line ?? cursor.Line, Pupils));
        BrokeOff = next.Succeeded ? null : next.Refusals[0];
        ended = !next.Succeeded || next.Value is null;
        return ended ? null : next.Value;
    }

    /// <summary>Every pupil from here on.</summary>
    public IEnumerable<PupilInFile> Read()
    {
        while (Next() is { } pupil)
            yield return pupil;
    }

    public void Dispose() => cursor.Dispose();

    private static Result<CtfReader> Open(CtfCursor cursor, DateOnly today)
    {
        cursor.ReadRoot();
        if (cursor.Name != "CTfile")
            return new NotACtf(cursor.Name == "ATfile"
                ? "This is an admissions file (ATF), not a Common Transfer File: it holds applications, not pupils. Ask the school or the authority for the CTF."
                : $"This is an XML file, but not a Common Transfer File: it begins with <{Short(cursor.Name)}>, a CTF begins with <CTfile>.");
        var root = cursor.Enter();
        if (!cursor.NextIn(root) || cursor.Name != "Header")
            return new NotACtf("The file begins like a Common Transfer File, but its header does not come first. Export it again from the program that made it.");
        var header = CtfHeaderText.Read(cursor);
        var now = AcademicYear.Of(today);
        return IsVersionOf(now, header.Version) || IsVersionOf(now.Previous, header.Version)
            ? new CtfReader(cursor, root, header, today)
            : new WrongCtfVersion(Short(header.Version), now);
    }

    // "26.0", and "26" as some programs write it.
    private static bool IsVersionOf(AcademicYear year, string version) => version == year.CtfVersion || version == year.CtfVersion[..2];

    private PupilInFile? Step()
    {
        while (true)
        {
            if (pupils < 0)
            {
                if (!cursor.NextIn(root))
                {
                    cursor.Finish();
                    return null;
                }
                pupils = cursor.Name == "CTFpupilData" ? cursor.Enter() : -1;
            }
            else if (!cursor.NextIn(pupils))
                pupils = -1;
            else if (cursor.Name == "Pupil")
            {
                var pupil = new CtfPupil(cursor, Pupils + 1, today).Read();
                Pupils++;
                return pupil;
            }
        }
    }

    private static Result<T> Guarded<T>(Func<Result<T>> read, Func<Exception, int?, Refusal> refuse)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is XmlException or CtfLimitException or TooMuchException or System.Text.DecoderFallbackException)
        {
            return refuse(exception, exception is XmlException { LineNumber: > 0 and var line } ? line : null);
        }
    }

    private static string Short(string text) => PlainText.HasForbiddenCharacter(text) ? "?" : text.Length > 40 ? $"{text[..40]}…" : text;
}

/// <summary>What the XML reader finds wrong, in words for people who have never seen XML.</summary>
internal static class CtfFaults
{
    public static Refusal AtTheBeginning(Exception exception, int? line) => exception switch
    {
        TooMuchException or CtfLimitException => new NotACtf($"This is no Common Transfer File: {Limit(exception)}."),
        XmlException when IsDocumentType(exception) => new NotACtf("The file has a document type (<!DOCTYPE>) in it. No Common Transfer File has one, and it can be used for attacks, so the file was not read any further."),
        XmlException when IsEncoding(exception) || exception is System.Text.DecoderFallbackException => new UnreadableFile($"The file says of itself how its letters are written, but they are written otherwise{At(line)}. Export it again from the program that made it, without editing it."),
        XmlException { LineNumber: <= 1, LinePosition: <= 1 } => new UnreadableFile("This is not an XML file, and a Common Transfer File is one: its name ends with .xml. Choose the file again; if it is packed (.zip), unpack it first."),
        _ => new UnreadableFile($"The file breaks off or is damaged{At(line)}, before the first pupil. Export it again from the program that made it."),
    };

    public static Refusal InTheMiddle(Exception exception, int line, int pupils)
    {
        var after = pupils == 0 ? "before the first pupil" : string.Create(CultureInfo.InvariantCulture, $"after {InWords.Count(pupils, "pupil", "pupils")}");
        var at = string.Create(CultureInfo.InvariantCulture, $"at line {line:N0}");
        return new CtfBrokeOff(pupils, line, exception switch
        {
            TooMuchException or CtfLimitException => $"The file cannot be read any further {after}, {at}: {Limit(exception)}. Export it again from the program that made it.",
            _ when IsEncoding(exception) => $"The file cannot be read any further {after}, {at}: its letters are written otherwise than it says of itself. Export it again from the program that made it, without editing it.",
            _ => $"The file breaks off or is damaged {after}, {at}. Perhaps it was not downloaded or copied to its end: export it again from the program that made it.",
        });
    }

    private static string Limit(Exception exception) => exception is CtfLimitException ? exception.Message : "an element is longer than anything that a CTF holds";

    // The runtime says these two in no other way.
    private static bool IsDocumentType(Exception exception) => exception.Message.Contains("DTD", StringComparison.Ordinal);

    private static bool IsEncoding(Exception exception) => exception is System.Text.DecoderFallbackException
        || exception.Message.Contains("encoding", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("Byte Order Mark", StringComparison.Ordinal);

    private static string At(int? line) => line is { } number ? string.Create(CultureInfo.InvariantCulture, $" (line {number:N0})") : "";
}
