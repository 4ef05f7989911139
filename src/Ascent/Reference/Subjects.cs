using Ascent.Shared;

namespace Ascent.Reference;

/// <summary>A subject that a school can offer, under one code through all stages.</summary>
/// <param name="Code">Three letters; what is stored.</param>
/// <param name="Stages">In which it is offered.</param>
/// <param name="Begins">The stages in which it is ticked when a year group chooses its subjects for the first time: those of the National Curriculum, and the GCSEs that nearly all take.</param>
/// <param name="Ks4Name">As the national figures of GCSEs write it; empty where they do not have it.</param>
/// <param name="Ks5Name">As those of A levels do.</param>
public sealed record Subject(string Code, string Label, IReadOnlyList<KeyStage> Stages, IReadOnlyList<KeyStage> Begins, string Ks4Name, string Ks5Name);

/// <summary>The list of subjects (Codes/README.md has its sources).</summary>
public static class Subjects
{
    private static readonly Lazy<IReadOnlyList<Subject>> List = new(() =>
        [.. CodeLists.Read("subjects").Select(r => new Subject(r["code"], r["label"], Stages(r["stages"]), Stages(r["begins"]), r["ks4_name"], r["ks5_name"]))]);

    /// <summary>In the order in which they are offered for choosing.</summary>
    public static IReadOnlyList<Subject> All => List.Value;

    /// <returns>Null when there is none with this code.</returns>
    public static Subject? Find(string? code) => All.FirstOrDefault(s => s.Code == code);

    private static readonly Lazy<IReadOnlyList<(string Key, Subject Subject)>> Names = new(() =>
    [
        .. All.SelectMany(s => ((string[])[s.Label, s.Ks4Name, s.Ks5Name, s.Code]).Where(n => n.Length > 0).Select(n => (KeyOf(n), s))),
        .. CodeLists.Read("subject_names").Select(r => (KeyOf(r["name"]), Find(r["code"])!)),
    ]);

    /// <summary>The subject of a stage that a file calls so, by one of the names under which schools write it.</summary>
    /// <returns>Null when there is none in this stage.</returns>
    public static Subject? ByName(string name, KeyStage stage)
    {
        var key = KeyOf(name);
        return Names.Value.FirstOrDefault(n => n.Key == key && n.Subject.Stages.Contains(stage)).Subject;
    }

    // "Art & design" and "Art and Design" are one, and "Combined Science: Trilogy" needs no colon.
    private static string KeyOf(string name) =>
        string.Concat(name.ToUpperInvariant().Replace("&", " AND ", StringComparison.Ordinal).Split([' ', '-', '/', ',', '.', ':', '(', ')', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// What a year group can be offered: the subjects of its stage. Some begin GCSEs in Year 9, and take them again after Year 11; early
    /// years have areas of learning and no subjects.
    /// </summary>
    public static IReadOnlyList<Subject> For(NcYear year) =>
        [.. All.Where(s => s.Stages.Contains(year.Stage) || (year.Number is 9 or > 11 && s.Stages.Contains(KeyStage.KS4)))];

    private static KeyStage[] Stages(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<KeyStage>)];
}

/// <summary>Two subjects that one pupil seldom takes together, or one that is seldom taken alone. It is told, and never refused.</summary>
public static class SubjectDoubts
{
    private static readonly string[] SeparateSciences = ["BIO", "CHE", "PHY"];

    /// <param name="taken">The codes of one pupil.</param>
    /// <returns>A sentence for each doubt, with the subjects that it is about.</returns>
    public static IReadOnlyList<SubjectDoubt> Of(IReadOnlySet<string> taken, NcYear year)
    {
        var doubts = new List<SubjectDoubt>();
        foreach (var whole in (string[])["CSC", "SCI"])
            if (taken.Contains(whole) && SeparateSciences.Where(taken.Contains).ToArray() is { Length: > 0 } separate)
                doubts.Add(Both([whole, .. separate]));
        if (taken.Contains("ENG") && taken.Contains("ENL"))
            doubts.Add(Both(["ENG", "ENL"]));
        if (taken.Contains("ELL"))
            foreach (var part in ((string[])["ENL", "ENT"]).Where(taken.Contains))
                doubts.Add(Both(["ELL", part]));
        if (taken.Contains("FMA") && !taken.Contains("MAT"))
            doubts.Add(new(["FMA"], "Further Mathematics without Mathematics"));
        if (year.Stage == KeyStage.KS4 && SeparateSciences.Count(taken.Contains) is 1 or 2 && !taken.Contains("CSC"))
            doubts.Add(new([.. SeparateSciences.Where(taken.Contains)], $"{Words(SeparateSciences.Where(taken.Contains))} without {Words(SeparateSciences.Where(s => !taken.Contains(s)))}"));
        return doubts;
    }

    private static SubjectDoubt Both(IReadOnlyList<string> codes) => new(codes, $"{Words([codes[0]])} together with {Words(codes.Skip(1))}");

    private static string Words(IEnumerable<string> codes) => Shared.Text.InWords.List(codes.Select(c => Subjects.Find(c)!.Label));
}

public sealed record SubjectDoubt(IReadOnlyList<string> Codes, string Words);
