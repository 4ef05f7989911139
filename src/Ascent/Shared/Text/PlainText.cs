using System.Globalization;
using System.Text;

namespace Ascent.Shared.Text;

/// <summary>Rules for one line of text that people type: names, roles, reasons.</summary>
public static class PlainText
{
    // Every character of the Unicode category "space separator", and the tab.
    private static readonly char[] Blanks =
        [' ', '\t', '\u00a0', '\u1680', .. Enumerable.Range(0x2000, 11).Select(c => (char)c), '\u202f', '\u205f', '\u3000'];

    /// <summary>NFC, outer blanks removed, runs of blanks made one. Null becomes empty.</summary>
    public static string Tidy(string? typed)
    {
        if (string.IsNullOrEmpty(typed))
            return "";
        var normalised = IsWellFormed(typed) ? typed.Normalize(NormalizationForm.FormC) : typed;
        return string.Join(' ', normalised.Split(Blanks, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// True when the text holds a character that cannot belong to a line of writing: controls, line breaks, text direction
    /// overrides (they make a name read as another), unpaired surrogates, unassigned and private characters, letters that are empty.
    /// </summary>
    public static bool HasForbiddenCharacter(string text)
    {
        if (!IsWellFormed(text) || text is ['\u200c' or '\u200d', ..] or [.., '\u200c' or '\u200d'])
            return true;
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate:
                    return true;
                // Joiners are needed by several scripts, between letters; every other format character only hides or turns text.
                case UnicodeCategory.Format when rune.Value is not (0x200c or 0x200d):
                    return true;
                // The Hangul fillers and the empty Braille pattern: a name of these could not be seen.
                case UnicodeCategory.OtherLetter or UnicodeCategory.OtherSymbol when rune.Value is 0x115f or 0x1160 or 0x3164 or 0xffa0 or 0x2800:
                    return true;
            }
        }
        return false;
    }

    /// <summary>For search and comparison: compatibility form, without accents, lower case, blanks tidied. Never throws.</summary>
    public static string SearchKey(string text)
    {
        // Half a character, as a search box may send it, becomes U+FFFD, which nothing is called.
        var whole = IsWellFormed(text) ? text : string.Concat(text.EnumerateRunes());
        var decomposed = Tidy(whole).Normalize(NormalizationForm.FormKD);
        var key = new StringBuilder(decomposed.Length);
        foreach (var rune in decomposed.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                key.Append(Rune.ToLowerInvariant(rune).ToString());
        return key.ToString();
    }

    /// <summary>The beginning of a search key, at most <paramref name="longest"/> UTF-16 units and never half a character.</summary>
    public static string SearchKey(string text, int longest)
    {
        var key = SearchKey(text);
        return key.Length <= longest ? key : key[..(char.IsHighSurrogate(key[longest - 1]) ? longest - 1 : longest)];
    }

    /// <summary>The number of characters as people count them, emoji and accents included.</summary>
    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}
