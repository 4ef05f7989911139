using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Tests.Reports.Cohorts;

namespace Ascent.Tests.Reports.Figures;

public sealed class MakeSumsTests
{
    private static readonly AcademicYear Year = AcademicYear.StartingIn(2025);
    private static readonly Guid School = new(7, 0, 0, new byte[8]);

    [Fact]
    public void Of_ThreePupils_GivesWhatIsCountedByHand()
    {
        var sums = Make(CohortStage.Ks2, Reading("110") with { About = new(Disadvantaged: true) }, Reading("99") with { About = new(Disadvantaged: false) }, Records.Pupil(7) with { About = new(Disadvantaged: true) });

        Assert.Equal((3, 2, 209, 21_901, 2), Of(sums, "ks2-reading-score"));
        Assert.Equal((2, 1, 110, 12_100, 1), Of(sums, "ks2-reading-score", "disadvantaged", "yes"));
        Assert.Equal((1, 1, 0, 0, 1), Of(sums, "ks2-reading", "disadvantaged", "no"));
        Assert.Equal((3, 2, 209, 21_901, 2), Of(sums, "ks2-reading-score", "sex", "girls"));
        Assert.All(sums, s => Assert.Equal((School, CohortStage.Ks2, Year), (s.OrganisationId, s.Stage, s.AcademicYear)));
    }

    [Fact]
    public void Of_WhatNobodyIsIn_StoresNothing()
    {
        var sums = Make(CohortStage.Ks2, Reading("110"));

        Assert.DoesNotContain(sums, s => s is { Group: "sex", Value: "boys" });
        Assert.Contains(sums, s => s is { Measure: "ks2-writing", N: 1, Matched: 0 });
        Assert.Empty(Make(CohortStage.Ks2, Records.Pupil(7)));
    }

    [Fact]
    public void Of_ARate_KeepsTheWhole()
    {
        var sums = Make(CohortStage.School, Sessions(200, 20), Sessions(380, 10), Records.Pupil(3));

        Assert.Equal((3, 2, 30, 500, 580), Of(sums, "absence-overall"));
        Assert.Equal((3, 2, 1, 1, 2), Of(sums, "absence-persistent"));
    }

    [Fact]
    public void Of_ASubject_GivesItsMeasuresForAllAndByDisadvantage()
    {
        var sums = Make(CohortStage.Ks4, Records.Pupil(12, Records.Gcse("MAT", "7"), Records.Gcse("HIS", "3")) with { About = new(Disadvantaged: true) }, Records.Pupil(12, Records.Gcse("MAT", "4")));

        Assert.Equal((2, 2, 11, 65, 2), Of(sums, "gcse-average", subject: "MAT"));
        Assert.Equal((1, 1, 7, 49, 1), Of(sums, "gcse-average", "disadvantaged", "yes", "MAT"));
        Assert.Equal((1, 1, 0, 0, 1), Of(sums, "gcse-94", subject: "HIS"));
        Assert.Equal(["all", "disadvantaged"], sums.Where(s => s.Subject.Length > 0).Select(s => s.Group).Distinct().Order());
        Assert.Equal(["gcse-94", "gcse-95", "gcse-97", "gcse-average"], sums.Where(s => s.Subject.Length > 0).Select(s => s.Measure).Distinct().Order());
    }

    [Fact]
    public void AllPupils_IsTheCodeOfNoGroup()
    {
        Assert.Null(PupilGroups.Find(SumRow.AllPupils));
        Assert.All(PupilGroups.All, g => Assert.Null(g.FindValue(SumRow.AllPupils)));
    }

    private static IReadOnlyList<SumRow> Make(CohortStage stage, params PupilRecord[] pupils) => MakeSums.Of(School, MakeCohort.Of(stage, Year, pupils, Records.Today)!, NationalYear.Nothing);

    private static PupilRecord Reading(string score) => Records.Pupil(7, Records.Test("ENG", "REA", 2026, score));

    private static PupilRecord Sessions(int possible, int missed) => Records.Pupil(7) with { Attendance = new Dictionary<AcademicYear, StoredSessions> { [Year] = new(possible, missed) } };

    private static (int, int, double, double, double) Of(IReadOnlyList<SumRow> sums, string measure, string group = SumRow.AllPupils, string value = SumRow.AllPupils, string subject = "") =>
        sums.Single(s => s.Measure == measure && s.Subject == subject && s.Group == group && s.Value == value) is var sum ? (sum.N, sum.Matched, sum.Sum, sum.SumOfSquares, sum.Weight) : default;
}
