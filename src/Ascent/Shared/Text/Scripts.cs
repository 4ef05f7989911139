using System.Text;

namespace Ascent.Shared.Text;

/// <summary>
/// Tells the alphabets that are used to imitate one another apart, by Unicode block (The Unicode Standard, Blocks.txt).
/// Not a full script table: letters outside these blocks count as one further alphabet.
/// </summary>
internal static class Scripts
{
    private enum Script { None, Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Cherokee, Other }

    /// <summary>True when the letters come from more than one alphabet.</summary>
    public static bool Mixes(string text)
    {
        var seen = Script.None;
        foreach (var rune in text.EnumerateRunes())
        {
            var script = Of(rune);
            if (script == Script.None)
                continue;
            if (seen != Script.None && seen != script)
                return true;
            seen = script;
        }
        return false;
    }

    private static Script Of(Rune rune)
    {
        if (!Rune.IsLetter(rune))
            return Script.None;
        return rune.Value switch
        {
            <= 0x024f or (>= 0x1e00 and <= 0x1eff) or (>= 0x2c60 and <= 0x2c7f) or (>= 0xa720 and <= 0xa7ff) or (>= 0xff21 and <= 0xff5a) => Script.Latin,
            >= 0x0250 and <= 0x02af => Script.Latin,
            (>= 0x0370 and <= 0x03ff) or (>= 0x1f00 and <= 0x1fff) => Script.Greek,
            (>= 0x0400 and <= 0x052f) or (>= 0x1c80 and <= 0x1c8f) or (>= 0x2de0 and <= 0x2dff) or (>= 0xa640 and <= 0xa69f) => Script.Cyrillic,
            >= 0x0530 and <= 0x058f => Script.Armenian,
            >= 0x0590 and <= 0x05ff => Script.Hebrew,
            (>= 0x0600 and <= 0x06ff) or (>= 0x0750 and <= 0x077f) => Script.Arabic,
            (>= 0x13a0 and <= 0x13ff) or (>= 0xab70 and <= 0xabbf) => Script.Cherokee,
            _ => Script.Other,
        };
    }
}
