namespace Ascent.Shared;

/// <summary>What is wrong with a UPN, in the order and with the numbers of the school census's rules.</summary>
public enum UpnFault
{
    Missing = 1500,
    CheckLetter = 1510,
    Authority = 1530,
    Digits = 1540,
    Last = 1550,

    /// <summary>Not 13 characters; the census has no number for it.</summary>
    Length = 1,
}

/// <summary>
/// A unique pupil number: check letter, number of the authority and of the school that gave it, year, serial. It says nothing of the school
/// that the pupil is in. A temporary one ends with a letter, and is replaced when the permanent one is known.
/// Source: DfE, Unique pupil numbers guide 1.2 (2019); GDSC, UniquePupilNumber 2.0.
/// </summary>
public readonly record struct Upn
{
    public const int Length = 13;

    /// <summary>The letters that stand for 0 to 22: no I, O or S.</summary>
    internal const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    private Upn(string text) => Text = text;

    /// <summary>13 characters, in capitals.</summary>
    public string Text { get; }

    public bool IsTemporary => char.IsAsciiLetter(Text[^1]);

    /// <summary>Reads a UPN as people and files write it; spaces round it and small letters do not matter.</summary>
    /// <returns>The number, or everything that is wrong with it; never both.</returns>
    public static (Upn? Upn, IReadOnlyList<UpnFault> Faults) Read(string? typed)
    {
        var text = (typed ?? "").Trim().ToUpperInvariant();
        if (text.Length == 0)
            return (null, [UpnFault.Missing]);
        if (text.Length != Length)
            return (null, [UpnFault.Length]);
        var faults = Faults(text).ToArray();
        return faults.Length == 0 ? (new Upn(text), []) : (null, faults);
    }

    /// <summary>A reason code of the census in place of a number: UN1 to UN7. No UPN, and no fault.</summary>
    public static bool IsReason(string? typed) => (typed ?? "").Trim().ToUpperInvariant() is ['U', 'N', >= '1' and <= '7'];

    /// <summary>What each reason code says. Source: the guides of the returns on looked-after children (SSDA903) and children in need.</summary>
    public static string ReasonInWords(string reason) => reason switch
    {
        "UN1" => "not of school age yet",
        "UN2" => "has never been in a state school in England",
        "UN3" => "has come from outside the United Kingdom",
        "UN4" => "newly looked after, UPN not known yet",
        "UN5" => "sources disagree on the UPN",
        _ => "no UPN, reason given",
    };

    /// <param name="last12">Characters 2 to 13: digits, of which the last may be one of <see cref="Letters"/>.</param>
    /// <returns>The letter that has to stand before them.</returns>
    public static char CheckLetter(ReadOnlySpan<char> last12)
    {
        var sum = 0;
        for (var i = 0; i < last12.Length; i++)
            sum += (i + 2) * (char.IsAsciiDigit(last12[i]) ? last12[i] - '0' : Letters.IndexOf(last12[i], StringComparison.Ordinal));
        return Letters[sum % Letters.Length];
    }

    private static IEnumerable<UpnFault> Faults(string text)
    {
        var digits = text[4..12].All(char.IsAsciiDigit);
        var authority = text[1..4];
        var last = char.IsAsciiDigit(text[^1]) || Letters.Contains(text[^1], StringComparison.Ordinal);
        // The letter can be worked out only where everything after it is sound.
        var computable = digits && last && authority.All(char.IsAsciiDigit);
        if (computable ? CheckLetter(text.AsSpan(1)) != text[0] : !Letters.Contains(text[0], StringComparison.Ordinal))
            yield return UpnFault.CheckLetter;
        if (!AuthorityNumbers.Includes(authority))
            yield return UpnFault.Authority;
        if (!digits)
            yield return UpnFault.Digits;
        if (!last)
            yield return UpnFault.Last;
    }

    public override string ToString() => Text;
}

/// <summary>The faults of a UPN in words, with what to do.</summary>
public static class UpnWords
{
    public static string Of(UpnFault fault) => fault switch
    {
        UpnFault.Missing => "there is no UPN",
        UpnFault.Length => $"a UPN has {Upn.Length} characters",
        UpnFault.CheckLetter => "the first letter does not fit the rest: a character is wrong, or two have changed places",
        UpnFault.Authority => "characters 2 to 4 are not the number of a local authority",
        UpnFault.Digits => "characters 5 to 12 have to be digits; O is often typed for 0",
        UpnFault.Last => "the last character has to be a digit, or in a temporary UPN a letter, and never I, O or S",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
