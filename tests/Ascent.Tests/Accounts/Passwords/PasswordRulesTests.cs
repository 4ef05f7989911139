using Ascent.Accounts.Passwords;
using Ascent.Demo;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.Accounts.Passwords;

public sealed class PasswordRulesTests
{
    private static readonly string[] Names = ["Larkfield Primary School", "Hannah", "Moss", "hannah.moss@larkfield.example"];

    [Theory]
    [InlineData("seven green kites above")]
    [InlineData("Hannah eats nine pickles")] // a name is no harm in a longer one
    [InlineData("αβγδεζηθικλμνξο")]
    [InlineData("            a b c d e f")]
    [InlineData("👩‍👩‍👧x👩‍👩‍👧y👩‍👩‍👧z👩‍👩‍👧q👩‍👩‍👧w👩‍👩‍👧r👩‍👩‍👧t👩‍👩‍👧p")]
    [Asvs("6.2.5", "Any kind of characters will do, one kind alone included.")]
    public void Check_GoodPassword_MayBeUsed(string password) => Assert.Null(PasswordRules.Check(password, Names));

    [Theory]
    [InlineData(null, "password-missing")]
    [InlineData("", "password-missing")]
    [InlineData("fourteen chars", "password-short")]
    [InlineData("with a\u0007bell in it", "password-characters")]
    [InlineData("passwordpassword", "password-common")]
    [InlineData("Password-Password!", "password-common")]
    [InlineData("1234567890123456", "password-common")]
    [InlineData("qwertyuiop1234567890", "password-common")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "password-common")]
    [InlineData("abcabcabcabcabcabc", "password-common")]
    [InlineData("September September", "password-common")]
    [InlineData("correct horse battery staple", "password-common")]
    [InlineData("Correct-Horse-Battery-Staple", "password-common")]
    [InlineData("Larkfield Primary", "password-names")]
    [InlineData("HannahMossLarkfield1", "password-names")]
    [InlineData("ascent larkfield 1", "password-names")]
    [InlineData("Ascent-Ascent-School", "password-names")]
    [Asvs("6.2.1", "Passwords have at least 15 characters.")]
    [Asvs("6.2.4", "Common passwords are refused, with other punctuation or capitals too.")]
    [Asvs("6.2.11", "Passwords made of the person’s, the school’s or the product’s name are refused.")]
    public void Check_PoorPassword_IsRefused(string? password, string code) => Assert.Equal(code, PasswordRules.Check(password, Names)?.Code);

    [Theory]
    [InlineData(15, null)]
    [InlineData(128, null)]
    [InlineData(129, "password-long")]
    [Asvs("6.2.9", "Passwords may have up to 128 characters.")]
    public void Check_Length_IsCountedInCharactersAsPeopleSeeThem(int length, string? code) =>
        Assert.Equal(code, PasswordRules.Check(string.Concat(Enumerable.Range(0, length).Select(i => $"{(char)('a' + (i * 7 % 26))}\u0301")), [])?.Code);

    [Fact]
    public void Check_KnownDemonstrationPassword_IsRefusedToPeople() => Assert.Equal("password-common", PasswordRules.Check(SeedDemonstration.Password, [])?.Code);

    [Fact]
    public void Check_HalfACharacter_IsRefused() => Assert.Equal("password-characters", PasswordRules.Check("seven green kites \ud800", [])?.Code);

    [Fact]
    public void Check_AnyText_NeverThrows() =>
        Gen.Select(Gen.String, Gen.String).Sample((password, name) => _ = PasswordRules.Check(password, [name]), iter: 2000);
}
