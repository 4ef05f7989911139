using Ascent.Measures;
using Ascent.Measures.Attendance;
using CsCheck;

namespace Ascent.Tests.Measures.Attendance;

public sealed class AbsenceTests
{
    private static readonly Gen<PupilSessions> APupil = Gen.Select(Gen.Int[0, 380], Gen.Int[0, 200], Gen.Int[0, 200]).Select((possible, authorised, unauthorised) => new PupilSessions(possible, authorised, unauthorised));

    // 190 possible: 19 missed is exactly a tenth; 18 is below. 200: 100 missed is half. 10 possible, 2 missed. One with no session, one who missed more than there were.
    // Missed 19 + 18 + 100 + 2 = 139 of 190 + 190 + 200 + 10 = 590: 23.6%. Persistent 3 of 4, severe 1 of 4. Authorised 9 + 18 + 40 + 0 = 67: 11.4%.
    private static readonly PupilSessions[] Six = [new(190, 9, 10), new(190, 18, 0), new(200, 40, 60), new(10, 0, 2), new(0, 0, 0), new(20, 15, 6)];

    [Fact]
    public void Absence_OfSixPupils_IsWorkedOutByHand()
    {
        Assert.Equal(new Measure.Scalar(75, MeasureUnit.Percentage, new(6, 4)), Absence.Persistent.Of(Six));
        Assert.Equal(new Measure.Scalar(25, MeasureUnit.Percentage, new(6, 4)), Absence.Severe.Of(Six));
        Assert.Equal(new Measure.Scalar(23.6, MeasureUnit.Rate, new(6, 4)), Absence.Rate(Absence.Overall(Six)).Rounded());
        Assert.Equal(new RatioTally(6, 4, 67, 590), Absence.AuthorisedOnly(Six));
        Assert.Equal(new RatioTally(6, 4, 72, 590), Absence.UnauthorisedOnly(Six));
    }

    [Fact]
    public void Absence_WithoutSessions_IsNotApplicable() =>
        Assert.Equal(new Measure.NotApplicable(NotApplicableReason.NobodyCounts, new(1, 0)), Absence.Rate(Absence.Overall([new(0, 0, 0)])));

    [Fact]
    public void Absence_OfAnySchool_AddsUpAndKeepsItsOrder() =>
        Gen.Select(APupil.Array[0, 30], APupil.Array[0, 30]).Hold(one =>
        {
            var (left, right) = one;
            PupilSessions[] all = [.. left, .. right];
            var overall = Absence.Overall(all);

            Assert.Equal(overall, Absence.Overall(left) + Absence.Overall(right));
            Assert.Equal(overall.Part, Absence.AuthorisedOnly(all).Part + Absence.UnauthorisedOnly(all).Part);
            Assert.InRange(overall.Part, 0, overall.Whole);
            Assert.True(Absence.Severe.Tally(all).Sum <= Absence.Persistent.Tally(all).Sum);
        });
}
