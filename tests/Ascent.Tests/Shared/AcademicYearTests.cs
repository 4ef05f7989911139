using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Shared;

public sealed class AcademicYearTests
{
    [Theory]
    [InlineData("2025-08-31", 2024)]
    [InlineData("2025-09-01", 2025)]
    [InlineData("2026-01-01", 2025)]
    public void Of_ADay_IsTheYearThatBeganInTheSeptemberBefore(string day, int start) =>
        Assert.Equal(start, AcademicYear.Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).StartYear);

    [Fact]
    public void Year_OfEveryDay_HoldsIt() =>
        Gen.Date.Hold(moment =>
        {
            var day = DateOnly.FromDateTime(moment);
            if (day.Year is < 2 or > 9990)
                return;
            var year = AcademicYear.Of(day);
            Assert.True(year.FirstDay <= day && day <= year.LastDay);
            Assert.Equal(year.LastDay.AddDays(1), year.Next.FirstDay);
            Assert.Equal(year, year.Next.Previous);
        });

    // One year, as five kinds of file write it.
    [Fact]
    public void Year_InEveryFile_IsTheSame()
    {
        var year = AcademicYear.StartingIn(2025);

        Assert.Equal(year, AcademicYear.EndingIn(2026));
        Assert.Equal(("2025/2026", "202526", "2025-2026", "25.0", "2025/26"), (year.Npd, year.Ees, year.PerformanceTables, year.CtfVersion, year.ToString()));
        Assert.Equal("1999/00", AcademicYear.StartingIn(1999).ToString());
        Assert.Equal("00.0", AcademicYear.StartingIn(2000).CtfVersion);
    }

    [Theory]
    [InlineData("2025/26")]
    [InlineData("2025/2026")]
    [InlineData("2025-2026")]
    [InlineData("2025–26")]
    [InlineData("202526")]
    [InlineData(" 2025/26 ")]
    public void Read_AYearThatSaysItself_IsIt(string text) => Assert.Equal(AcademicYear.StartingIn(2025), AcademicYear.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2025")]
    [InlineData("2025/27")]
    [InlineData("2025/24")]
    [InlineData("25/26")]
    [InlineData("2025/2/6")]
    [InlineData("20252027")]
    [InlineData("9999/00")]
    [InlineData("2025a26")]
    public void Read_AnythingElse_IsNone(string? text) => Assert.Null(AcademicYear.Read(text));

    [Fact]
    public void Read_WhatWasWritten_GivesTheYearBack() =>
        Gen.Int[1900, 2198].Hold(start =>
        {
            var year = AcademicYear.StartingIn(start);
            Assert.All([year.Npd, year.Ees, year.PerformanceTables, year.ToString()], text => Assert.Equal(year, AcademicYear.Read(text)));
        });
}
