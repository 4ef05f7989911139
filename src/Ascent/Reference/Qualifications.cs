using Ascent.Shared;

namespace Ascent.Reference;

/// <summary>A sort of examination, whatever its subject.</summary>
/// <param name="Code">The component of its results.</param>
/// <param name="IsListed">Its subjects are offered one by one when somebody says what a column is; those of the others stand in the heading.</param>
public sealed record Qualification(string Code, KeyStage Stage, string Label, bool IsListed)
{
    public const string Method = "EX";

    public Assessment Of(string subject) => new(Stage.ToString(), subject, Code, Method);
}

/// <summary>The qualifications whose results are taken from files (Codes/README.md has their sources).</summary>
public static class Qualifications
{
    private static readonly Lazy<IReadOnlyList<(Qualification Qualification, string[] Names)>> List = new(() =>
    [
        .. CodeLists.Read("qualifications").Select(r => (new Qualification(r["code"], Enum.Parse<KeyStage>(r["stage"]), r["label"], r["listed"] == "yes"),
            (string[])[r["label"], r["code"], .. r["also"].Split('|', StringSplitOptions.RemoveEmptyEntries)])),
    ]);

    public static IReadOnlyList<Qualification> All => [.. List.Value.Select(q => q.Qualification)];

    /// <summary>Each with everything that it is called, the longest names first: "AS level" has to be seen before "A level".</summary>
    public static IReadOnlyList<(Qualification Qualification, string Name)> Names { get; } =
        [.. List.Value.SelectMany(q => q.Names.Select(n => (q.Qualification, n))).OrderByDescending(n => n.n.Length)];

    public static Qualification? Find(string stage, string code) => List.Value.FirstOrDefault(q => q.Qualification.Code == code && q.Qualification.Stage.ToString() == stage).Qualification;
}

/// <summary>An assessment that is one thing for all pupils, unlike a qualification, which has subjects.</summary>
/// <param name="Qualifier">What sort of value it has, where the transfer file says so: both then meet in one row.</param>
/// <param name="Heading">In our own template.</param>
/// <param name="SubjectNames">What a file with a row for each result calls its subject.</param>
/// <param name="OtherHeadings">What files with a column for each call it.</param>
public sealed record KnownAssessment(Assessment Assessment, string Qualifier, string Heading, IReadOnlyList<string> SubjectNames, IReadOnlyList<string> OtherHeadings);

/// <summary>The tests and teacher assessments whose results are taken from files.</summary>
public static class KnownAssessments
{
    private static readonly Lazy<IReadOnlyList<KnownAssessment>> List = new(() =>
    [
        .. CodeLists.Read("result_columns").Select(r => new KnownAssessment(
            new(r["stage"], r["subject"], r["component"], r["method"]), r["qualifier"], r["heading"], r["names"].Split('|'), r["also"].Split('|', StringSplitOptions.RemoveEmptyEntries))),
    ]);

    public static IReadOnlyList<KnownAssessment> All => List.Value;
}
