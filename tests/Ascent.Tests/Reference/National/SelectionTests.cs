using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Reference.National;
using Ascent.Shared;
using Ascent.TestSupport;

namespace Ascent.Tests.Reference.National;

/// <summary>Which edition a report gets, and that no two meet in one comparison.</summary>
public sealed class SelectionTests : IAsyncLifetime
{
    private static readonly AcademicYear Year2024 = AcademicYear.EndingIn(2024);
    private static readonly AcademicYear Year2025 = AcademicYear.EndingIn(2025);
    private readonly NationalFolder folder = new();
    private AscentHost host = null!;

    public async ValueTask InitializeAsync() => host = await AscentHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Progress8_SeveralStatuses_TheMostFinalIsTaken()
    {
        folder.WriteProgress8((2024, "revised", 20), (2024, "final", 30), (2024, "provisional", 10), (2023, "provisional", 5));
        var figures = await LoadAsync();

        Assert.Equal((ReferenceStatus.Final, 31), (figures.Progress8(Year2024)!.Edition.Status, figures.Progress8(Year2024)!.For(Progress8Part.Total).EstimateFor(PriorAttainment.Of(60)).Value));
        Assert.Equal(ReferenceStatus.Provisional, figures.Progress8(AcademicYear.EndingIn(2023))!.Edition.Status);
    }

    // Estimates and deviations belong together; with only one of the two there is no edition.
    [Fact]
    public async Task Progress8_FinalWithoutDeviations_IsNotTaken()
    {
        folder.WriteProgress8((2024, "revised", 20));
        folder.Write(NationalFolder.Estimates, [NationalFolder.EstimatesHeading, .. NationalFolder.EstimateRows(2024, "final", 30), .. NationalFolder.EstimateRows(2024, "revised", 20)]);
        var figures = await LoadAsync();

        Assert.Equal(ReferenceStatus.Revised, figures.Progress8(Year2024)!.Edition.Status);
    }

    [Fact]
    public async Task Find_YearThatIsNotThere_IsNullAndNeverAnotherYears()
    {
        folder.Write(NationalFolder.Table, "measure_code,2019,2024", "AVG_Attain8_Score,40.5,41.5");
        var figures = await LoadAsync();

        Assert.Equal(40.5, figures.Find("ks4-attainment8", AcademicYear.EndingIn(2019))!.Value.Figure);
        Assert.Null(figures.Find("ks4-attainment8", AcademicYear.EndingIn(2018)));
        Assert.Null(figures.Find("ks4-attainment8", AcademicYear.EndingIn(2027)));
        Assert.Null(figures.Find("no-such-measure", Year2024));
        Assert.Null(figures.Find("ks4-attainment8", Year2024, NationalPhase.Primary));
        Assert.Null(figures.Progress8(Year2025));
    }

    // A real figure of the whole beside an invented one of a group would look like a gap.
    [Fact]
    public async Task Find_MeasureWithARealFigure_HasNoInventedOneOfAGroup()
    {
        folder.Write(NationalFolder.Table, "measure_code,2024,2025", "AVG_Attain8_Score,41.5,", "DAP_KS4_ATT8,31.5,");
        var figures = await LoadAsync();

        Assert.Equal(new Headline(41.5, new(Year2024, ReferenceStatus.Final)), figures.Find("ks4-attainment8", Year2024));
        Assert.Equal(new Headline(31.5, new(Year2024, ReferenceStatus.Final)), figures.Find("ks4-attainment8", Year2024, PupilGroup.Disadvantaged, 0));
        Assert.Null(figures.Find("ks4-attainment8", Year2024, PupilGroup.Disadvantaged, 1));
        Assert.Null(figures.Find("ks4-attainment8", Year2024, PupilGroup.Sex, 0));
        // Another year, and another measure of that year, have nothing real.
        Assert.Equal(ReferenceStatus.Illustrative, figures.Find("ks4-attainment8", Year2025, PupilGroup.Sex, 0)!.Value.Edition.Status);
        Assert.Equal(ReferenceStatus.Illustrative, figures.Find("ks4-ebacc-aps", Year2024)!.Value.Edition.Status);
    }

    // The table does not say that a figure is provisional; the series does.
    [Fact]
    public async Task Find_TableAndSeries_TheSeriesIsBelieved()
    {
        folder.Write(NationalFolder.Table, "measure_code,2024,2025", "KS1P_all,70,71", "KS1P_EHCP,20,21");
        folder.Write(NationalFolder.Series, "topic,measure_code,year,england_value", "K,KS1P_all,2025 (prov),72", "K,KS1P_all,2023,-", "K,NotOurs,2025,1");
        var load = await folder.LoadAsync(host);
        var figures = await NationalFolder.FiguresAsync(host);

        Assert.Equal(new Headline(72, new(Year2025, ReferenceStatus.Provisional)), figures.Find("phonics-met", Year2025));
        Assert.Null(figures.Find("phonics-met", Year2025, PupilGroup.Sen, 0));
        Assert.Equal(new Headline(70, new(Year2024, ReferenceStatus.Final)), figures.Find("phonics-met", Year2024));
        Assert.Equal(20, figures.Find("phonics-met", Year2024, PupilGroup.Sen, 0)!.Value.Figure);
        Assert.Equal([1, 0], load.Files.Select(f => f.LeftOut));
    }

    [Fact]
    public async Task Find_ProvisionalAndRevised_OneEditionGivesAllGroups()
    {
        folder.Write(
            NationalFolder.Series, "topic,measure_code,year,england_value",
            "K,AVG_Attain8_Score,2024 (prov),40", "K,DAP_KS4_ATT8,2024 (prov),30", "K,AVG_Attain8_Score,2024 (Rev),41");
        var figures = await LoadAsync();

        Assert.Equal(new Headline(41, new(Year2024, ReferenceStatus.Revised)), figures.Find("ks4-attainment8", Year2024));
        Assert.Null(figures.Find("ks4-attainment8", Year2024, PupilGroup.Disadvantaged, 0));
    }

    [Fact]
    public async Task Gcse_RealMatrices_LeaveNoSubjectOfTheYearInvented()
    {
        folder.WriteTransition("Revised", ("History", ["100 - 102", "117 - 120", "No scaled score"], true), ("Alchemy", ["100 - 102"], true));
        var load = await folder.LoadAsync(host);
        var figures = await NationalFolder.FiguresAsync(host);

        var history = figures.Gcse("HIS", Year2024)!;
        Assert.Equal(new ReferenceEdition(Year2024, ReferenceStatus.Revised), history.Edition);
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], history.RowOf(PriorAttainment.Of(101)).ToArray());
        Assert.All(history.RowOf(PriorAttainment.Of(90)).ToArray(), n => Assert.Equal(0, n));
        Assert.Equal([27, 24, 21, 18, 15, 12, 9, 6, 3, 0], figures.GcseGrades("HIS", Year2024)!.Grades.Counts);
        Assert.Null(figures.Gcse("GEO", Year2024));
        // Combined Science has a file of its own, and only matrices were loaded of this year.
        Assert.Equal(ReferenceStatus.Illustrative, figures.Gcse("CSC", Year2024)!.Edition.Status);
        Assert.Equal(ReferenceStatus.Illustrative, figures.GcseGrades("GEO", Year2025)!.Edition.Status);
        Assert.Equal(2, Assert.Single(load.Files).LeftOut);
    }

    [Fact]
    public async Task GcseGrades_OnlyPercentages_BecomeCounts()
    {
        folder.Write(NationalFolder.Grades, NationalFolder.GradesHeading, "History,2000,10,10,10,10,10,10,10,10,10,10");
        var figures = await LoadAsync();

        Assert.Equal((10, 200), (figures.GcseGrades("HIS", Year2024)!.Grades.Counts.Count, figures.GcseGrades("HIS", Year2024)!.Grades.Counts[9]));
        Assert.Equal(ReferenceStatus.Final, figures.GcseGrades("HIS", Year2024)!.Edition.Status);
    }

    [Fact]
    public async Task SchoolPercentiles_OfMainstreamAndSpecialSchools_AreTwo()
    {
        folder.Write(
            NationalFolder.Schools, "scope,field,p01,p05,p10,p20,p25,p30,p40,p50,p60,p70,p75,p80,p90,p95,p99",
            "state mainstream (maintained + academy),ATT8SCR,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35",
            "special,ATT8SCR,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15",
            "independent,ATT8SCR,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15");
        var figures = await LoadAsync();

        var score = new Measure.Scalar(28, MeasureUnit.Average, new(10, 10));
        Assert.True(ThreeYears.PercentileOf(score, figures.SchoolPercentiles("ks4-attainment8", Year2024)!.Percentiles.Span).TryValue(out var place));
        Assert.Equal(50, place);
        Assert.Equal((99, 15), figures.SchoolPercentiles("ks4-attainment8", Year2024, NationalPhase.Special)!.Percentiles.Span[^1]);
    }

    private async Task<NationalFigures> LoadAsync()
    {
        Assert.All((await folder.LoadAsync(host)).Files, f => Assert.Null(f.Refused));
        return await NationalFolder.FiguresAsync(host);
    }
}
