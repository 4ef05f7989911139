using System.Text;
using Ascent.Shared.Text;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.Shared.Text;

public sealed class EmailAddressProperties
{
    // Letters that fold, compose, look alike or end a name in a peculiar way, beside everything else.
    private static readonly Gen<string> Peculiar = Gen.OneOf(
        Gen.Char.AlphaNumeric.Select(c => c.ToString()), Gen.Char.Select(c => c.ToString()),
        OneOf.These("@", ".", "-", "+", "e\u0301", "ß", "İ", "ı", "ſ", "ς", "Σ", "а", "Å", "ﬁ", "😀", "\u200d", "xn--", "\ud800", "Ⱥ", "日本", "\r\n", "\0", "\u202e", "＠", "。"));

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Peculiar.Array[0, 12].Select(string.Concat),
        Gen.Select(Peculiar.Array[1, 8].Select(string.Concat), Peculiar.Array[1, 8].Select(string.Concat), (local, domain) => $"{local}@{domain}.example"),
        Gen.Select(Gen.Char.AlphaNumeric.Array[1, 10], OneOf.These("é", "Ö", "ñ", "å", "ß", "ς"), (letters, accent) => $"{new string(letters)}{accent}@school.example"),
        // A saved input with one more piece in it.
        Gen.Select(OneOf.These(Saved().Where(t => t.Length < 400).ToArray()), Peculiar, Gen.Int[0, 400], (text, piece, at) => text.Insert(Math.Min(at, text.Length), piece)));

    [Fact]
    public void Parse_SavedInput_KeepsItsPromises() => Assert.All(Saved(), Holds);

    [Fact]
    [Asvs("2.2.1", "Whatever is typed as an address is either one plain address or refused.")]
    public void Parse_AnyText_KeepsItsPromises() => Texts.Hold(Holds);

    private static IEnumerable<string> Saved() => Corpus.Texts("email-addresses");

    private static void Holds(string text)
    {
        EmailAddress? address = null;
        var bytes = Property.Allocates(() => address = EmailAddress.Parse(text));
        Assert.InRange(bytes, 0, 100_000 + (4L * text.Length));
        if (address is null)
            return;
        // As typed, one line, nothing hidden.
        Assert.Equal(text.Trim(), address.Typed);
        Assert.InRange(address.Typed.Length, 3, 254);
        Assert.False(PlainText.HasForbiddenCharacter(address.Typed));
        // The key: one local part, one domain in ASCII, and nothing that a column or a line could not hold.
        Assert.InRange(address.Key.Length, 3, 512);
        Assert.DoesNotContain(address.Key, c => char.IsControl(c) || char.IsWhiteSpace(c));
        Assert.Matches("^[^@]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$", address.Key);
        // It is its own key, and that of every other way of writing the same address.
        if (address.Key.Length <= 254)
            Assert.Equal(address.Key, EmailAddress.Parse(address.Key)?.Key);
        SameKey(address, $"\t {address.Typed} \n");
        SameKey(address, address.Typed.Normalize(NormalizationForm.FormD));
        SameKey(address, address.Typed.Normalize(NormalizationForm.FormC));
        var at = address.Typed.LastIndexOf('@');
        SameKey(address, address.Typed[..at].ToUpperInvariant() + address.Typed[at..]);
        SameKey(address, address.Typed[..at] + string.Concat(address.Typed[at..].Select(c => char.IsAscii(c) ? char.ToUpperInvariant(c) : c)));
    }

    // Other letters may be too long for an address; if they are one, it is the same one.
    private static void SameKey(EmailAddress address, string otherwise)
    {
        if (EmailAddress.Parse(otherwise) is { } same)
            Assert.Equal(address.Key, same.Key);
    }
}
