using Ascent.Accounts.Log;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Subjects;

/// <summary>How what happens to subjects reads in the log. No entry names a pupil.</summary>
internal static class SubjectSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<SubjectsAssigned>("subjects-assigned", LogGroup.Pupils, (e, _) => $"Subjects of pupils changed: {Count(e, m => m.Assigned.Count)} assigned, {Count(e, m => m.TakenAway.Count)} taken away",
            (e, _) => [new("Year", null, $"{AcademicYear.StartingIn(e.StartYear)}"), .. e.Subjects.Select(m => new LogLine(Label(m.Subject), null, Words(m)))]),
        new LogSentence<SubjectsOffered>("subjects-offered", LogGroup.Pupils, (e, _) => $"The subjects of {new NcYear(e.NcYear)} chosen",
            (e, _) => [new("Year", null, $"{AcademicYear.StartingIn(e.StartYear)}"), new("Subjects", null, e.Subjects.Count == 0 ? "none" : InWords.List(e.Subjects.Select(Label)))]),
    ];

    private static int Count(SubjectsAssigned happened, Func<SubjectMoves, int> of) => happened.Subjects.Sum(of);

    private static string Label(string code) => Reference.Subjects.Find(code)?.Label ?? code;

    private static string Words(SubjectMoves moves) => InWords.List(
        [.. moves.Assigned.Count > 0 ? [$"{InWords.Count(moves.Assigned.Count, "pupil", "pupils")} assigned"] : Array.Empty<string>(),
         .. moves.TakenAway.Count > 0 ? [$"{InWords.Count(moves.TakenAway.Count, "pupil", "pupils")} taken away"] : Array.Empty<string>()]);
}
