using System.Security.Cryptography;

namespace Ascent.Accounts;

/// <summary>
/// Ten characters of Crockford's base 32 (crockford.com/base32.html: no I, L, O, U), written XXXXX-XXXXX: 50 random bits, read out by telephone
/// and typed back in any case.
/// </summary>
public static class ActivationCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 10;

    public static string Create() => Write(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>
    /// Reads what a person typed: case does not matter, O is 0, I and L are 1, blanks and dashes are passed over.
    /// Gives the code in its written form, or null when it is none.
    /// </summary>
    public static string? Read(string? typed)
    {
        Span<char> code = stackalloc char[Length];
        var length = 0;
        foreach (var c in typed ?? "")
        {
            if (char.IsWhiteSpace(c) || c is '-' or '‐' or '‑' or '–' or '—' or '−')
                continue;
            var letter = char.ToUpperInvariant(c) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (length == Length || !Alphabet.Contains(letter, StringComparison.Ordinal))
                return null;
            code[length++] = letter;
        }
        return length == Length ? Write(code) : null;
    }

    private static string Write(ReadOnlySpan<char> code) => $"{code[..5]}-{code[5..]}";
}
