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

    private static (ResultKind, string) Of(Assessment assessment, string text)
    {
        var value = ResultCodes.Read(assessment, Year, text);
        return (value.Kind, value.Meaning);
    }
}
