using System.Buffers.Text;
using System.Security.Cryptography;
using Ascent.Accounts;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts;

public sealed class LinkTokenTests
{
    [Fact]
    [Asvs("7.2.2", "Each session and link has a token of its own.")]
    [Asvs("7.2.3", "Tokens have 256 bits and never come twice.")]
    [Asvs("11.5.1", "Tokens have 256 bits; codes read out by people fall under 6.5.4.")]
    public void Create_ManyTimes_Has256BitsAndNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => LinkToken.Create()).ToArray();

        Assert.All(tokens, token => Assert.Equal(32, Base64Url.DecodeFromChars(token).Length));
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
    }

    [Fact]
    [Asvs("11.4.3", "Tokens are stored as their SHA-256.")]
    public void Hash_Token_IsTheSha256OfItsBytes()
    {
        var token = LinkToken.Create();

        Assert.Equal(SHA256.HashData(Base64Url.DecodeFromChars(token)), LinkToken.Hash(token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("////+++AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Hash_NoToken_IsNone(string? token) => Assert.Null(LinkToken.Hash(token));
}
