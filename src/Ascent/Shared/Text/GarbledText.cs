using System.Text;
using System.Text.RegularExpressions;

namespace Ascent.Shared.Text;

/// <summary>Text that was read in another encoding than it was written in, as happens when a file was put together from two.</summary>
public static partial class GarbledText
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>A character that could not be read, or one of the controls that no keyboard writes and Windows-1252 leaves free.</summary>
    public static bool HasLostCharacter(string text) => text.AsSpan().ContainsAnyInRange('\u0080', '\u009f') || text.Contains('\ufffd', StringComparison.Ordinal);

    /// <summary>"Zoë" for "ZoÃ«": what a text says when it is UTF-8 that was read as Windows-1252; null when it is no such text.</summary>
    public static string? Repair(string text)
    {
        if (!Looks().IsMatch(text))
            return null;
        try
        {
            var repaired = Utf8.GetString(Windows1252.GetBytes(text));
            return repaired.Length < text.Length ? repaired : null;
        }
        catch (Exception exception) when (exception is EncoderFallbackException or DecoderFallbackException)
        {
            return null;
        }
    }

    // The first bytes of letters with accents and of typographic quotation marks. After Ä and Å, which names have, only signs that no name has.
    [GeneratedRegex("[ÂÃ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|[ÄÅ][\u0080-\u009f\u00a1-\u00bf‚ƒ„…†‡ˆ‰‹•˜™š›œžŸ€]|â€.", RegexOptions.CultureInvariant)]
    private static partial Regex Looks();
}
