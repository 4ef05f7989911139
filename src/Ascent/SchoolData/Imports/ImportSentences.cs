using System.Globalization;
using Ascent.Accounts.Log;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>How imports read in the log: what was done and how many pupils it touched, and no pupil’s name.</summary>
internal static class ImportSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<ImportReceived>("import-received", LogGroup.Pupils, (_, _) => "A file of pupils received", (e, _) =>
            [new("Format", null, e.Format == ImportFormat.Ctf ? "Common Transfer File" : "Table"), new("Holds", null, e.IsWholeRoll ? "The whole roll" : "Some pupils"), Number(e.ImportId)]),
        new LogSentence<ImportConfirmed>("import-confirmed", LogGroup.Pupils, (e, _) => $"An import confirmed: {InWords.Count(e.Added, "pupil", "pupils")} added, {e.Changed.ToString("N0", CultureInfo.InvariantCulture)} changed, {e.Removed.ToString("N0", CultureInfo.InvariantCulture)} marked as left", (e, _) => [Number(e.ImportId)]),
        new LogSentence<ImportWithdrawn>("import-withdrawn", LogGroup.Pupils, (_, _) => "An import withdrawn", (e, _) => [Number(e.ImportId)]),
        new LogSentence<ImportUndone>("import-undone", LogGroup.Pupils, (e, _) => $"An import undone: {InWords.Count(e.Pupils, "pupil is", "pupils are")} as before", (e, _) => [Number(e.ImportId)]),
    ];

    private static LogLine Number(Guid importId) => new("Import", null, $"{importId:N}");
}
