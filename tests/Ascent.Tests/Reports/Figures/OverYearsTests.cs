using Ascent.Measures;
using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Reference.National;
using Ascent.TestSupport;

namespace Ascent.Tests.Reports.Figures;

/// <summary>
/// "Your school" over three years that all have a baseline, 2026/27 to 2028/29. Every pupil begins with 104 in KS2, which is group 18: an estimate of
/// 20 points where group 1 has 3. A grade in maths counts twice, so a 9 is (18 − 20) ÷ 10 = −0.2.
/// </summary>
public sealed class OverYearsTests
{
    private static readonly ReportMeasure Progress8 = ReportMeasures.Find(MeasureCodes.Progress8)!;
    private static readonly PermissionSet SchoolLevel = PermissionSet.Of(Permission.SchoolReports);
    private static readonly PermissionSet PupilLevel = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports);

    private const string Percentiles = "scope,field,p01,p05,p10,p20,p25,p30,p40,p50,p60,p70,p75,p80,p90,p95,p99";

    [Fact]
    public async Task OverYears_ThreeYears_WeighTheNewestMostAndStandAmongSchools()
    {
        // −0.2, −0.6 and −0.4: (3·8·−0.2 + 2·7·−0.6 + 6·−0.4) ÷ (24 + 14 + 6) = −15.6 ÷ 44, ± 1.96 × √((9·8 + 4·7 + 6) × 1.2²) ÷ 44.
        await using var host = await StartAsync(oldest: 6, schools: true, [2027, 2028, 2029]);

        foreach (var rights in (PermissionSet[])[SchoolLevel, PupilLevel])
        {
            var score = (await OpenAsync(host, rights)).OverYears(Progress8)!;
            Assert.Equal(new Measure.Estimated(-0.35, -0.90, 0.20, MeasureUnit.Progress, new(21, 21)), score.Figure.School);
            Assert.Equal(Significance.NoDifference, score.Figure.Verdict);
            // −0.3545 lies between −0.39, at 20, and −0.32, at 25.
            Assert.Equal(new Measure.Scalar(23, MeasureUnit.Percentile, new(21, 21)), score.Percentile);
            Assert.Equal([AcademicYear.EndingIn(2027), AcademicYear.EndingIn(2028), AcademicYear.EndingIn(2029)], score.Years);
            Assert.Equal(new ReferenceEdition(AcademicYear.EndingIn(2029), ReferenceStatus.Final), score.Schools);
        }
    }

    [Fact]
    public async Task OverYears_OneOfTheYearsWithheld_IsWithheldFromSchoolLevelWithItsPlace()
    {
        await using var host = await StartAsync(oldest: 4, schools: true, [2027, 2028, 2029], before: 3);

        var limited = await OpenAsync(host, SchoolLevel);
        var score = limited.OverYears(Progress8)!;

        // The 15 of the span are shown and the 8 of the newest year, so the 7 of the others; with the weighted score the 3 and the 4 would come out.
        Assert.Equal([true, true, false, false], ((ReportPeriod[])[ReportPeriod.Year(0), ReportPeriod.Year(1), ReportPeriod.Year(2), ReportPeriod.Span]).Select(p => limited.Of(Progress8, p) is Measure.Withheld));
        Assert.IsType<Measure.Withheld>(score.Figure.School);
        Assert.IsType<Measure.Withheld>(score.Percentile);
        Assert.Equal((null, 0, null), (score.Figure.Verdict, score.Years.Count, score.Schools));
        Assert.IsType<Measure.Estimated>((await OpenAsync(host, PupilLevel)).OverYears(Progress8)!.Figure.School);
    }

    [Fact]
    public async Task OverYears_AYearWithoutNationalFigures_CountsNothingAndMovesNoOtherUp()
    {
        await using var host = await StartAsync(oldest: 6, schools: false, [2027, 2029]);

        var score = (await OpenAsync(host, SchoolLevel)).OverYears(Progress8)!;

        // (3·8·−0.2 + 6·−0.4) ÷ 30 = −0.24; the oldest weighs one, not two.
        Assert.Equal(-0.24, Assert.IsType<Measure.Estimated>(score.Figure.School).Point);
        Assert.Equal([AcademicYear.EndingIn(2027), AcademicYear.EndingIn(2029)], score.Years);
        Assert.Equal(NotApplicableReason.NoReference, Assert.IsType<Measure.NotApplicable>(score.Percentile).Reason);
        Assert.Null(score.Schools);
    }

    [Fact]
    public async Task OverYears_NoYearWithNationalFigures_IsNoScore()
    {
        await using var host = await StartAsync(oldest: 6, schools: true, []);

        var score = (await OpenAsync(host, SchoolLevel)).OverYears(Progress8)!;

        Assert.Equal(NotApplicableReason.NoReference, Assert.IsType<Measure.NotApplicable>(score.Figure.School).Reason);
        Assert.Equal((null, 0), (score.Figure.Verdict, score.Years.Count));
    }

    /// <summary>Eight pupils of 2028/29 with a 9 in maths, those of 2027/28 with a 7, and those of 2026/27 with an 8.</summary>
    private static async Task<AscentHost> StartAsync(int oldest, bool schools, int[] reference, int before = 7)
    {
        var host = await AscentHost.StartAsync();
        host.Clock.Advance(new DateTimeOffset(2029, 11, 23, 9, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        var school = await host.Data.AddSecondaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        foreach (var (endYear, nc, grade, count) in ((int, string, string, int)[])[(2029, "12", "9", 8), (2028, "13", "7", before), (2027, "14", "8", oldest)])
            for (var i = 0; i < count; i++)
            {
                var id = await host.Data.AddPupilAsync(manager, (PupilField.Year, nc), (PupilField.BornOn, $"4/3/{endYear - 16}"), (PupilField.EnrolledOn, "1/9/2021"));
                await host.Data.AddRecordsAsync(school.Id, (id, TestData.InFile([Test("ENG", "REA", "106"), Test("MAT", "MAT", "102"), new ResultInFile(new Assessment("KS4", "MAT", "GCSE", "EX"), AcademicYear.EndingIn(endYear), "", grade)])));
            }
        using var folder = new NationalFolder();
        if (reference.Length > 0)
            folder.WriteProgress8([.. reference.Select(y => (y, "final", 2.0))]);
        if (schools)
            folder.Write("national_school_distributions_2029.csv", Percentiles, "state mainstream (maintained + academy),P8MEA,-1.17,-0.79,-0.58,-0.39,-0.32,-0.24,-0.14,-0.03,0.09,0.22,0.29,0.37,0.6,0.78,1.08");
        Assert.All((await folder.LoadAsync(host)).Files, f => Assert.Null(f.Refused));
        await host.Get<BuildCohorts>().BuildAsync(school.Id, TestContext.Current.CancellationToken);
        return host;
    }

    private static ResultInFile Test(string subject, string component, string score) => new(new Assessment("KS2", subject, component, "TT"), AcademicYear.EndingIn(2022), "", score);

    private static async Task<Report> OpenAsync(AscentHost host, PermissionSet permissions)
    {
        var school = Assert.Single(await host.ReadAllAsync<Ascent.Organisations.School>());
        return (await host.Get<ReadReport>().ExecuteAsync(CohortStage.Ks4, new(ActorKind.Person, Guid.Empty, Guid.Empty, school.Id, permissions), TestContext.Current.CancellationToken)).Value!;
    }
}
