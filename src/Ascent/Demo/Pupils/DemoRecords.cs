using Ascent.Reference;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>
/// The codes under which the demonstration writes results: those of the Common Transfer File up to key stage 2, and after it those of the
/// product's files of results. They stand here and nowhere else in the demonstration.
/// </summary>
internal static class DemoAssessments
{
    public const string ScaledScore = "";
    public const string Mark = "NM";
    public const string TablesMark = "MT";
    public const string Judgement = "";
    public const string Development = "FD";
    public const string Grade = "";

    public static Assessment Phonics { get; } = new("KS1", "PHO", "PHO", "TA");

    public static Assessment Ks1Reading { get; } = new("KS1", "ENG", "REA", "TA");

    public static Assessment Ks1Writing { get; } = new("KS1", "ENG", "WRI", "TA");

    public static Assessment Ks1Maths { get; } = new("KS1", "MAT", "MAT", "TA");

    public static Assessment TablesCheck { get; } = new("KS2", "MAT", "MTC", "TT");

    public static Assessment Reading { get; } = new("KS2", "ENG", "REA", "TT");

    public static Assessment Spelling { get; } = new("KS2", "ENG", "GPS", "TT");

    public static Assessment Maths { get; } = new("KS2", "MAT", "MAT", "TT");

    public static Assessment Writing { get; } = new("KS2", "ENG", "WRI", "TA");

    public static Assessment Science { get; } = new("KS2", "SCI", "SCI", "TA");

    public static Assessment ReadingBelow { get; } = Reading with { Method = "TA" };

    public static Assessment MathsBelow { get; } = Maths with { Method = "TA" };

    /// <summary>The seventeen early learning goals. The first twelve make a good level of development.</summary>
    public static IReadOnlyList<Assessment> Goals { get; } =
    [
        .. Area("COM", 1, 2), .. Area("PSE", 3, 5), .. Area("PHY", 6, 7), .. Area("LIT", 8, 10), .. Area("MAT", 11, 12), .. Area("UTW", 13, 15), .. Area("EAD", 16, 17),
    ];

    public static Assessment Gcse(string subject) => new("KS4", subject, "GCSE", "EX");

    /// <summary>Combined Science is two grades.</summary>
    public static string TwoGrades(string first, string second) => $"{first}-{second}";

    public static Assessment ALevel(string subject) => new("KS5", subject, "AL", "EX");

    private static IEnumerable<Assessment> Area(string subject, int from, int to) => Enumerable.Range(from, to - from + 1).Select(n => new Assessment("EYF", subject, $"E{n:00}", "FA"));
}

/// <summary>A result as it stands in the records.</summary>
/// <param name="EndYear">The summer of the assessment.</param>
internal sealed record DemoResult(Assessment Assessment, int EndYear, string Qualifier, string Value)
{
    public AcademicYear Year => AcademicYear.EndingIn(EndYear);
}
