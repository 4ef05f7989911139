using System.Buffers.Text;
using System.Security.Cryptography;
using Ascent.Accounts;
using CsCheck;

namespace Ascent.Tests.Accounts;

public sealed class LinkTokenProperties
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Char.Array[43].Select(chars => new string(chars)),
        OneOf.These(Alphabet.ToCharArray()).Array[43].Select(chars => new string(chars)),
        // The right alphabet and length, bits left over, padding, blanks and other alphabets included.
        OneOf.These((Alphabet + "-_=%+/. \n\r\t\0A").ToCharArray()).Array[42, 44].Select(chars => new string(chars)),
        Gen.Byte.Array[30, 34].Select(bytes => Base64Url.EncodeToString(bytes)));

    [Fact]
    public void Hash_SavedInput_KeepsItsPromises() => Assert.All(Corpus.Texts("link-tokens"), Holds);

    [Fact]
    public void Hash_AnyText_KeepsItsPromises() => Texts.Hold(Holds);

    private static void Holds(string text)
    {
        byte[]? hash = null;
        Assert.InRange(Property.Allocates(() => hash = LinkToken.Hash(text)), 0, Property.LittleMemory);
        Assert.Equal(hash, LinkToken.Hash(text));
        if (hash is null)
            return;
        Assert.Equal(43, text.Length);
        Assert.All(text, c => Assert.Contains(c, Alphabet));
        var bytes = Base64Url.DecodeFromChars(text);
        Assert.Equal(SHA256.HashData(bytes), hash);
        // There is one way to write a token: no two texts open one link.
        Assert.Equal(text, Base64Url.EncodeToString(bytes));
        // What is added or taken makes it no token.
        Assert.Null(LinkToken.Hash(text + "="));
        Assert.Null(LinkToken.Hash($"{text} "));
        Assert.Null(LinkToken.Hash($"\n{text[1..]}"));
        Assert.Null(LinkToken.Hash(text[1..]));
    }
}
