using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.SchoolData.Pupils;

public sealed class PupilDetailsTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void Read_SoundFields_KeepsThemTidied()
    {
        var details = Read((PupilField.Surname, "  O’Brien-Śmith "), (PupilField.Upn, " y308212001120 "), (PupilField.Uln, "1010373896"), (PupilField.MiddleNames, "May  Rose")).Value;

        Assert.Equal(("O’Brien-Śmith", "Y308212001120", "1010373896", "May Rose"), (details.Surname, details.Upn, details.Uln, details.MiddleNames));
        Assert.Equal((new DateOnly(2018, 3, 4), Sex.Female, new NcYear(4)), (details.BornOn, details.Sex, details.Year));
    }

    // The stored year beats the one by age; only where there is none it follows from the birthday.
    [Fact]
    public void Read_YearOfItsOwn_IsKept() =>
        Assert.Equal((new NcYear(3), new NcYear(4)), (Read((PupilField.Year, "3")).Value.Year, Read((PupilField.Year, "")).Value.Year));

    [Fact]
    public void Read_ReasonInPlaceOfAUpn_IsNoFault() =>
        Assert.Equal((null, "UN4"), (Read((PupilField.Upn, "un4")).Value.Upn, Read((PupilField.Upn, "un4")).Value.UpnReason));

    [Theory]
    [InlineData(PupilField.Surname, "", "Enter the surname")]
    [InlineData(PupilField.Forename, " ", "Enter the forename")]
    [InlineData(PupilField.Surname, "Ben\u202eson", "The surname has a hidden or control character in it: type it again by hand")]
    [InlineData(PupilField.BornOn, "", "Enter the date of birth")]
    [InlineData(PupilField.BornOn, "31/02/2019", "The date of birth: February 2019 has no day 31")]
    [InlineData(PupilField.BornOn, "24/11/2026", "The date of birth is in the future")]
    [InlineData(PupilField.BornOn, "1/1/1999", "The date of birth is more than 25 years ago: check the year")]
    [InlineData(PupilField.Sex, "X", "Sex has to be F or M, as in the school census")]
    [InlineData(PupilField.Upn, "A801200005001", "This is no sound UPN: the first letter does not fit the rest: a character is wrong, or two have changed places. Leave it empty if you do not know it")]
    [InlineData(PupilField.Uln, "9999999999", "A ULN has ten digits, of which the last fits the others: check it, or leave it empty")]
    [InlineData(PupilField.Year, "15", "The year has to be N1, N2, R or a number from 1 to 14")]
    [InlineData(PupilField.EnrolledOn, "1/1/2018", "The first day is before the date of birth")]
    [InlineData(PupilField.EnrolledOn, "1/1/2028", "The first day is more than a year ahead")]
    public void Read_OneFieldWrong_NamesItAndSaysHowToMendIt(PupilField field, string text, string message)
    {
        var refusal = Assert.Single(Read((field, text)).Refusals);
        Assert.Equal((field.ToString(), message), (refusal.Field, refusal.Message));
    }

    [Fact]
    public void Read_NameOfTheLongestLength_Passes()
    {
        Assert.True(Read((PupilField.Surname, new string('é', PupilDetails.LongestName))).Succeeded);
        Assert.False(Read((PupilField.Surname, new string('é', PupilDetails.LongestName + 1))).Succeeded);
    }

    [Fact]
    public void Read_AnyText_NeverThrowsAndRefusesAtAField() =>
        Gen.Select(Gen.Enum<PupilField>(), Gen.String).Hold(one =>
            Assert.All(Read((one.Item1, one.Item2)).Refusals, refusal => Assert.True(Enum.TryParse<PupilField>(refusal.Field, out _), refusal.Message)));

    [Fact]
    public void DifferenceTo_AnotherValue_NamesItsFieldAlone()
    {
        var before = Read().Value;
        Assert.Empty(before.DifferenceTo(Read().Value));
        Assert.Equal([PupilField.Forename, PupilField.Year], before.DifferenceTo(Read((PupilField.Forename, "Adah"), (PupilField.Year, "5")).Value));
    }

    private static Result<PupilDetails> Read(params (PupilField, string?)[] changes) => PupilDetails.Read(new(TestData.PupilText(changes), Today));
}
