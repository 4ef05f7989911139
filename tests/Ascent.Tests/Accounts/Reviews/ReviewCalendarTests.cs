using Ascent.Accounts.Reviews;

namespace Ascent.Tests.Accounts.Reviews;

public sealed class ReviewCalendarTests
{
    [Theory]
    [InlineData("2026-09-30", "2026-06-01", "2026-10-01")]
    [InlineData("2026-10-01", "2026-10-01", "2027-02-01")]
    [InlineData("2026-12-31", "2026-10-01", "2027-02-01")]
    [InlineData("2027-01-01", "2026-10-01", "2027-02-01")]
    [InlineData("2027-02-01", "2027-02-01", "2027-06-01")]
    [InlineData("2027-05-31", "2027-02-01", "2027-06-01")]
    public void EachTerm_AnyDay_IsTheLatestDayAndTheNext(string today, string present, string next) => Check(ReviewRhythm.EachTerm, today, present, next);

    [Theory]
    [InlineData("2026-09-30", "2025-10-01", "2026-10-01")]
    [InlineData("2026-10-01", "2026-10-01", "2027-10-01")]
    [InlineData("2027-06-01", "2026-10-01", "2027-10-01")]
    public void OnceAYear_AnyDay_IsOctober(string today, string present, string next) => Check(ReviewRhythm.OnceAYear, today, present, next);

    [Fact]
    public void Off_AnyDay_HasNone() =>
        Assert.Equal((null, null), (ReviewCalendar.Present(ReviewRhythm.Off, new(2026, 10, 1)), ReviewCalendar.Next(ReviewRhythm.Off, new(2026, 10, 1))));

    [Fact]
    public void Name_EachDay_IsItsTerm() =>
        Assert.Equal(["Autumn term 2026", "Spring term 2027", "Summer term 2027"], new DateOnly[] { new(2026, 10, 1), new(2027, 2, 1), new(2027, 6, 1) }.Select(ReviewCalendar.Name));

    private static void Check(ReviewRhythm rhythm, string today, string present, string next)
    {
        var day = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((present, next), ($"{ReviewCalendar.Present(rhythm, day):yyyy-MM-dd}", $"{ReviewCalendar.Next(rhythm, day):yyyy-MM-dd}"));
    }
}
