using Ascent.Accounts.Log;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Classes;

/// <summary>How what happens to classes reads in the log. No entry names a pupil or a class; who teaches is a member, named as everywhere.</summary>
internal static class ClassSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<ClassAdded>("class-added", LogGroup.Pupils, (_, _) => "A class added",
            (e, _) => [new("Year and kind", null, $"{AcademicYear.StartingIn(e.StartYear)}, {ClassRules.Label(e.ClassKind)}"), Number(e.ClassId)]),
        new LogSentence<ClassChanged>("class-changed", LogGroup.Pupils, (_, _) => "A class changed", (e, _) => [new("Fields", null, InWords.List(e.Fields)), Number(e.ClassId)]),
        new LogSentence<ClassPupilsAdded>("class-pupils-added", LogGroup.Pupils, (e, _) => $"{InWords.Count(e.PupilIds.Count, "pupil", "pupils")} put in a class", (e, _) => [Number(e.ClassId)]),
        new LogSentence<ClassPupilsTakenOut>("class-pupils-taken-out", LogGroup.Pupils, (e, _) => $"{InWords.Count(e.PupilIds.Count, "pupil", "pupils")} taken out of a class", (e, _) => [Number(e.ClassId)]),
        new LogSentence<ClassTeachersChanged>("class-teachers-changed", LogGroup.Pupils, (e, m) => $"Who teaches a class changed: {m.All(e.Added.Count + e.TakenOut.Count)}", (e, _) =>
            [new("Came and went", null, $"{InWords.Count(e.Added.Count, "person", "people")} came, {InWords.Count(e.TakenOut.Count, "person", "people")} went"), Number(e.ClassId)]),
        new LogSentence<ClassDeleted>("class-deleted", LogGroup.Pupils, (e, _) => $"A class deleted; {InWords.Count(e.PupilIds.Count, "pupil", "pupils")} had been in it", (e, _) => [Number(e.ClassId)]),
    ];

    private static LogLine Number(Guid classId) => new("Class", null, $"{classId:N}");
}
