using System.Globalization;
using System.Text;
using Ascent.Measures;
using Ascent.Reference.National;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Reference.National;

/// <summary>A folder with files in the layouts of published ones and invented figures.</summary>
internal sealed class NationalFolder : IDisposable
{
    public const string Estimates = "progress8_attainment8_estimates.csv";
    public const string Deviations = "progress8_national_sd.csv";
    public const string Table = "national_headlines_england.csv";
    public const string Series = "lait_england_timeseries.csv";
    public const string Transition = "ks2_ks4_transition_2024_gcse_grades_all_pupils.csv";
    public const string Grades = "gcse_grade_distribution_2024_end_of_ks4.csv";
    public const string Schools = "national_school_distributions_2024.csv";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ascent-national-");

    public DirectoryInfo Folder => folder;

    public static string EstimatesHeading => "ks4_year,status,pag,ks2_avg_scaled_low,ks2_avg_scaled_high,att8_estimate,english_estimate,maths_estimate,ebacc_estimate,open_estimate";

    public static string GradesHeading => $"subject,results_with_grade,{string.Join(',', GradeScale.Gcse.Labels.Select(g => $"pct_{g}"))}";

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    public void Write(string name, params string[] lines) => File.WriteAllText(Path(name), string.Join("\r\n", lines) + "\r\n");

    public void Write(string name, byte[] bytes) => File.WriteAllBytes(Path(name), bytes);

    /// <summary>The rows of one edition, group 1 with so many points and every further group with one more.</summary>
    public static IEnumerable<string> EstimateRows(int year, string status, double first = 10)
    {
        double[] bounds = [59, 82, 86, 87.5, 89, 90.5, 92, .. Enumerable.Range(93, 27).Select(n => (double)n), 120];
        return Enumerable.Range(1, 34).Select(g => string.Create(CultureInfo.InvariantCulture,
            $"{year},{status},{g},{(g == 1 ? 59 : bounds[g - 1] + 0.5)},{bounds[g]},{first + g},{4},{4},{(first + g) / 2},{3}"));
    }

    public void WriteProgress8(params (int Year, string Status, double First)[] editions)
    {
        Write(Estimates, [EstimatesHeading, .. editions.SelectMany(e => EstimateRows(e.Year, e.Status, e.First))]);
        Write(Deviations, ["ks4_year,status,sd_p8,sd_english,sd_maths,sd_ebacc,sd_open", .. editions.Select(e => $"{e.Year},{e.Status},1.2,1.3,1.4,1.5,1.6")]);
    }

    public void WriteTransition(string status, params (string Subject, string[] Groups, bool Total)[] subjects) =>
        Write(Transition, [TransitionHeading, .. subjects.SelectMany(s => s.Groups.Select(g => TransitionRow(status, g, s.Subject, 1)).Concat(s.Total ? [TransitionRow(status, "Total", s.Subject, s.Groups.Length)] : []))]);

    public static string TransitionHeading =>
        "time_period,version,establishment_type_group,breakdown_topic,breakdown,ks2_scaled_score_group,subject,qualification_type,num_1,num_2,num_3,num_4,num_5,num_6,num_7,num_8,num_9,num_U,num_X,num_covid_impacted,all_grades";

    // Grade 1 once, grade 2 twice … grade 9 nine times.
    private static string TransitionRow(string status, string group, string subject, int times) =>
        $"202324,{status},All state-funded,Total,Total,{group},{subject},GCSE,{string.Join(',', Enumerable.Range(1, 9).Select(n => n * times))},0,{times},0,{46 * times}";

    public static async Task<ReferenceLoad> LoadAsync(AscentHost host, DirectoryInfo folder, bool dryRun = false) =>
        (await host.Get<LoadReference>().ExecuteAsync(folder, Actor.Operator, dryRun, TestContext.Current.CancellationToken)).Value;

    public Task<ReferenceLoad> LoadAsync(AscentHost host, bool dryRun = false) => LoadAsync(host, folder, dryRun);

    public static ValueTask<NationalFigures> FiguresAsync(AscentHost host) => host.Get<ReadNationalFigures>().ExecuteAsync(TestContext.Current.CancellationToken);

    public void Dispose() => folder.Delete(recursive: true);
}
