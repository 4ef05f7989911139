using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.SchoolData.Imports;

public sealed class ResultsColumnsTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("UPN", "Upn")]
    [InlineData("GCSE Mathematics", "KS4/MAT/GCSE/EX/")]
    [InlineData("maths (GCSE)", "KS4/MAT/GCSE/EX/")]
    [InlineData("GCSE 9-1 Combined Science: Trilogy", "KS4/CSC/GCSE/EX/")]
    [InlineData("GCSE short course RS", "KS4/REL/GCSC/EX/")]
    [InlineData("AS level Physics", "KS5/PHY/AS/EX/")]
    [InlineData("Physics AS", "KS5/PHY/AS/EX/")]
    [InlineData("A level Art & Design", "KS5/ART/AL/EX/")]
    [InlineData("A-level Economics 2024/25", "KS5/ECO/AL/EX/@2024")]
    [InlineData("KS2 maths scaled score (summer 2019)", "KS2/MAT/MAT/TT/@2018")]
    [InlineData("READSCORE", "KS2/ENG/REA/TT/")]
    [InlineData("MTC mark", "KS2/MAT/MTC/TT/MT")]
    [InlineData("Phonics mark", "KS1/PHO/PHO/TA/NM")]
    [InlineData("Academic year", "Year")]
    public void Find_HeadingOfASchoolSystem_IsTheColumn(string heading, string name)
    {
        Assert.Equal(name, ResultsColumns.Find(heading)?.Name);
        Assert.Equal(name, ResultsColumns.ByName(name)?.Name);
    }

    // Maths of which stage, the phonics mark or its outcome, a subject that GCSEs do not have, a year that may be two.
    [Theory]
    [InlineData("Maths")]
    [InlineData("Phonics")]
    [InlineData("GCSE")]
    [InlineData("GCSE Further Mathematics")]
    [InlineData("GCSE Mathematics 2025")]
    [InlineData("BASIC Maths")]
    [InlineData("UPN 2024/25")]
    [InlineData("")]
    public void Find_HeadingThatMayBeSeveral_IsNotGuessed(string heading) => Assert.Null(ResultsColumns.Find(heading));

    [Theory]
    [InlineData("2024/25", 2024)]
    [InlineData("2024-2025", 2024)]
    [InlineData("202425", 2024)]
    [InlineData("2024/25 (summer 2025)", 2024)]
    [InlineData("Summer 2025", 2024)]
    [InlineData("june 2025", 2024)]
    [InlineData("Nov 2024", 2024)]
    [InlineData("21/08/2025", 2024)]
    [InlineData("2025", null)]
    [InlineData("2024/25 (summer 2024)", null)]
    [InlineData("2024/26", null)]
    [InlineData("January 2025", null)]
    [InlineData("11", null)]
    public void ReadYear_WhatCannotBeTwoYears_IsTaken(string text, int? start) => Assert.Equal(start, ResultsYears.Read(text)?.StartYear);

    [Fact]
    public void ReadYear_BareYear_IsWhatItsColumnSays() =>
        Assert.Equal((2024, 2025, null), (ResultsYears.Read("2025", ResultsColumns.YearItEnds)?.StartYear, ResultsYears.Read("2025", ResultsColumns.YearItBegins)?.StartYear, ResultsYears.Read("2025", ResultsColumns.Year)?.StartYear));

    [Fact]
    public void ReadYear_AnyText_NeverThrowsAndKnowsItsOwnWriting()
    {
        Gen.String.Hold(text => _ = (ResultsYears.Read(text), ResultsYears.WhyNot(text), ResultsColumns.Find(text), ResultsColumns.ByName(text)));
        Gen.Int[1950, 2150].Hold(year => Assert.Equal(year, ResultsYears.Read(ResultsYears.InWords(new(year)))?.StartYear));
    }

    [Fact]
    public void AreOf_OurTemplatesAndAFileOfPupils_AreToldApart()
    {
        Assert.True(ResultsColumns.AreOf(ResultsTemplates.ByPupil[0], Nothing));
        Assert.True(ResultsColumns.AreOf(ResultsTemplates.ByResult[0], Nothing));
        Assert.False(ResultsColumns.AreOf(RollColumns.Template[0], Nothing));
        // A list of pupils may carry a grade: it stays a list of pupils.
        Assert.False(ResultsColumns.AreOf([.. RollColumns.Template[0], "GCSE Mathematics"], Nothing));
        Assert.True(ResultsColumns.MapOf(ResultsTemplates.ByPupil[0], Nothing, []).IsComplete);
        Assert.True(ResultsColumns.MapOf(ResultsTemplates.ByResult[0], Nothing, []).IsComplete);
    }

    [Fact]
    public void Choices_Each_IsAColumnThatItsNameFindsAndFitsTheTable()
    {
        var choices = ColumnBook.Of(ImportFormat.Results).Choices;
        Assert.All(choices, c => Assert.True(c.Name.Length <= 40 && ResultsColumns.ByName(c.Name) is not null, c.Name));
        Assert.Equal(choices.Count, choices.Select(c => c.Name).Distinct().Count());
        // Every assessment that can be chosen has a scale this year.
        Assert.All(choices.Select(c => ResultsColumns.ByName(c.Name)!.Assessment).OfType<Assessment>(), a => Assert.NotEmpty(ResultCodes.Legal(a, AcademicYear.EndingIn(2026))));
    }

    [Theory]
    [InlineData("Upn", "Say which columns hold results")]
    [InlineData("Surname Forename KS4/MAT/GCSE/EX/", "Say which column holds the UPN")]
    [InlineData("Upn Result KS4/MAT/GCSE/EX/", "Either each subject has a column")]
    [InlineData("Upn Result Stage", "Say which column holds the subject")]
    [InlineData("Upn Result Subject", "Say which column holds the qualification")]
    [InlineData("Upn KS4/MAT/GCSE/EX/ KS4/MAT/GCSE/EX/", "Two columns are GCSE Mathematics")]
    [InlineData("Upn KS4/MAT/GCSE/EX/ KS4/MAT/GCSE/EX/@2024", null)]
    [InlineData("Upn KS4/*/GCSE/EX/ KS4/*/GCSE/EX/", null)]
    public void WhyNot_ColumnsThatDoNotMakeResults_SaysWhatIsMissing(string names, string? begin)
    {
        var refused = ColumnBook.Of(ImportFormat.Results).WhyNot(names.Split(' '));
        Assert.StartsWith(begin ?? "", refused?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(begin is null, refused is null);
    }
}
