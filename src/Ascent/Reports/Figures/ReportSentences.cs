using Ascent.Accounts.Log;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>How what happens to reports reads in the log.</summary>
internal static class ReportSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<ReportExported>("report-exported", LogGroup.Exports, (e, _) => $"A report downloaded: {CohortStages.Find(e.Stage)?.Title() ?? e.Stage}, {e.Page}", (e, _) => [new("Figures", null, $"{e.Figures}")]),
    ];
}
