using Ascent.Measures;
using Ascent.Organisations;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Demo;
using Ascent.TestSupport;

namespace Ascent.Tests.Reports.WhatIfs;

/// <summary>Every measure of key stages 2 and 4 of the demonstration, with a third of the pupils left out, against plain means of what each pupil gave.</summary>
[Collection(SeededDemonstration.Name)]
public sealed class WhatIfFiguresTests(SeededDemonstration demonstration)
{
    [Theory]
    [InlineData("900001", CohortStage.Ks2)]
    [InlineData("900002", CohortStage.Ks4)]
    public async Task Of_EveryMeasure_IsTheMeanOfThoseWhoAreLeft(string urn, CohortStage stage)
    {
        var host = await demonstration.OnAsync(DatabaseKind.Sqlite);
        while (await host.Get<BuildCohorts>().ExecuteAsync(TestContext.Current.CancellationToken) > 0)
        {
        }
        var school = (await host.ReadAllAsync<School>()).Single(s => s.Code == urn);
        var leader = new Actor(ActorKind.Person, Guid.Empty, Guid.Empty, school.Id, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports));
        var report = (await host.Get<ReadReport>().ExecuteAsync(stage, leader, TestContext.Current.CancellationToken)).Value!;
        var compared = 0;
        foreach (var (year, _) in report.Years.Index())
        {
            var (cohort, known) = report.KnownOf(year);
            var out3 = known.Where(p => p % 3 == 0).Select(p => cohort.PupilIds[p]).ToHashSet();
            var figures = new WhatIfFigures(report, year, out3);
            Assert.Equal((known.Count, known.Count - out3.Count), (figures.All, figures.Left));
            foreach (var measure in ReportMeasures.Of(stage))
            {
                var (asItIs, without) = figures.Of(measure);
                foreach (var (figure, pupils) in ((Measure, int[])[])[(asItIs, [.. known]), (without, [.. known.Where(p => !out3.Contains(cohort.PupilIds[p]))])])
                {
                    if (!figure.TryValue(out var shown))
                        continue;
                    double[] values = [.. pupils.Select(p => report.OutcomeOf(measure, year, p)).Where(o => o.Counts).Select(o => o.Value)];
                    var mean = values.Sum() / values.Length * (measure.Kind == MeasureKind.Share ? 100 : 1);
                    Assert.Equal(mean, shown, 0.5000001 * Math.Pow(10, -measure.Unit.Decimals()));
                    Assert.True(figure.TryPopulation(out var population));
                    Assert.Equal(values.Length, population.Matched);
                    compared++;
                }
            }
        }
        Assert.True(compared > 60, $"{compared} figures");
    }
}
