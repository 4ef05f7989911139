using Ascent.Reference;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>What was assessed, from the words of a row with one result. It never guesses: where two assessments fit, the row says so.</summary>
internal static class WhichAssessment
{
    private const string Mend = "Mend it in the file and send the file again.";

    private static readonly (string Code, string[] Words)[] Methods =
        [("TT", ["TT", "TEST", "SCALEDSCORE", "SCORE"]), ("TA", ["TA", "TEACHERASSESSMENT", "TEACHER"])];

    /// <param name="stage">The stage; a file with one column for both may have the qualification in it, and the other way round.</param>
    /// <param name="component">The part of a subject that is assessed by itself, "Reading".</param>
    public static ((Assessment Assessment, string Qualifier)? Known, ImportRemark? Remark) Of(string stage, string qualification, string subject, string component, string method)
    {
        if (subject.Length == 0)
            return (null, new(true, "No subject in the row", Mend));
        if ((QualificationOf(qualification) ?? QualificationOf(stage)) is { } found)
            return OfExamination(found, subject);
        if ((StageOf(stage) ?? StageOf(qualification)) is not { } known)
            return (null, new(true, $"Qualification “{ResultsTable.Short($"{qualification} {stage}".Trim())}” is not understood",
                $"Understood are KS1, KS2, {InWords.List(Qualifications.All.Select(q => q.Label))}."));
        if (known is KeyStage.KS4 or KeyStage.KS5)
            return (null, new(true, $"{known} has several qualifications", $"Say which it is: {InWords.List(Qualifications.All.Where(q => q.Stage == known).Select(q => q.Label), "or")}."));
        return OfStage(known, subject, component, method);
    }

    private static ((Assessment, string)?, ImportRemark?) OfExamination(Qualification qualification, string subject)
    {
        if (ResultsTable.WhyNotKept(subject, "Subject", PupilResult.LongestCode) is { } why)
            return (null, why);
        return Reference.Subjects.ByName(subject, qualification.Stage) is { } known
            ? ((qualification.Of(known.Code), ""), null)
            : ((qualification.Of(PlainText.Tidy(subject)), ""), new(false, $"Subject “{PlainText.Tidy(subject)}” is not in the list of subjects", "Its results are kept under this name. If it is one of the list, write it as the Subjects page does."));
    }

    private static ((Assessment, string)?, ImportRemark?) OfStage(KeyStage stage, string subject, string component, string method)
    {
        KnownAssessment[] ofStage = [.. KnownAssessments.All.Where(a => a.Assessment.Stage == stage.ToString())];
        // "English" with the component "Reading", or "Reading" alone.
        bool Called(KnownAssessment a) => a.SubjectNames.Any(n => Key(n) == Key(component)) || a.SubjectNames.Any(n => Key(n) == Key(subject)) || Key(a.Heading) == Key($"{stage} {subject}");
        var called = ofStage.Where(Called).ToArray();
        if (component.Length > 0 && called.Any(a => a.SubjectNames.Any(n => Key(n) == Key(component))))
            called = [.. called.Where(a => a.SubjectNames.Any(n => Key(n) == Key(component)))];
        var how = Methods.FirstOrDefault(m => m.Words.Contains(Key(method))).Code;
        if (how is null && method.Length > 0)
            return (null, new(true, $"Method “{ResultsTable.Short(method)}” is not understood", "Write test or teacher assessment, or leave the cell empty."));
        // Phonics is assessed by a teacher and called a test; where there is one assessment, how it is done changes nothing.
        if (called.Length > 1 && how is not null)
            called = [.. called.Where(a => a.Assessment.Method == how)];
        return called switch
        {
            [var one] => ((one.Assessment, one.Qualifier), null),
            [] => (null, new(true, $"{stage} “{ResultsTable.Short(subject)}” is not understood", $"Understood are {InWords.List(ofStage.Select(a => a.SubjectNames[0]).Distinct())}.")),
            _ => (null, new(true, $"{stage} {ResultsTable.Short(subject)} may be a test or teacher assessment", "Say which it is in a column “Method”.")),
        };
    }

    private static Qualification? QualificationOf(string text) => Qualifications.Names.FirstOrDefault(n => Key(n.Name) == Key(text)).Qualification;

    private static KeyStage? StageOf(string text) => Key(text) is var key && key.StartsWith("KEYSTAGE", StringComparison.Ordinal)
        ? StageOf($"KS{key["KEYSTAGE".Length..]}") : Enum.GetValues<KeyStage>().Where(s => s != KeyStage.EarlyYears && s.ToString() == key).Select(s => (KeyStage?)s).FirstOrDefault();

    private static string Key(string text) => RollColumns.KeyOf(text);
}
