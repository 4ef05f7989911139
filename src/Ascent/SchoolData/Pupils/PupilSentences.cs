using Ascent.Accounts.Log;
using Ascent.Audit;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Pupils;

/// <summary>How what happens to pupils' records reads in the log. No entry names a pupil: the name stands on the pupil's page, and goes with the pupil.</summary>
internal static class PupilSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<PupilAdded>("pupil-added", LogGroup.Pupils, (_, _) => "A pupil added by hand", (e, _) => [Number(e.PupilId)]),
        new LogSentence<PupilChanged>("pupil-changed", LogGroup.Pupils, (_, _) => "A pupil’s record changed by hand", (e, _) => [new("Fields", null, InWords.List(e.Fields.Select(PupilWords.Of))), Number(e.PupilId)]),
        new LogSentence<PupilLeft>("pupil-left", LogGroup.Pupils, (_, _) => "A pupil taken off the roll", (e, _) => [new("Last day", null, InWords.Date(e.LastDay)), Number(e.PupilId)]),
        new LogSentence<PupilReadmitted>("pupil-readmitted", LogGroup.Pupils, (_, _) => "A pupil re-admitted", (e, _) => [new("First day", null, InWords.Date(e.FirstDay)), Number(e.PupilId)]),
        new LogSentence<PupilsDeleted>("pupils-deleted", LogGroup.Pupils, (e, _) => $"{InWords.Count(e.PupilIds.Count, "pupil", "pupils")} deleted; can be brought back for {DeletePupils.Kept.Days} days", (e, _) => Numbers(e.PupilIds)),
        new LogSentence<PupilsRestored>("pupils-restored", LogGroup.Pupils, (e, _) => $"{InWords.Count(e.PupilIds.Count, "deleted pupil", "deleted pupils")} brought back", (e, _) =>
            [.. e.WithoutUpn > 0 ? [new("Without a number that is another pupil’s now", null, $"{e.WithoutUpn}")] : Array.Empty<LogLine>(), .. Numbers(e.PupilIds)]),
        new LogSentence<PupilErased>(PupilErased.EventKind, LogGroup.Pupils, (_, _) => "A pupil erased for good, with everything that hung on the record", (e, _) => [new("Receipt", null, e.Receipt), Number(e.PupilId)]),
        new LogSentence<PupilsExported>("pupils-exported", LogGroup.Exports, (e, _) => $"A file of {InWords.Count(e.Pupils, "pupil", "pupils")} downloaded", (_, _) => []),
        new LogSentence<PupilExported>("pupil-exported", LogGroup.Exports, (_, _) => "A copy of one pupil’s record downloaded", (e, _) => [Number(e.PupilId)]),
    ];

    // As many as one can look through; the entry has all.
    private static IReadOnlyList<LogLine> Numbers(IReadOnlyList<Guid> pupils) =>
        [.. pupils.Take(20).Select(Number), .. pupils.Count > 20 ? [new("And", null, $"{pupils.Count - 20} more")] : Array.Empty<LogLine>()];

    private static LogLine Number(Guid pupilId) => new("Pupil", null, $"{pupilId:N}");
}
