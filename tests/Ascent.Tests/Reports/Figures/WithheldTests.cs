using Ascent.Measures;
using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Demo;
using Ascent.TestSupport;

namespace Ascent.Tests.Reports.Figures;

/// <summary>Every figure that the schools of the demonstration could ask for, as readers of different rights see it.</summary>
[Collection(SeededDemonstration.Name)]
public sealed class WithheldTests(SeededDemonstration demonstration, ITestOutputHelper output)
{
    [Fact]
    public async Task EveryFigure_ForReadersOfSchoolLevel_IsThatOfPupilLevelOrWithheld()
    {
        var host = await StartAsync();
        var (all, withheld) = (0, 0);
        foreach (var school in await host.ReadAllAsync<School>())
            foreach (var stage in CohortStages.All)
            {
                if (await OpenAsync(host, school, stage.Stage, PermissionSet.Of(Permission.SchoolReports)) is not { } limited)
                    continue;
                var whole = (await OpenAsync(host, school, stage.Stage, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports)))!;
                foreach (var (measure, period, group, value) in Questions(limited))
                {
                    var (seen, known) = (limited.Of(measure, period, group, value), whole.Of(measure, period, group, value));
                    Assert.IsNotType<Measure.Withheld>(known);
                    if (!known.TryPopulation(out var population) || population.Matched == 0)
                        continue;
                    all++;
                    if (seen is Measure.Withheld)
                        withheld++;
                    else
                    {
                        Assert.True(seen.TryValue(out var shown) == known.TryValue(out var figure) && shown.Equals(figure), $"{school.Name} {measure.Code} {group} {value}: {seen}, {known}");
                        Assert.True(population.Matched >= 6, $"{school.Name} {measure.Code} {group} {value}: {population.Matched} pupils");
                    }
                }
            }
        output.WriteLine($"{withheld} of {all} figures withheld, {100.0 * withheld / all:0}%");
        // Too little protection and too much both show.
        Assert.InRange(100.0 * withheld / all, 20, 65);
    }

    [Fact]
    public async Task EveryFigure_ForReadersOfOwnClasses_WithholdsAtLeastWhatSchoolLevelDoes()
    {
        var host = await StartAsync();
        var harbour = (await host.ReadAllAsync<School>()).Single(s => s.Code == "900002");
        var limited = (await OpenAsync(host, harbour, CohortStage.Ks4, PermissionSet.Of(Permission.SchoolReports)))!;
        var own = (await OpenAsync(host, harbour, CohortStage.Ks4, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses)))!;

        Assert.All(Questions(limited).Take(3_000), q =>
        {
            if (limited.Of(q.Measure, q.Period, q.Group, q.Value) is Measure.Withheld)
                Assert.IsType<Measure.Withheld>(own.Of(q.Measure, q.Period, q.Group, q.Value));
        });
        Assert.Throws<InvalidOperationException>(() => limited.Narrowed((_, _) => true));
        Assert.False(own.Narrowed((_, _) => true).Of(ReportMeasures.Find("ks4-attainment8")!, ReportPeriod.Year(0)).TryValue(out _));
    }

    private static IEnumerable<(ReportMeasure Measure, ReportPeriod Period, PupilGroup? Group, byte Value)> Questions(Report report)
    {
        IEnumerable<ReportMeasure> measures = [.. ReportMeasures.Of(report.Stage), MakeUp.Measure(report.Stage), .. report.Subjects.SelectMany(s => SubjectMeasures.Of(s.Code, s.Scale).Take(SubjectMeasures.BeforeGrades))];
        var periods = report.Years.Select((_, place) => ReportPeriod.Year(place)).Concat(report.Years.Count > 1 ? [ReportPeriod.Span] : []).ToList();
        foreach (var measure in measures)
            foreach (var period in periods)
            {
                yield return (measure, period, null, 0);
                foreach (var group in PupilGroups.All)
                    for (byte value = 0; value < group.Values().Count; value++)
                        yield return (measure, period, group, value);
            }
    }

    private async Task<AscentHost> StartAsync()
    {
        var host = await demonstration.OnAsync(DatabaseKind.Sqlite);
        while (await host.Get<BuildCohorts>().ExecuteAsync(TestContext.Current.CancellationToken) > 0)
        {
        }
        return host;
    }

    private static async Task<Report?> OpenAsync(AscentHost host, School school, CohortStage stage, PermissionSet permissions) =>
        (await host.Get<ReadReport>().ExecuteAsync(stage, new(ActorKind.Person, Guid.Empty, Guid.Empty, school.Id, permissions), TestContext.Current.CancellationToken)).Value;
}
