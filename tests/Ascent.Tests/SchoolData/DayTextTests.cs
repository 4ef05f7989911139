using Ascent.SchoolData;
using CsCheck;

namespace Ascent.Tests.SchoolData;

public sealed class DayTextTests
{
    [Theory]
    [InlineData("31/01/2016")]
    [InlineData("31/1/2016")]
    [InlineData("31-01-2016")]
    [InlineData("31.1.2016")]
    [InlineData("2016-01-31")]
    [InlineData("31 January 2016")]
    [InlineData("31 Jan 2016")]
    public void Read_ADay_IsDayBeforeMonth(string text) => Assert.Equal(new DateOnly(2016, 1, 31), DayText.Read(text));

    // Each says what is wrong and how to write it.
    [Theory]
    [InlineData("31/02/2019", "The date of birth: February 2019 has no day 31")]
    [InlineData("29/02/2019", "The date of birth: February 2019 has no day 29")]
    [InlineData("01/31/2016", "The date of birth has no month 31: write the day first, like 31/01/2016")]
    [InlineData("31/01/16", "Write the year of the date of birth with four digits, like 31/01/2016")]
    [InlineData("42400", "Write the date of birth like 31/01/2016")]
    [InlineData("soon", "Write the date of birth like 31/01/2016")]
    [InlineData("999/1/2016", "Write the date of birth like 31/01/2016")]
    public void Read_NoDay_SaysWhyNot(string text, string why)
    {
        Assert.Null(DayText.Read(text));
        Assert.Equal(why, DayText.WhyNot(text, "date of birth"));
    }

    [Fact]
    public void WhyNot_AnyText_NeverThrows() =>
        Gen.String[Gen.Char["0123456789/-. ax"], 0, 14].Hold(text => Assert.NotEmpty(DayText.WhyNot(text, "day")));

    [Fact]
    public void Read_EveryDayInEveryForm_IsIt() =>
        Gen.Date[new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2199, 12, 31, 0, 0, 0, DateTimeKind.Utc)].Hold(moment =>
        {
            var day = DateOnly.FromDateTime(moment);
            Assert.All(["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd"], form => Assert.Equal(day, DayText.Read(day.ToString(form, System.Globalization.CultureInfo.InvariantCulture))));
        });
}
