using Ascent.Accounts.Passwords;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Passwords;

public sealed class CommonPasswordsTests
{
    // OWASP ASVS 5.0 6.2.4: at least the top 3,000 that meet the length rule.
    [Fact]
    [Asvs("6.2.4", "The list has 3,000 and more that are long enough to pass; it is made by the project from how people lengthen common words.")]
    public void Count_AllThatAreLongEnough_AreThreeThousandOrMore() => Assert.InRange(CommonPasswords.Count, 3000, 100_000);

    [Theory]
    [InlineData("password1234567")]
    [InlineData("123456789012345")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("liverpoolliverpool")]
    public void Contains_CommonOne_IsFound(string key) => Assert.True(CommonPasswords.Contains(key));

    [Theory]
    [InlineData("sevengreenkitesabove")]
    [InlineData("password")] // too short to be on the list: the length rule refuses it
    [InlineData("")]
    public void Contains_OtherOne_IsNot(string key) => Assert.False(CommonPasswords.Contains(key));
}
