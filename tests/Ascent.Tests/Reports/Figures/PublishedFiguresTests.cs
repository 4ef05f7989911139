using System.Globalization;
using Ascent.Measures;
using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Demo;
using Ascent.Tests.Reference.National;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Reports.Figures;

/// <summary>
/// Harbour Academy's figures of 2023/24 with the published national figures loaded, against the same worked out from the rows of the database and the
/// lines of the files by plain sums that share nothing with the product.
/// </summary>
public sealed class PublishedFiguresTests
{
    private static readonly AcademicYear Year = AcademicYear.EndingIn(2024);

    private static readonly string[] Sciences = ["BIO", "CHE", "PHY", "CSI"];
    private static readonly string[] Languages = ["FRE", "GER", "SPA", "OML", "LAT"];

    [Fact]
    public async Task Harbour_WithPublishedFigures_AgreesWithAnotherRoute()
    {
        var folder = new FileInfo(ReferenceFile.Find("progress8_attainment8_estimates.csv")).Directory!;
        await using var host = await SeededDemonstration.StartAsync(DatabaseKind.Sqlite, TimeSpan.Zero);
        await NationalFolder.LoadAsync(host, folder);
        while (await host.Get<BuildCohorts>().ExecuteAsync(TestContext.Current.CancellationToken) > 0)
        {
        }
        var harbour = (await host.ReadAllAsync<School>()).Single(s => s.Code == "900002");
        var actor = new Actor(ActorKind.Person, Guid.Empty, Guid.Empty, harbour.Id, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));
        var report = (await host.Get<ReadReport>().ExecuteAsync(CohortStage.Ks4, actor, TestContext.Current.CancellationToken)).Value!;
        var period = ReportPeriod.Year(report.Years.ToList().IndexOf(Year));

        var pupils = await PupilsAsync(host, harbour.Id);
        var estimates = ReferenceFile.Rows("progress8_attainment8_estimates.csv").Where(r => r["ks4_year"] == "2024").ToList();
        var spread = ReferenceFile.Rows("progress8_national_sd.csv").Single(r => r["ks4_year"] == "2024");
        var scores = pupils.Where(p => p.Start is not null).Select(p => (p.Attainment8 - Number(Row(estimates, p.Start!.Value), "att8_estimate")) / 10).ToList();
        var (mean, half) = (scores.Average(), 1.96 * Number(spread, "sd_p8") / Math.Sqrt(scores.Count));

        Assert.True(pupils.Count > 100 && scores.Count > 100, $"{pupils.Count} pupils, {scores.Count} with a start");
        var progress = Assert.IsType<Measure.Estimated>(report.Of(ReportMeasures.Find("ks4-progress8")!, period));
        Assert.Equal((Two(mean), Two(mean - half), Two(mean + half)), (progress.Point, progress.Lower, progress.Upper));
        Assert.Equal((pupils.Count, scores.Count), (progress.Population.N, progress.Population.Matched));
        Assert.Equal(One(pupils.Average(p => p.Attainment8)), Value(report.Of(ReportMeasures.Find("ks4-attainment8")!, period)));
        Assert.Equal(BandOf(mean, half), report.Judge(ReportMeasures.Find("ks4-progress8")!, period).Band);
        Assert.Equal([new ReferenceEdition(Year, ReferenceStatus.Final)], report.EditionsOf(Year).Where(e => e.Status != ReferenceStatus.Illustrative).Distinct());

        // Value added of history: each entry against the mean of the pupils of its group in the transition matrix.
        var matrix = ReferenceFile.Rows("ks2_ks4_transition_2024_gcse_grades_all_pupils.csv").Where(r => r["subject"] == "History").ToList();
        var added = pupils.Where(p => p.Start is not null && p.Grades.TryGetValue("HIS", out var grade) && grade is not null)
            .Select(p => p.Grades["HIS"]!.Value - MeanOf(matrix.Single(r => r["ks2_scaled_score_group"] == GroupOf(p.Start!.Value)))).ToList();
        Assert.True(added.Count > 30, $"{added.Count} entries of history");
        var history = report.Of(SubjectMeasures.Of("HIS", CohortScale.Gcse).Single(m => m.Code == "gcse-va"), period);
        Assert.Equal(Two(added.Average()), Value(history));
    }

    private sealed record KnownPupil(double? Start, double Attainment8, IReadOnlyDictionary<string, double?> Grades);

    private static async Task<List<KnownPupil>> PupilsAsync(AscentHost host, Guid school)
    {
        // The third Thursday of January 2024.
        var census = new DateOnly(2024, 1, 18);
        var roll = await host.ReadAsync(db => db.Set<Pupil>().Where(p => p.OrganisationId == school && p.EnrolledOn <= census && (p.LeftOn == null || p.LeftOn >= census)).ToListAsync());
        var results = (await host.ReadAsync(db => db.Set<PupilResult>().Where(r => r.OrganisationId == school && r.ReplacedById == Guid.Empty).ToListAsync())).ToLookup(r => r.PupilId);
        // Year 11 then: those who have left were in it when they left that summer, those in Year 13 stayed for the sixth form and are in Year 14 by now, or left after it.
        return [.. roll.Where(p => Then(p) == 11).Select(p => Known([.. results[p.Id]]))];
        static int Then(Pupil pupil)
        {
            var asOf = pupil.LeftOn is { } left && left < new DateOnly(2026, 11, 23) ? left : new DateOnly(2026, 11, 23);
            var startOfAsOf = asOf.Month >= 9 ? asOf.Year : asOf.Year - 1;
            return pupil.NcYearNumber - (startOfAsOf - 2023);
        }
    }

    private static KnownPupil Known(IReadOnlyList<PupilResult> results)
    {
        double? Score(string subject, string component) => results.SingleOrDefault(r => r.Stage == "KS2" && r.Subject == subject && r.Component == component && r.Method == "TT") is { } row
            ? row.Number ?? (row.Code == "N" ? 79 : null) : null;
        var grades = results.Where(r => r.Stage == "KS4" && r.AcademicYear == 2023).ToDictionary(r => r.Subject, r => r.Code switch { "U" => 0, "X" => null, [var one] => one - '0', [var one, '-', var two] => (one - '0' + (two - '0')) / 2.0, _ => (double?)null });
        double Of(string subject) => grades.GetValueOrDefault(subject) ?? -1;
        var (language, literature) = (Of("ENL"), Of("ENT"));
        var english = Math.Max(0, Math.Max(language, literature)) * (language >= 0 && literature >= 0 ? 2 : 1);
        var ebacc = Sciences.Concat(Languages).Concat(["HIS", "GEO"]).Select(Of).Concat([Of("CSC"), Of("CSC")]).Where(g => g >= 0).OrderDescending().ToList();
        var open = grades.Where(g => g.Value is not null && !Sciences.Contains(g.Key) && !Languages.Contains(g.Key) && g.Key is not ("ENL" or "ENT" or "MAT" or "HIS" or "GEO" or "CSC")).Select(g => g.Value!.Value)
            .Concat(ebacc.Skip(3)).Concat(language >= 0 && literature >= 0 ? [Math.Min(language, literature)] : []).OrderDescending().Take(3).Sum();
        var start = Score("ENG", "REA") is { } reading && Score("MAT", "MAT") is { } maths ? (reading + maths) / 2 : (double?)null;
        return new(start, english + (2 * Math.Max(0, Of("MAT"))) + ebacc.Take(3).Sum() + open, grades);
    }

    private static IReadOnlyDictionary<string, string> Row(IEnumerable<IReadOnlyDictionary<string, string>> rows, double start) =>
        rows.Single(r => start >= Number(r, "ks2_avg_scaled_low") && start <= Number(r, "ks2_avg_scaled_high"));

    private static string GroupOf(double start) => start switch
    {
        < 80 => "Less than 80",
        < 90 => "80 - 89.5",
        < 96 => "90 - 95.5",
        < 100 => "96 - 99.5",
        < 102.5 => "100 - 102",
        < 105 => "102.5 - 104.5",
        < 107.5 => "105 - 107",
        < 110 => "107.5 - 109.5",
        < 113.5 => "110 - 113",
        < 117 => "113.5 - 116.5",
        _ => "117 - 120",
    };

    private static double MeanOf(IReadOnlyDictionary<string, string> row) =>
        Enumerable.Range(1, 9).Sum(g => g * Number(row, $"num_{g}")) / (Enumerable.Range(1, 9).Sum(g => Number(row, $"num_{g}")) + Number(row, "num_U"));

    private static ProgressBand BandOf(double mean, double half) =>
        mean - half > 0 ? Two(mean) >= 0.5 ? ProgressBand.WellAbove : ProgressBand.Above : mean + half < 0 ? Two(mean) < -0.5 ? ProgressBand.WellBelow : ProgressBand.Below : ProgressBand.Average;

    private static double Number(IReadOnlyDictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    private static double Value(Measure measure) => measure.TryValue(out var value) ? value : double.NaN;

    private static double Two(double value) => (double)Math.Round((decimal)value, 2, MidpointRounding.AwayFromZero);

    private static double One(double value) => (double)Math.Round((decimal)value, 1, MidpointRounding.AwayFromZero);
}
