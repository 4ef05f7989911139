using System.Buffers.Text;
using System.Security.Cryptography;
using Ascent.Accounts;

namespace Ascent.Tests.Accounts;

public sealed class LinkTokenTests
{
    [Fact]
    public void Create_ManyTimes_Has256BitsAndNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => LinkToken.Create()).ToArray();

        Assert.All(tokens, token => Assert.Equal(32, Base64Url.DecodeFromChars(token).Length));
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
    }

    [Fact]
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
