using Ascent.Accounts.Log;
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
    ];

    private static LogLine Number(Guid pupilId) => new("Pupil", null, $"{pupilId:N}");
}
