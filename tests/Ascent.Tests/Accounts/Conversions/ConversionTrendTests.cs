using Ascent.Measures;
using Ascent.Organisations;
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

namespace Ascent.Tests.Accounts.Conversions;

/// <summary>Three years of results before a school becomes another are the same three years after it, figure for figure.</summary>
public sealed class ConversionTrendTests
{
    [Theory, BothDatabases]
    public async Task Reports_OfTheSuccessor_RunThroughTheYearsBefore(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        host.Clock.Advance(new DateTimeOffset(2029, 11, 23, 9, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        var (old, now) = (await host.Data.AddSecondaryAsync("Ridge School"), await host.Data.AddSecondaryAsync("Ridge Academy"));
        var manager = await host.Data.AddMemberAsync(old, Permission.ManageData);
        foreach (var (endYear, nc, grade, count) in ((int, string, string, int)[])[(2029, "12", "9", 8), (2028, "13", "7", 7), (2027, "14", "8", 6)])
            for (var i = 0; i < count; i++)
            {
                var id = await host.Data.AddPupilAsync(manager, (PupilField.Year, nc), (PupilField.BornOn, $"4/3/{endYear - 16}"), (PupilField.EnrolledOn, "1/9/2021"));
                await host.Data.AddRecordsAsync(old.Id, (id, TestData.InFile([Ks2("ENG", "REA", "106"), Ks2("MAT", "MAT", "102"), new ResultInFile(new Assessment("KS4", "MAT", "GCSE", "EX"), AcademicYear.EndingIn(endYear), "", grade)])));
            }
        using var folder = new NationalFolder();
        folder.WriteProgress8([.. new[] { 2027, 2028, 2029 }.Select(y => (y, "final", 2.0))]);
        await folder.LoadAsync(host);
        await host.Get<BuildCohorts>().BuildAsync(old.Id, TestContext.Current.CancellationToken);
        var before = await FiguresAsync(host, old.Code);
        Assert.Equal(3, before.Count(f => f.StartsWith("year ", StringComparison.Ordinal)));
        Assert.Contains(before, f => f.Contains("Estimated", StringComparison.Ordinal));

        Assert.True((await host.ConvertAsync(old, now)).Succeeded);

        // At once, and again when the cohorts have been built anew.
        Assert.Equal(before, await FiguresAsync(host, now.Code));
        await host.Get<BuildCohorts>().BuildAsync(old.Id, TestContext.Current.CancellationToken);
        Assert.Equal(before, await FiguresAsync(host, now.Code));
        Assert.True((await host.CommitAsync(old, now)).Succeeded);
        Assert.Equal(before, await FiguresAsync(host, now.Code));
        Assert.Empty(await FiguresAsync(host, old.Code));
    }

    private static ResultInFile Ks2(string subject, string component, string score) => new(new Assessment("KS2", subject, component, "TT"), AcademicYear.EndingIn(2022), "", score);

    /// <summary>Every measure of every stage in every year, in the span and over the years, as a reader of the school with this number sees it.</summary>
    private static async Task<List<string>> FiguresAsync(AscentHost host, string urn)
    {
        var school = (await host.FindSchoolAsync(urn))!;
        var figures = new List<string>();
        foreach (var rights in (PermissionSet[])[PermissionSet.Of(Permission.SchoolReports), PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports)])
            foreach (var stage in Enum.GetValues<CohortStage>())
            {
                if ((await host.Get<ReadReport>().ExecuteAsync(stage, new(ActorKind.Person, Guid.Empty, Guid.Empty, school.Id, rights), TestContext.Current.CancellationToken)).Value is not { } report)
                    continue;
                if (stage == CohortStage.Ks4 && !rights.Has(Permission.PupilReports))
                    figures.AddRange(report.Years.Select(y => $"year {y}"));
                var periods = Enumerable.Range(0, report.Years.Count).Select(ReportPeriod.Year).Concat(report.Years.Count > 1 ? [ReportPeriod.Span] : []).ToList();
                foreach (var measure in ReportMeasures.Of(stage))
                {
                    figures.AddRange(periods.Select((period, place) => $"{stage} {measure.Code} {place}: {report.Judge(measure, period)}"));
                    if (stage == CohortStage.Ks4 && measure.Code == MeasureCodes.Progress8)
                        figures.Add($"over years: {report.OverYears(measure)?.Figure}");
                }
            }
        return figures;
    }
}
