using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Reference;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>Reads what the KS4 measures take from the results of a pupil.</summary>
internal static class Ks4Results
{
    private const string Stage = "KS4";
    private const string Gcse = "GCSE";
    private const string Vocational = "L12";

    /// <summary>GCSEs may be taken from Year 9 on.</summary>
    private const int YearsBefore = 2;

    // Points of level 1/2 awards, which fill open slots. Source: DfE, key stage 4 performance points from 2017, as awarding bodies' pages quote them.
    private static readonly Dictionary<string, double> VocationalPoints = new(StringComparer.Ordinal)
    {
        ["L2D*"] = 8.5, ["L2D"] = 7, ["L2M"] = 5.5, ["L2P"] = 4, ["L1D"] = 3, ["L1M"] = 2, ["L1P"] = 1.25, ["U"] = 0,
    };

    /// <summary>
    /// The pupil with the results up to the end of Year 11. Of a subject the first entry counts. A pupil without any result of the stage has none;
    /// one whose every entry ended without a grade has, and scores nought.
    /// </summary>
    public static Ks4Pupil Read(PupilRecord pupil, AcademicYear year)
    {
        var (entries, hasResults) = (new List<Ks4Entry>(), false);
        foreach (var result in FirstEntries(pupil, year))
        {
            hasResults = true;
            if (PointsOf(result) is { } points)
                entries.Add(new(SubjectOf(result.Assessment), points));
        }
        var prior = Baseline(pupil, year);
        return hasResults ? Ks4Pupil.Of([.. entries], prior) : Ks4Pupil.WithoutResults(prior);
    }

    /// <summary>The GCSE of a subject and its grade's place in the scale.</summary>
    /// <returns>Null when the pupil has no result in it.</returns>
    public static byte? GradeIn(PupilRecord pupil, string subject, AcademicYear year) =>
        FirstEntries(pupil, year).FirstOrDefault(r => r.Assessment.Subject == subject && r.Assessment.Component == Gcse) is not { } result ? null
            : result.Kind == ResultKind.Grade && ScaleOf(subject).TryFind(Label(result), out var grade) ? grade : GradeScale.NoGrade;

    /// <summary>The subjects in which the pupil has a GCSE result.</summary>
    public static IEnumerable<string> SubjectsOf(PupilRecord pupil, AcademicYear year) =>
        FirstEntries(pupil, year).Where(r => r.Assessment.Component == Gcse).Select(r => r.Assessment.Subject).Distinct();

    public static CohortScale KindOf(string subject) => subject == "CSC" ? CohortScale.CombinedScience : CohortScale.Gcse;

    public static GradeScale ScaleOf(string subject) => KindOf(subject).Scale();

    /// <summary>Mean of KS2 reading and maths, with what stands for a score where there is none.</summary>
    private static PriorAttainment Baseline(PupilRecord pupil, AcademicYear year)
    {
        var (first, last) = (AcademicYear.StartingIn(year.StartYear - 8), AcademicYear.StartingIn(year.StartYear - 3));
        return Score("ENG", "REA") is { } reading && Score("MAT", "MAT") is { } maths ? PriorAttainment.OfKeyStage2(reading, maths) : PriorAttainment.None;

        double? Score(string subject, string component) => pupil.Find(new("KS2", subject, component, "TT"), first, last) switch
        {
            { Kind: ResultKind.Number, Number: { } score } => score,
            { Kind: ResultKind.Outcome or ResultKind.Grade } result when NominalScores.TryFind(result.Year.EndYear, result.Code, out var nominal) => nominal,
            _ => null,
        };
    }

    // Of a subject and sort of qualification the earliest one; which of several counts was decided by the department in that way.
    private static IEnumerable<StoredResult> FirstEntries(PupilRecord pupil, AcademicYear year) =>
        pupil.Results.Where(r => r.Assessment.Stage == Stage && r.Assessment.Component is Gcse or Vocational && r.Kind != ResultKind.NotUnderstood
                && r.Year <= year && r.Year.StartYear >= year.StartYear - YearsBefore)
            .GroupBy(r => (r.Assessment.Subject, r.Assessment.Component)).Select(g => g.MinBy(r => r.Year)!);

    private static double? PointsOf(StoredResult result)
    {
        if (result.Kind != ResultKind.Grade)
            return null;
        if (result.Assessment.Component == Vocational)
            return VocationalPoints.TryGetValue(result.Code, out var awarded) ? awarded : null;
        var scale = ScaleOf(result.Assessment.Subject);
        if (scale.TryFind(Label(result), out var grade))
            return scale.PointsOf(grade);
        return GradeScale.GcseLegacy.TryFind(result.Code, out var legacy) ? GradeScale.GcseLegacy.PointsOf(legacy) : null;
    }

    // "5-4" in the records is "54" in the scale, and U of both is "UU".
    private static string Label(StoredResult result) => result.Assessment.Subject != "CSC" ? result.Code
        : result.Code == "U" ? "UU" : result.Code.Replace("-", "", StringComparison.Ordinal);

    private static Ks4Subject SubjectOf(Assessment assessment) => assessment.Component != Gcse ? Ks4Subject.Other : assessment.Subject switch
    {
        "ENL" => Ks4Subject.EnglishLanguage,
        "ENT" => Ks4Subject.EnglishLiterature,
        "MAT" => Ks4Subject.Maths,
        "CSC" => Ks4Subject.CombinedScience,
        "BIO" => Ks4Subject.Biology,
        "CHE" => Ks4Subject.Chemistry,
        "PHY" => Ks4Subject.Physics,
        "CSI" => Ks4Subject.ComputerScience,
        "HIS" or "ANH" => Ks4Subject.History,
        "GEO" => Ks4Subject.Geography,
        "FRE" or "GER" or "SPA" or "OML" or "LAT" or "GRE" or "HEB" => Ks4Subject.Language,
        _ => Ks4Subject.Other,
    };
}
