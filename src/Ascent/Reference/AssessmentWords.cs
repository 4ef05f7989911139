using System.Collections.Frozen;

namespace Ascent.Reference;

/// <summary>What was assessed, in words (Codes/assessments.csv). A code that is in no list is shown as it came.</summary>
public static class AssessmentWords
{
    private static readonly Lazy<FrozenDictionary<(string Part, string Code), string>> Labels = new(() =>
        CodeLists.Read("assessments").ToFrozenDictionary(r => (r["part"], r["code"]), r => r["label"]));

    /// <summary>"Key stage 2"; "Other results" for none.</summary>
    public static string Stage(string stage) => stage.Length == 0 ? "Other results" : Find("stage", stage) ?? stage;

    /// <summary>"Reading, teacher assessment", "Maths (E11), final assessment", "Multiplication tables check", "Physics, A level".</summary>
    public static string Of(Assessment assessment)
    {
        var (stage, subject, component, method) = assessment;
        // One code is two subjects: PHY is physics in an examination, and physical development in the early years.
        if (Qualifications.Find(stage, component) is { } qualification)
            return $"{Subjects.Find(subject)?.Label ?? subject}, {qualification.Label}";
        var known = Find("component", $"{subject}/{component}");
        var what = known ?? (component.Length == 0 || component == subject ? Find("subject", subject) ?? subject : $"{Find("subject", subject) ?? subject} ({component})");
        // A check is one by its name; how it is done says nothing more.
        var how = known?.EndsWith(" check", StringComparison.Ordinal) == true || method.Length == 0 ? "" : Find("method", method) ?? method;
        return string.Join(", ", ((string[])[what, how]).Where(part => part.Length > 0)) is { Length: > 0 } words ? words : "Not said";
    }

    private static string? Find(string part, string code) => Labels.Value.GetValueOrDefault((part, code));
}
