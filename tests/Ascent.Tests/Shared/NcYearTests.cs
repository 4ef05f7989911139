using System.Globalization;
using Ascent.Shared;

namespace Ascent.Tests.Shared;

public sealed class NcYearTests
{
    [Fact]
    public void ByAge_PublishedBirthDates_AgreesWithTheTable()
    {
        foreach (var row in ReferenceFile.Rows("year_group_test_vectors.csv"))
        {
            var (born, on) = (Day(row["dob"]), Day(row["on_date"]));
            var year = AcademicYear.Of(on);
            var nc = NcYear.ByAge(born, year)!.Value;

            Assert.Equal((row["academic_year_start"], row["npd_label"], row["ees_time_period"]), ($"{year.StartYear}", year.Npd, year.Ees));
            Assert.Equal((row["nc_year_number"], row["nc_year"]), (nc.Number.ToString(CultureInfo.InvariantCulture), nc.Code));
            Assert.Equal(row["key_stage"], nc.Stage == KeyStage.EarlyYears ? "EYFS" : nc.Stage.ToString());
            Assert.Equal(Day(row["compulsory_school_age_from"]), NcYear.CompulsoryFrom(born));
        }
    }

    // Worked out by hand: born on the last day of one school year and on the first of the next.
    [Fact]
    public void ByAge_ADayApartOverTheEndOfAugust_IsAYearApart()
    {
        var year = AcademicYear.StartingIn(2025);

        Assert.Equal((new NcYear(6), new NcYear(5)), (NcYear.ByAge(new(2015, 8, 31), year), NcYear.ByAge(new(2015, 9, 1), year)));
        Assert.Null(NcYear.ByAge(new(2024, 1, 1), year));
        Assert.Null(NcYear.ByAge(new(1990, 1, 1), year));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("07", 7)]
    [InlineData(" Year 10 ", 10)]
    [InlineData("Y3", 3)]
    [InlineData("Yr 3", 3)]
    [InlineData("r", 0)]
    [InlineData("Reception", 0)]
    [InlineData("Year R", 0)]
    [InlineData("0", 0)]
    [InlineData("N1", -2)]
    [InlineData("Nursery 2", -1)]
    [InlineData("14", 14)]
    public void Read_AYear_IsIt(string text, int number) => Assert.Equal(new NcYear(number), NcYear.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Year")]
    [InlineData("15")]
    [InlineData("-1")]
    [InlineData("007")]
    [InlineData("7a")]
    [InlineData("N3")]
    [InlineData("X")]
    public void Read_AnythingElse_IsNone(string? text) => Assert.Null(NcYear.Read(text));

    [Fact]
    public void Years_AllOfThem_ReadTheirOwnWords() =>
        Assert.All(NcYear.All, year => Assert.Equal((year, year), (NcYear.Read(year.Code)!.Value, NcYear.Read(year.ToString())!.Value)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
