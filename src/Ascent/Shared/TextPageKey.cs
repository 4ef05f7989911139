using System.Buffers.Text;
using System.Text;

namespace Ascent.Shared;

/// <summary>The same as <see cref="PageKey"/> for rows that stand in the order of a text.</summary>
public readonly record struct TextPageKey(string Text, Guid Id)
{
    private const int Longest = 2000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else, which then means the first page.</summary>
    public static TextPageKey? Read(string? text)
    {
        var parts = text?.Length <= Longest ? text.Split('.') : [];
        if (parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id) || !Base64Url.IsValid(parts[0]))
            return null;
        try
        {
            var words = Strict.GetString(Base64Url.DecodeFromChars(parts[0]));
            // One of the two databases keeps no such character, and no name has it.
            return words.Contains('\0', StringComparison.Ordinal) ? null : new(words, id);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Text))}.{Id:N}";
}
