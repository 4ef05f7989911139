using Ascent.Accounts;
using CsCheck;

namespace Ascent.Tests.Accounts;

public sealed class ActivationCodeProperties
{
    private static readonly Gen<string> Pieces = Gen.OneOf(
        OneOf.These("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyzoOiIlL".Select(c => c.ToString()).ToArray()),
        OneOf.These("", " ", "-", " – ", "\u2011", "\t", "\r\n", "\u00a0", "U", "u", "ſ", "ı", "İ", "\u212a", "Ａ", "\u0661", "\ud800", "\0", "_"));

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String, Pieces.Array[0, 30].Select(string.Concat), Pieces.Array[10].Select(string.Concat));

    [Fact]
    public void Read_SavedInput_KeepsItsPromises() => Assert.All(Corpus.Texts("activation-codes"), Holds);

    [Fact]
    public void Read_AnyText_KeepsItsPromises() => Texts.Hold(Holds);

    private static void Holds(string text)
    {
        string? code = null;
        Assert.InRange(Property.Allocates(() => code = ActivationCode.Read(text)), 0, Property.LittleMemory);
        // Neither case nor blanks nor dashes matter, wherever they stand.
        Assert.Equal(code, ActivationCode.Read(text.ToUpperInvariant()));
        Assert.Equal(code, ActivationCode.Read($" -{text}\t– "));
        if (text.Length < 100)
            Assert.Equal(code, ActivationCode.Read(string.Join(" - ", text.ToCharArray())));
        if (code is null)
            return;
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", code);
        Assert.Equal(code, ActivationCode.Read(code));
        Assert.Equal(code, ActivationCode.Read(code.ToLowerInvariant()));
        Assert.Equal(code, ActivationCode.Read(code.Replace('0', 'o').Replace('1', 'l')));
        // One character more or less is another text, and no code.
        Assert.Null(ActivationCode.Read(code + "0"));
        Assert.Null(ActivationCode.Read(code[1..]));
    }
}
