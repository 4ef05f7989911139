using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Bench.Reports;

/// <summary>Everything that the overview of a stage asks: headlines, years, all groups.</summary>
internal static class Overview
{
    public static PermissionSet SchoolLevel { get; } = PermissionSet.Of(Permission.SchoolReports);

    public static PermissionSet OwnClasses { get; } = SchoolLevel.With(Permission.PupilReports, PupilScope.OwnClasses);

    public static PermissionSet WholeSchool { get; } = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports);

    /// <returns>How many figures are shown.</returns>
    public static async Task<int> AskAsync(ReadReport readReport, Guid school, CohortStage stage, PermissionSet permissions)
    {
        var report = (await readReport.ExecuteAsync(stage, new(ActorKind.Person, Guid.Empty, Guid.Empty, school, permissions), CancellationToken.None)).Value!;
        var (period, shown) = (ReportPeriod.Year(report.Latest), 0);
        var headlines = ReportMeasures.Of(stage).Where(m => m.IsHeadline).ToList();
        foreach (var measure in headlines)
            shown += report.Judge(measure, period).School.TryValue(out _) ? 1 : 0;
        foreach (var (place, _) in report.Years.Index())
            shown += report.Judge(headlines[0], ReportPeriod.Year(place)).School.TryValue(out _) ? 1 : 0;
        foreach (var group in PupilGroups.All)
            for (byte value = 0; value < group.Values().Count; value++)
                shown += report.Judge(headlines[0], period, group, value).School.TryValue(out _) ? 1 : 0;
        return shown;
    }
}
