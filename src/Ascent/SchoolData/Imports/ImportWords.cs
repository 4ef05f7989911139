using System.Globalization;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

public static class ImportWords
{
    public static string Of(ImportState state) => state switch
    {
        ImportState.Received => "Received",
        ImportState.Checking => "Checking",
        ImportState.Ready => "Ready to review",
        ImportState.PartlyProcessed => "Partially processed",
        ImportState.Confirmed => "Confirmed",
        ImportState.Refused => "Refused",
        ImportState.Withdrawn => "Withdrawn",
        ImportState.Undone => "Undone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Of(ImportFormat format) => format switch
    {
        ImportFormat.Table => "List of pupils",
        ImportFormat.Ctf => "Common Transfer File",
        ImportFormat.Results => "Results",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>What the rows of a group are, in a file of results.</summary>
    public static string OfResults(ImportRowKind kind, int count) => kind switch
    {
        ImportRowKind.Error => InWords.Count(count, "error", "errors"),
        ImportRowKind.Decide => $"{InWords.Count(count, "row waits", "rows wait")} for your decision",
        ImportRowKind.Change => $"{InWords.Count(count, "row", "rows")} with new or other results",
        _ => $"{InWords.Count(count, "row", "rows")} without a change",
    };

    /// <summary>"250 new results and 12 with another value", "1 new result", "12 results with another value".</summary>
    public static string Results(ImportCounts counts) => counts switch
    {
        { OtherResults: 0 } => InWords.Count(counts.NewResults, "new result", "new results"),
        { NewResults: 0 } => $"{InWords.Count(counts.OtherResults, "result", "results")} with another value",
        _ => $"{InWords.Count(counts.NewResults, "new result", "new results")} and {counts.OtherResults.ToString("N0", CultureInfo.InvariantCulture)} with another value",
    };

    /// <summary>The end of "This file …".</summary>
    public static string InSentence(ImportState state) => state switch
    {
        ImportState.Received => "waits to be checked",
        ImportState.Checking => "is being checked",
        ImportState.Ready => "waits for your review",
        ImportState.PartlyProcessed => "is confirmed in part",
        ImportState.Confirmed => "is confirmed",
        _ => $"was {Of(state).ToLowerInvariant()}",
    };

    public static string Of(ImportRowKind kind, int count) => kind switch
    {
        ImportRowKind.Error => InWords.Count(count, "error", "errors"),
        ImportRowKind.Decide => $"{InWords.Count(count, "pupil waits", "pupils wait")} for your decision",
        ImportRowKind.Change => $"{InWords.Count(count, "pupil", "pupils")} to change",
        ImportRowKind.Add => $"{InWords.Count(count, "pupil", "pupils")} to add",
        ImportRowKind.Remove => $"{InWords.Count(count, "pupil", "pupils")} to remove",
        ImportRowKind.Same => $"{InWords.Count(count, "pupil", "pupils")} without a change",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
