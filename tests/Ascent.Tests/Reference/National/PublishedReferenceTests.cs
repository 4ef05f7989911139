using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Reference.National;
using Ascent.Shared;
using Ascent.TestSupport;

namespace Ascent.Tests.Reference.National;

/// <summary>The files as they were published (ASCENT_REFERENCE), loaded as an operator would, against those files read another way.</summary>
public sealed class PublishedReferenceTests(LoadedReferenceHost loaded) : IClassFixture<LoadedReferenceHost>, IAsyncLifetime
{
    private static readonly AcademicYear Year2024 = AcademicYear.EndingIn(2024);
    private static readonly AcademicYear Year2025 = AcademicYear.EndingIn(2025);
    private AscentHost host = null!;
    private ReferenceLoad load = null!;
    private NationalFigures figures = null!;

    public async ValueTask InitializeAsync() =>
        (host, load, figures) = await loaded.StartAsync(new FileInfo(ReferenceFile.Find("progress8_attainment8_estimates.csv")).Directory!);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Load_Folder_TakesTenFilesAndNothingTwice()
    {
        Assert.All(load.Files, f => Assert.Null(f.Refused));
        Assert.Equal(Enum.GetValues<NationalKind>().Order(), load.Files.Select(f => f.Kind).Order());
        var editions = ReferenceFile.Rows("progress8_attainment8_estimates.csv").Select(r => (r["ks4_year"], r["status"])).Distinct().Count();
        Assert.Equal((editions, editions), (Of(NationalKind.Attainment8Estimates).Added, Of(NationalKind.Progress8Deviations).Added));
        Assert.Contains("lait_la_values_2019_2022_2025.csv", load.PassedOver);
        // Every subject is one of ours.
        Assert.Equal((0, 0, 0), (Of(NationalKind.GcseTransition).LeftOut, Of(NationalKind.CombinedScienceTransition).LeftOut, Of(NationalKind.GcseGrades).LeftOut));

        var again = await NationalFolder.LoadAsync(host, new FileInfo(ReferenceFile.Find("progress8_national_sd.csv")).Directory!);

        Assert.All(again.Files, f => Assert.Equal((0, 0), (f.Added, f.Changed)));
        Assert.Same(figures, await NationalFolder.FiguresAsync(host));

        ReferenceFileLoad Of(NationalKind kind) => load.Files.Single(f => f.Kind == kind);
    }

    [Theory]
    [InlineData(2022, "revised", ReferenceStatus.Revised)]
    [InlineData(2023, "revised", ReferenceStatus.Revised)]
    [InlineData(2024, "as published", ReferenceStatus.Final)]
    public void Progress8_OfAYear_IsTheOneOfTheFile(int year, string status, ReferenceStatus expected)
    {
        var published = Measures.NationalFigures.Progress8(year, status);

        var loaded = figures.Progress8(AcademicYear.EndingIn(year))!;

        Assert.Equal(new ReferenceEdition(AcademicYear.EndingIn(year), expected), loaded.Edition);
        foreach (var part in Enum.GetValues<Progress8Part>())
        {
            Assert.Equal(published.For(part).StandardDeviation, loaded.For(part).StandardDeviation);
            for (var score = 59.0; score <= 120; score += 0.5)
                Assert.Equal(published.For(part).EstimateFor(PriorAttainment.Of(score)), loaded.For(part).EstimateFor(PriorAttainment.Of(score)));
        }
        Assert.Null(figures.Progress8(Year2025));
    }

    [Fact]
    public void Progress8_OfPupils_IsThatOfTheVectors()
    {
        var rows = ReferenceFile.Rows("progress8_test_vectors.csv").Where(r => r["kind"] == "pupil_p8_2024").ToArray();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var given = row["input"].Split(' ').Select(part => double.Parse(part.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var score = figures.Progress8(Year2024)!.For(Progress8Part.Total).ScoreOf(PriorAttainment.OfKeyStage2(given[1], given[2]), given[0]);
            Assert.Equal(Measures.NationalFigures.Number(row["expected"]), score.Value, 0.0005);
        });
    }

    [Fact]
    public void Gcse_OfASubject_IsThatOfTheFile()
    {
        var published = Measures.NationalFigures.GcseMatrix("Mathematics");

        var loaded = figures.Gcse("MAT", Year2024)!;

        Assert.Equal(new ReferenceEdition(Year2024, ReferenceStatus.Revised), loaded.Edition);
        foreach (var score in (double[])[70, 80, 93, 98, 101, 103, 106, 108, 111, 115, 120])
            Assert.Equal(published.RowOf(PriorAttainment.Of(score)).ToArray(), loaded.RowOf(PriorAttainment.Of(score)).ToArray());
        Assert.Equal(18, figures.Gcse("CSC", Year2024)!.Scale.Count);
        Assert.Equal((ReferenceStatus.Revised, ReferenceStatus.Revised), (figures.Gcse("CSC", Year2024)!.Edition.Status, figures.GcseGrades("CSC", Year2024)!.Edition.Status));
    }

    // The file of percentages was made of the other's total rows, so both have to agree.
    [Fact]
    public void GcseGrades_OfEverySubject_HaveThePublishedShares()
    {
        foreach (var row in ReferenceFile.Rows("gcse_grade_distribution_2024_end_of_ks4.csv"))
        {
            var subject = Ascent.Reference.Subjects.All.Single(s => s.Ks4Name == row["subject"]);
            var grades = figures.GcseGrades(subject.Code, Year2024)!.Grades;
            Assert.Equal((int)Measures.NationalFigures.Number(row["results_with_grade"]), grades.Counts.Sum());
            Assert.True(grades.AtLeast(5).TryValue(out var share));
            Assert.Equal(Measures.NationalFigures.Number(row["pct_4plus"]), share, 0.06);
        }
    }

    [Fact]
    public void EBaccValueAdded_OfThePillars_IsThatOfTheFiles()
    {
        var estimates = ReferenceFile.Rows("ks4_ebacc_subject_va_estimates_2024.csv");
        var deviations = ReferenceFile.Rows("ks4_ebacc_subject_va_sd_2024.csv").Single();

        foreach (var (pillar, name) in ((EBaccPillars, string)[])[(EBaccPillars.Science, "science"), (EBaccPillars.Humanities, "humanities"), (EBaccPillars.Language, "languages")])
        {
            var table = figures.EBaccValueAdded(Year2024, pillar)!;
            Assert.Equal(Measures.NationalFigures.Number(deviations[$"sd_{name}_va"]), table.StandardDeviation);
            Assert.Equal(Measures.NationalFigures.Number(estimates.Single(r => r["pag"] == "18")[$"{name}_estimate"]), table.EstimateFor(PriorAttainment.Of(104)).Value);
        }
    }

    [Theory]
    [InlineData("ks2-rwm", "KS2RWM_Expected_STD", 2025)]
    [InlineData("ks2-reading-score", "KS2R_AVG_Scaled_Score", 2019)]
    [InlineData("ks4-attainment8", "AVG_Attain8_Score", 2024)]
    [InlineData("ks4-progress8", "AVG_Prog8_Score", 2024)]
    [InlineData("eyfs-gld", "FSP_NEW_GOODDEV", 2024)]
    [InlineData("ks1-writing", "KS1W_Expected _STD", 2023)]
    [InlineData("mtc-full", "Multiplication_Total", 2025)]
    public void Find_OfAllPupils_IsThePublishedFigure(string code, string name, int year) => Assert.Equal(Published(name, year), figures.Find(code, AcademicYear.EndingIn(year))!.Value.Figure);

    [Theory]
    [InlineData("ks4-attainment8", PupilGroup.Disadvantaged, "yes", "DAP_KS4_ATT8", 2025)]
    [InlineData("ks2-rwm", PupilGroup.Disadvantaged, "no", "NonDAP_NEW_KS2_RWM", 2025)]
    [InlineData("ks4-attainment8", PupilGroup.Ethnicity, "chinese", "AVG_Attain8_Score_Chine", 2024)]
    [InlineData("phonics-met", PupilGroup.Sen, "ehc", "KS1P_EHCP", 2024)]
    public void Find_OfAGroup_IsThePublishedFigureOfTheSamePupils(string code, PupilGroup group, string value, string name, int year) =>
        Assert.Equal(Published(name, year), figures.Find(code, AcademicYear.EndingIn(year), group, group.FindValue(value)!.Value)!.Value.Figure);

    [Theory]
    [InlineData(MeasureCodes.AbsenceOverall, NationalPhase.Primary, "PriTotAbs")]
    [InlineData(MeasureCodes.AbsenceUnauthorised, NationalPhase.Special, "unauthorised_absence_special")]
    [InlineData("absence-persistent", NationalPhase.Secondary, "SFSecPerAbNew")]
    [InlineData("absence-severe", NationalPhase.All, "TotSevPerAbNew")]
    public void Find_Absence_IsThePublishedFigureOfThePhase(string code, NationalPhase phase, string name) =>
        Assert.Equal(Published(name, 2025), figures.Find(code, Year2025, phase)!.Value.Figure);

    [Fact]
    public void Find_ProvisionalInTheSeries_IsNamedSo()
    {
        Assert.Equal("England 2024/25 (provisional)", figures.Find("phonics-met", Year2025)!.Value.Edition.Name);
        Assert.Equal("England 2023/24", figures.Find("phonics-met", Year2024)!.Value.Edition.Name);
        Assert.Equal("Illustrative England 2025/26", figures.Find("phonics-met", Year2025.Next)!.Value.Edition.Name);
    }

    [Fact]
    public void SchoolPercentiles_Of2019_AreThoseOfTheFile()
    {
        var row = ReferenceFile.Rows("national_school_distributions_2019.csv").Single(r => r["field"] == "P8MEA" && r["scope"].StartsWith("state", StringComparison.Ordinal));

        var spread = figures.SchoolPercentiles(MeasureCodes.Progress8, AcademicYear.EndingIn(2019))!;

        Assert.Equal(row.Where(c => c.Key.Length == 3 && c.Key[0] == 'p').Select(c => (Measures.NationalFigures.Number(c.Key[1..]), Measures.NationalFigures.Number(c.Value))), spread.Percentiles.ToArray());
        Assert.Equal(ReferenceStatus.Final, spread.Edition.Status);
    }

    private static double Published(string name, int year) =>
        Measures.NationalFigures.Number(ReferenceFile.Rows("national_headlines_england.csv").First(r => r["measure_code"] == name)[$"{year}"]);
}

/// <summary>The published folder, loaded once for the tests that look at it.</summary>
public sealed class LoadedReferenceHost : IAsyncDisposable
{
    private (AscentHost Host, ReferenceLoad Load, NationalFigures Figures)? started;

    // The tests of a class run one after the other.
    internal async Task<(AscentHost Host, ReferenceLoad Load, NationalFigures Figures)> StartAsync(DirectoryInfo folder)
    {
        if (started is not null)
            return started.Value;
        var host = await AscentHost.StartAsync();
        started = (host, await NationalFolder.LoadAsync(host, folder), await NationalFolder.FiguresAsync(host));
        return started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (started is { } running)
            await running.Host.DisposeAsync();
    }
}
