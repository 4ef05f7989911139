using System.Text;
using System.Text.RegularExpressions;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>What the first line of an XML file says of its encoding, where the framework does not know that name by itself.</summary>
internal static partial class DeclaredEncoding
{
    private const int LongestDeclaration = 200;

    /// <returns>Windows-1252 when the file says so; null for everything else, which the XML reader finds out by itself.</returns>
    public static Encoding? Find(Stream file)
    {
        if (!file.CanSeek)
            return null;
        var from = file.Position;
        Span<byte> begin = stackalloc byte[LongestDeclaration];
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = from;
        return Declared().IsMatch(Encoding.Latin1.GetString(begin[..read]))
            ? CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            : null;
    }

    [GeneratedRegex("""^<\?xml[^>]*\sencoding\s*=\s*["'](windows-1252|cp1252|x-ansi)["']""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Declared();
}
