using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Tests.Reports.Cohorts;

public sealed class PupilRecordTests
{
    private static readonly DateOnly May = new(2025, 5, 15);

    [Fact]
    public void YearOn_APastDay_IsOneLessForEachSchoolYear() =>
        Assert.Equal((7, 5, null), (YearOn(Records.Pupil(7), Records.Today), YearOn(Records.Pupil(7), May), YearOn(Records.Pupil(-1), May)));

    [Fact]
    public void YearOn_OfSomebodyWhoLeft_IsCountedFromTheLastDay() =>
        Assert.Equal((11, 10), (YearOn(Records.Pupil(11) with { LeftOn = new(2025, 7, 20) }, May), YearOn(Records.Pupil(11) with { LeftOn = new(2025, 7, 20) }, new(2024, 5, 15))));

    [Fact]
    public void YearOn_BeforeSomebodyWasMovedUp_IsTheFormerOne()
    {
        // Year 5 until the summer of 2026, and then Year 7 at once.
        var moved = Records.Pupil(7) with { Changes = [new(PupilField.Year, "5", new(2026, 9, 1))] };

        Assert.Equal((7, 5, 4), (YearOn(moved, Records.Today), YearOn(moved, new(2026, 5, 15)), YearOn(moved, May)));
    }

    [Fact]
    public void CharacteristicOn_ADay_IsWhatWasTrueThen()
    {
        var pupil = Records.Pupil(7) with
        {
            About = new(Disadvantaged: true, SenProvision: "E"),
            Changes = [new(PupilField.SenProvision, "N", new(2024, 1, 10)), new(PupilField.SenProvision, "K", new(2025, 9, 8)), new(PupilField.Disadvantaged, "", new(2025, 5, 15))],
        };

        Assert.Equal(("N", "K", "E"), (pupil.CharacteristicOn(PupilField.SenProvision, new(2024, 1, 9)), pupil.CharacteristicOn(PupilField.SenProvision, new(2024, 1, 10)), pupil.CharacteristicOn(PupilField.SenProvision, new(2025, 9, 8))));
        Assert.Equal(("", "Y"), (pupil.CharacteristicOn(PupilField.Disadvantaged, new(2025, 5, 14)), pupil.CharacteristicOn(PupilField.Disadvantaged, May)));
    }

    private static int? YearOn(PupilRecord pupil, DateOnly day) => pupil.YearOn(day, Records.Today)?.Number;
}
