using Ascent.Accounts;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.Accounts;

public sealed class ActivationCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    [Asvs("6.5.4", "Codes have ten characters of 32: 50 bits.")]
    [Asvs("6.4.1", "Codes are random, ten characters of 32.")]
    public void Create_ManyTimes_IsReadBackAndNeverTheSame()
    {
        var codes = Enumerable.Range(0, 2000).Select(_ => ActivationCode.Create()).ToArray();

        Assert.All(codes, code =>
        {
            Assert.Matches("^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", code);
            Assert.Equal(code, ActivationCode.Read(code));
        });
        Assert.Equal(codes.Length, codes.Distinct().Count());
    }

    [Fact]
    public void Read_TypedInAnyManner_IsTheSameCode() =>
        Gen.Select(OneOf.These(Alphabet.ToCharArray()).Array[10], Gen.Bool.Array[10], OneOf.These("", " ", "-", " – ", "\u2011", "\t").Array[10])
            .Sample((letters, small, between) =>
            {
                var code = new string(letters);
                var typed = string.Concat(letters.Select((c, i) => Confuse(small[i] ? char.ToLowerInvariant(c) : c, small[i]) + between[i]));
                return ActivationCode.Read(typed) == $"{code[..5]}-{code[5..]}";
            }, iter: 2000);

    [Theory]
    [InlineData("OOOOO-OOOOO", "00000-00000")]
    [InlineData("iIlL1-ooO00", "11111-00000")]
    [InlineData("abcdefghjk", "ABCDE-FGHJK")]
    public void Read_LookAlikes_AreTheDigits(string typed, string code) => Assert.Equal(code, ActivationCode.Read(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCDE-FGHJ")]
    [InlineData("ABCDE-FGHJKM")]
    [InlineData("ABCDE-FGHJU")]
    [InlineData("ABCDE_FGHJK")]
    [InlineData("ABCDE-FGHJ\u0661")]
    public void Read_AnythingElse_IsNone(string? typed) => Assert.Null(ActivationCode.Read(typed));

    // As somebody types who heard or misread it.
    private static string Confuse(char c, bool confuse) => (c, confuse) switch
    {
        ('0', true) => "o",
        ('1', true) => "l",
        _ => c.ToString(),
    };
}
