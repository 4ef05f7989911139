using Ascent.Shared.Text;
using CsCheck;

namespace Ascent.Tests.Shared.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("  Ann \t  Lee ", "Ann Lee")]
    [InlineData("Ann\u00a0Lee", "Ann Lee")]
    [InlineData("\u2003Ann\u3000Lee\u2009", "Ann Lee")]
    [InlineData("\u2003\u3000", "")]
    [InlineData("Rene\u0301", "René")]
    public void Tidy_Text_HasSingleBlanksAndComposedLetters(string? typed, string tidy) => Assert.Equal(tidy, PlainText.Tidy(typed));

    [Theory]
    [InlineData("Ann")]
    [InlineData("Nguyễn Thị")]
    [InlineData("李小龙")]
    [InlineData("O’Brien-Smith, Jr. (née Jones)")]
    [InlineData("نور")]
    [InlineData("क्\u200dष")] // a joiner inside a word is part of the writing
    [InlineData("Zoë 😀")]
    public void HasForbiddenCharacter_Writing_IsFine(string text) => Assert.False(PlainText.HasForbiddenCharacter(text));

    [Theory]
    [InlineData("An\u0000n")]
    [InlineData("Ann\nLee")]
    [InlineData("Ann\u2028Lee")]
    [InlineData("Ann\u202eeeL")] // right-to-left override
    [InlineData("Ann\u2066Lee")]
    [InlineData("An\u200bn")] // zero width space
    [InlineData("\ufeffAnn")]
    [InlineData("An\u00adn")] // soft hyphen
    [InlineData("Ann\ue000")]
    [InlineData("\u200d")] // joins nothing
    [InlineData("Ann\u200c")]
    [InlineData("\u3164")] // a letter that is empty
    public void HasForbiddenCharacter_Hidden_IsTold(string text) => Assert.True(PlainText.HasForbiddenCharacter(text));

    // Not inline data: attributes are stored in UTF-8, which has no halves.
    [Fact]
    public void HasForbiddenCharacter_HalfACharacter_IsTold() => Assert.All(["\ud83d", "\udc00\ud83d", "Ann\ud83d"], text => Assert.True(PlainText.HasForbiddenCharacter(text)));

    [Theory]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("  O’BRIEN  ", "o’brien")]
    [InlineData("Ｆｕｌｌ", "full")]
    [InlineData("École Élémentaire", "ecole elementaire")]
    public void SearchKey_Text_IsFoldedForSearch(string text, string key) => Assert.Equal(key, PlainText.SearchKey(text));

    [Theory]
    [InlineData("Ann", 3)]
    [InlineData("Rene\u0301", 4)]
    [InlineData("👩‍👩‍👧", 1)]
    public void Length_Text_IsAsPeopleCount(string text, int length) => Assert.Equal(length, PlainText.Length(text));

    // A search box takes anything, unpaired surrogates too.
    [Fact]
    public void AnyFunction_AnyText_NeverThrowsAndTidyIsStable() =>
        Gen.OneOf(Gen.String, Gen.Char.Array[0, 6].Select(chars => new string(chars)), OneOf.These("\ud800", "a\udfff", "\ud83d\ud83d")).Sample(text =>
        {
            var tidy = PlainText.Tidy(text);
            _ = PlainText.HasForbiddenCharacter(text);
            _ = PlainText.Length(text);
            return PlainText.Tidy(tidy) == tidy && PlainText.SearchKey(text) == PlainText.SearchKey(tidy);
        }, iter: 2000);
}
