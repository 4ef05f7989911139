using System.Globalization;
using Ascent.Accounts.Log;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>How imports read in the log: what was done and how many pupils it touched, and no pupil’s name.</summary>
internal static class ImportSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<ImportReceived>("import-received", LogGroup.Pupils, (e, _) => $"A file of {Holds(e.Format)} received", (e, _) =>
            [new("Format", null, ImportWords.Of(e.Format)), new("Holds", null, e.Format == ImportFormat.Results ? "Results" : e.IsWholeRoll ? "The whole roll" : "Some pupils"), Number(e.ImportId)]),
        new LogSentence<ImportConfirmed>("import-confirmed", LogGroup.Pupils, (e, _) => e.Format == ImportFormat.Results
            ? $"A file of results confirmed: {InWords.Count(e.Results, "result", "results")} of {InWords.Count(e.Changed, "row", "rows")}"
            : $"An import confirmed: {InWords.Count(e.Added, "pupil", "pupils")} added, {e.Changed.ToString("N0", CultureInfo.InvariantCulture)} changed, {e.Removed.ToString("N0", CultureInfo.InvariantCulture)} marked as left", (e, _) => [Number(e.ImportId)]),
        new LogSentence<ImportWithdrawn>("import-withdrawn", LogGroup.Pupils, (e, _) => e.Format == ImportFormat.Results ? "A file of results withdrawn" : "An import withdrawn", (e, _) => [Number(e.ImportId)]),
        new LogSentence<ImportUndone>("import-undone", LogGroup.Pupils, (e, _) => e.Format == ImportFormat.Results
            ? $"A file of results undone: results of {InWords.Count(e.Pupils, "pupil are", "pupils are")} as before"
            : $"An import undone: {InWords.Count(e.Pupils, "pupil is", "pupils are")} as before", (e, _) => [Number(e.ImportId)]),
    ];

    private static string Holds(ImportFormat format) => format == ImportFormat.Results ? "results" : "pupils";

    private static LogLine Number(Guid importId) => new("Import", null, $"{importId:N}");
}
