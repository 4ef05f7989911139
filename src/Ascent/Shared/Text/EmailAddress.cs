using System.Globalization;
using System.Text;

namespace Ascent.Shared.Text;

/// <summary>
/// An email address as typed, and the key by which two are the same: NFC, case-folded, the domain in ASCII. Dots and plus
/// signs count. The pattern is narrower than RFC 5322 on purpose (no quoted local part, no address literal, a dot in the domain).
/// </summary>
public sealed record EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string typed, string key, bool mixesScripts)
    {
        Typed = typed;
        Key = key;
        MixesScripts = mixesScripts;
    }

    /// <summary>The address as typed, without outer blanks; at most 254 characters.</summary>
    public string Typed { get; }

    /// <summary>What makes two addresses the same.</summary>
    public string Key { get; }

    /// <summary>True when one part of the address mixes alphabets, as look-alike addresses do.</summary>
    public bool MixesScripts { get; }

    public override string ToString() => Typed;

    /// <summary>Reads an address; null when it is none. Never throws.</summary>
    public static EmailAddress? Parse(string? typed)
    {
        var text = typed?.Trim() ?? "";
        var at = text.LastIndexOf('@');
        if (at < 1 || text.Length > 254 || PlainText.HasForbiddenCharacter(text))
            return null;
        var local = text[..at].Normalize(NormalizationForm.FormC);
        var domain = text[(at + 1)..].Normalize(NormalizationForm.FormC);
        if (!IsLocalPart(local) || AsciiDomain(domain) is not { } ascii)
            return null;
        var mixes = Scripts.Mixes(local) || domain.Split('.').Any(Scripts.Mixes);
        return new(text, $"{Fold(local)}@{ascii}", mixes);
    }

    private static bool IsLocalPart(string local) =>
        Encoding.UTF8.GetByteCount(local) <= 64
        && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.EnumerateRunes().All(rune => !rune.IsAscii || Rune.IsLetterOrDigit(rune) || ".!#$%&'*+/=?^_`{|}~-".Contains((char)rune.Value, StringComparison.Ordinal))
        && !local.EnumerateRunes().Any(Rune.IsWhiteSpace);

    private static string? AsciiDomain(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            var labels = ascii.Split('.');
            var sound = ascii.Length <= 253 && labels.Length >= 2 && labels.All(label => label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-'
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                && !labels[^1].All(char.IsAsciiDigit);
            return sound ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null; // IdnMapping tells "not a domain" only by throwing.
        }
    }

    // Upper then lower folds the pairs that lower case alone keeps apart (such as final sigma).
    private static string Fold(string text) => text.ToUpperInvariant().ToLowerInvariant();
}
