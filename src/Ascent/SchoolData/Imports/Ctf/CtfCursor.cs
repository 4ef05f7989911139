using System.Text;
using System.Xml;
using Ascent.Shared.Sheets;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>The file has something that no CTF has; the message is the end of a sentence.</summary>
internal sealed class CtfLimitException(string message) : Exception(message);

/// <summary>
/// Goes through the elements of a file, forward only and by name. Nothing is held but the element in hand: no document types and entities,
/// nothing from elsewhere, no long node, no deep nesting, and no unbounded number of names.
/// </summary>
internal sealed class CtfCursor : IDisposable
{
    /// <summary>In characters. The longest text of a CTF, an attendance pattern, has some 800.</summary>
    public const int LongestText = 65_536;

    public const int Deepest = 32;

    // In bytes, between two nodes: a longest text of long characters, and what the reader takes ahead.
    private const int LongestNode = 4 * LongestText;

    private readonly MeteredStream metered;
    private readonly XmlReader reader;

    public CtfCursor(Stream file)
    {
        metered = new MeteredStream(file, LongestNode);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true, NameTable = new FewNames(),
        };
        reader = DeclaredEncoding.Find(file) is { } encoding
            ? XmlReader.Create(new StreamReader(metered, encoding, detectEncodingFromByteOrderMarks: false), settings)
            : XmlReader.Create(metered, settings);
    }

    /// <summary>Of the element in hand, without a prefix.</summary>
    public string Name => reader.LocalName;

    public int Line => (reader as IXmlLineInfo)?.LineNumber ?? 0;

    /// <summary>Bytes that were taken from the file.</summary>
    public long Position => metered.Total;

    /// <summary>Goes to the root element.</summary>
    public void ReadRoot()
    {
        while (Read() && reader.NodeType != XmlNodeType.Element)
        {
        }
    }

    /// <summary>Goes into the element in hand.</summary>
    /// <returns>For <see cref="NextIn"/>.</returns>
    public int Enter() => reader.IsEmptyElement ? -1 : reader.Depth;

    /// <summary>Goes to the next element directly inside; what was not read of the one before is passed over.</summary>
    /// <param name="depth">What <see cref="Enter"/> gave.</param>
    public bool NextIn(int depth)
    {
        while (depth >= 0 && Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
                return true;
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)
                return false;
        }
        return false;
    }

    /// <summary>The text directly inside the element in hand, without blanks round it.</summary>
    public string Text()
    {
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        var text = "";
        StringBuilder? more = null;
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.Depth != depth + 1 || reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA))
                continue;
            if (text.Length == 0)
                text = reader.Value;
            else
                (more ??= new StringBuilder(text)).Append(reader.Value);
            if (Math.Max(text.Length, more?.Length ?? 0) > LongestText)
                throw new CtfLimitException("an element is longer than anything that a CTF holds");
        }
        return (more?.ToString() ?? text).Trim();
    }

    /// <summary>Goes to the end of the file: what is not well-formed behind the root is found there.</summary>
    public void Finish()
    {
        while (Read())
        {
        }
    }

    public void Dispose() => reader.Dispose();

    private bool Read()
    {
        metered.Refill();
        if (!reader.Read())
            return false;
        if (reader.Depth > Deepest)
            throw new CtfLimitException("its elements are nested deeper than those of any CTF");
        return true;
    }

    /// <summary>The reader keeps every name it has met for good; a file that invents names would fill the memory.</summary>
    private sealed class FewNames : NameTable
    {
        private const int Most = 5_000;

        private int count;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known)
                return known;
            return ++count > Most ? throw new CtfLimitException("it has thousands of kinds of elements") : base.Add(key, start, len);
        }
    }
}
