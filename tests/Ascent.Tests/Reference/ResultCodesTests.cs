using Ascent.Reference;
using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Reference;

public sealed class ResultCodesTests
{
    private static readonly AcademicYear Year = AcademicYear.EndingIn(2024);
    private static readonly Assessment Tables = new("KS2", "MAT", "MTC", "TT");
    private static readonly Assessment Phonics = new("KS1", "PHO", "PHO", "TA");
    private static readonly Assessment Writing = new("KS2", "ENG", "WRI", "TA");

    [Theory]
    [InlineData("0", 0)]
    [InlineData("25", 25)]
    [InlineData(" 7 ", 7)]
    public void Read_AMark_IsANumberInItsRange(string text, int number) =>
        Assert.Equal(new ResultValue(ResultKind.Number, text.Trim(), number, "mark"), ResultCodes.Read(Tables, Year, text));

    // The trap of a public reader: the same letter is one thing here and another there.
    [Fact]
    public void Read_OneLetter_MeansWhatItsAssessmentSays()
    {
        Assert.Equal((ResultKind.Outcome, "absent"), Of(Tables, "A"));
        Assert.Equal((ResultKind.Outcome, "took it in the past"), Of(Writing, "P"));
        Assert.Equal((ResultKind.Outcome, "cheating"), Of(Tables, "H"));
        Assert.Equal((ResultKind.NotUnderstood, ""), Of(Writing, "H"));
        Assert.Equal((ResultKind.Grade, "expected standard"), Of(Writing, "EXS"));
        Assert.Equal((ResultKind.Grade, "met the standard"), Of(Phonics, "Wa"));
        Assert.Equal((ResultKind.NotUnderstood, ""), Of(Phonics, "WA"));
        Assert.Equal((ResultKind.Grade, "expected"), Of(new("EYF", "LIT", "E09", "FA"), "2"));
    }

    [Theory]
    [InlineData("26")]
    [InlineData("-1")]
    [InlineData("7.5")]
    [InlineData("+7")]
    [InlineData("")]
    [InlineData("٧")]
    public void Read_NoMarkOfThisCheck_IsKeptAndNotUnderstood(string text) =>
        Assert.Equal(new ResultValue(ResultKind.NotUnderstood, text, null, ""), ResultCodes.Read(Tables, Year, text));

    // The multiplication tables check began in 2022.
    [Fact]
    public void Read_AYearBeforeItBegan_IsNotUnderstood() =>
        Assert.Equal((ResultKind.Number, ResultKind.NotUnderstood), (ResultCodes.Read(Tables, AcademicYear.EndingIn(2022), "20").Kind, ResultCodes.Read(Tables, AcademicYear.EndingIn(2021), "20").Kind));

    [Fact]
    public void Read_AnyText_NeverThrowsAndKeepsIt() =>
        Gen.Select(Gen.String, Gen.Int[1900, 2100]).Hold(one =>
        {
            var value = ResultCodes.Read(Phonics, AcademicYear.EndingIn(one.Item2), one.Item1);
            Assert.Equal(one.Item1.Trim(), value.Code);
            Assert.Equal(value.Kind == ResultKind.Number, value.Number is not null);
        });

    [Theory]
    [InlineData("54")]
    [InlineData("5-4")]
    [InlineData("5 4")]
    [InlineData("5/4")]
    [InlineData(" 54 ")]
    public void Read_TwoGradesOfCombinedScience_AreOneHoweverTheyAreWritten(string text) =>
        Assert.Equal(new ResultValue(ResultKind.Grade, "5-4", null, "grades 5 and 4"), ResultCodes.Read(Qualification("GCSE").Of("CSC"), Year, text));

    // Equal or next to each other, the higher first, nothing else: two digits of any kind and any of the marks between.
    [Fact]
    public void Read_AnyTwoGradesOfCombinedScience_AreUnderstoodOnlyWhenTheyCanBeAwarded() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], OneOf.These("", "-", " ", "/", ".", "+")).Hold(one =>
        {
            var (first, second, mark) = one;
            var value = ResultCodes.Read(Qualification("GCSE").Of("CSC"), Year, $"{first}{mark}{second}");
            var legal = first >= 1 && second >= 1 && (first - second is 0 or 1) && mark is not ("." or "+");
            Assert.Equal(legal ? (ResultKind.Grade, $"{first}-{second}") : (ResultKind.NotUnderstood, $"{first}{mark}{second}"), (value.Kind, value.Code));
        });

    [Theory]
    [InlineData("GCSE", "MAT", "9", ResultKind.Grade)]
    [InlineData("GCSE", "MAT", "U", ResultKind.Grade)]
    [InlineData("GCSE", "MAT", "X", ResultKind.Outcome)]
    [InlineData("GCSE", "MAT", "0", ResultKind.NotUnderstood)]
    [InlineData("GCSE", "MAT", "10", ResultKind.NotUnderstood)]
    [InlineData("GCSE", "MAT", "5+", ResultKind.NotUnderstood)]
    [InlineData("GCSE", "MAT", "A*", ResultKind.NotUnderstood)]
    [InlineData("GCSE", "MAT", "5-4", ResultKind.NotUnderstood)]
    [InlineData("GCSE", "CSC", "5", ResultKind.NotUnderstood)]
    [InlineData("GCSE", "Photography", "9", ResultKind.Grade)]
    [InlineData("GCSC", "REL", "9", ResultKind.Grade)]
    [InlineData("L12", "ENR", "D*", ResultKind.Grade)]
    [InlineData("L12", "ENR", "L1P", ResultKind.Grade)]
    [InlineData("L12", "ENR", "7", ResultKind.NotUnderstood)]
    [InlineData("AL", "MAT", "A*", ResultKind.Grade)]
    [InlineData("AL", "MAT", "60", ResultKind.NotUnderstood)]
    [InlineData("AS", "MAT", "A*", ResultKind.NotUnderstood)]
    [InlineData("AG", "BUS", "D*DD", ResultKind.Grade)]
    [InlineData("AG", "BUS", "DPP", ResultKind.NotUnderstood)]
    public void Read_AnExamination_HasTheGradesOfItsScale(string qualification, string subject, string text, ResultKind kind) =>
        Assert.Equal(kind, ResultCodes.Read(Qualification(qualification).Of(subject), Year, text).Kind);

    // Letters until 2019, numbers since 2017.
    [Fact]
    public void Read_GradesOfAnotherTime_AreNotUnderstood() =>
        Assert.Equal((ResultKind.Grade, ResultKind.NotUnderstood, ResultKind.NotUnderstood), (
            ResultCodes.Read(Qualification("GCSE").Of("FRE"), AcademicYear.EndingIn(2018), "A*").Kind,
            ResultCodes.Read(Qualification("GCSE").Of("FRE"), AcademicYear.EndingIn(2020), "A*").Kind,
            ResultCodes.Read(Qualification("GCSE").Of("FRE"), AcademicYear.EndingIn(2016), "7").Kind));

    /// <summary>The pairs of Combined Science that have been awarded in England, and the A level grades that have points.</summary>
    [Fact]
    public void Read_GradesOfTheDepartmentsFigures_AreUnderstood()
    {
        string[] pairs = [.. ReferenceFile.Rows("ks2_ks4_transition_2024_combined_science_all_pupils.csv")[0].Keys.Where(k => k.StartsWith("num_", StringComparison.Ordinal) && k.Length == 6).Select(k => k[4..])];
        Assert.Equal(19, pairs.Length); // 17 pairs, ungraded and no result
        Assert.All(pairs, pair => Assert.NotEqual(ResultKind.NotUnderstood, ResultCodes.Read(Qualification("GCSE").Of("CSC"), Year, pair).Kind));
        var points = ReferenceFile.Rows("l3va_2025_points_lookup_by_qualification.csv");
        foreach (var (code, number) in ((string, string)[])[("AL", "111"), ("AS", "121"), ("EP", "101"), ("AG", "461"), ("AG", "462"), ("AG", "463")])
            Assert.All(points.Where(p => p["sublevno"] == number), p => Assert.Equal((p["grade"], ResultKind.Grade), (p["grade"], ResultCodes.Read(Qualification(code).Of("MAT"), Year, p["grade"]).Kind)));
    }

    private static Qualification Qualification(string code) => Qualifications.All.Single(q => q.Code == code);

    private static (ResultKind, string) Of(Assessment assessment, string text)
    {
        var value = ResultCodes.Read(assessment, Year, text);
        return (value.Kind, value.Meaning);
    }
}
