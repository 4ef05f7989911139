using System.Globalization;
using Ascent.Shared.Text;

namespace Ascent.Tests.Shared.Text;

public sealed class InWordsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Ann", "Ann")]
    [InlineData("Ann and Bob", "Ann", "Bob")]
    [InlineData("Ann, Bob and Cy", "Ann", "Bob", "Cy")]
    public void List_Names_ReadAsASentenceHasThem(string words, params string[] names) => Assert.Equal(words, InWords.List(names));

    [Fact]
    public void List_WithOr_EndsInOr() => Assert.Equal("Ann, Bob or Cy", InWords.List(["Ann", "Bob", "Cy"], "or"));

    [Theory]
    [InlineData(0, "0 people")]
    [InlineData(1, "1 person")]
    [InlineData(2, "2 people")]
    [InlineData(12345, "12,345 people")]
    public void Count_Number_AgreesWithTheWord(long n, string words) => Assert.Equal(words, InWords.Count(n, "person", "people"));

    [Fact]
    public void Date_Day_IsWrittenOut()
    {
        Assert.Equal("3 November 2026", InWords.Date(new DateOnly(2026, 11, 3)));
        Assert.Equal("1 July 2026", InWords.Date(Utc("2026-06-30T23:30:00Z"))); // past midnight in England
    }

    [Theory]
    [InlineData("2026-11-23T09:14:00Z", "today at 09:14")]
    [InlineData("2026-11-22T16:07:00Z", "yesterday at 16:07")]
    [InlineData("2026-11-24T00:00:00Z", "tomorrow at 00:00")]
    [InlineData("2026-11-20T08:05:00Z", "20 November at 08:05")]
    [InlineData("2026-07-20T08:05:00Z", "20 July at 09:05")]
    [InlineData("2025-11-20T08:05:00Z", "20 November 2025 at 08:05")]
    public void Moment_SeenFromNow_IsSaidAsPeopleSayIt(string then, string words) => Assert.Equal(words, InWords.Moment(Utc(then), Utc("2026-11-23T12:00:00Z")));

    [Fact]
    public void Moment_InWhatIsKept_HasItsDay() => Assert.Equal("1 July 2026 at 09:14", InWords.Moment(Utc("2026-07-01T08:14:00Z")));

    [Theory]
    [InlineData("Hannah", "Hannah’s")]
    [InlineData("James", "James’")]
    public void Possessive_Name_HasItsApostrophe(string name, string words) => Assert.Equal(words, InWords.Possessive(name));

    [Theory]
    [InlineData("Ann", "lee", "AL")]
    [InlineData("😀nn", "Ó", "😀Ó")]
    [InlineData("", "Lee", "L")]
    public void Initials_Names_AreWholeCharacters(string forename, string surname, string initials) => Assert.Equal(initials, InWords.Initials(forename, surname));

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}
