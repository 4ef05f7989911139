using System.Globalization;

namespace Ascent.Demo.Pupils;

/// <summary>What is chosen and reached at GCSE and A level, by a few stated numbers.</summary>
internal static class DemoSecondary
{
    private const int Gcse = 11;
    private const int ALevel = 13;
    private const int TopOfGcse = 9;

    // How much of the work of all subjects is the child's ability; the rest is what the five years have made of it, and the disadvantaged lose once more.
    private const double OfAbility = 0.84;
    private const double OfYears = 0.46;
    private const double Lost = 0.3;
    private const double Balance = 0.08;

    /// <param name="Mean">Of the grades, U being 0.</param>
    /// <param name="Girls">How much better girls are, in grades.</param>
    private sealed record Shape(double Mean, double Spread, double Girls);

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["MAT"] = new(4.73, 2.32, -0.1), ["ENL"] = new(4.61, 2.13, 0.5), ["ENT"] = new(4.66, 2.16, 0.6), ["CSC"] = new(4.4, 2.0, 0.1),
        ["BIO"] = new(4.95, 1.9, 0), ["CHE"] = new(4.95, 1.95, 0), ["PHY"] = new(4.95, 1.95, -0.2),
        ["HIS"] = new(4.3, 2.8, 0.4), ["GEO"] = new(4.5, 2.75, 0.4), ["FRE"] = new(4.6, 2.25, 0.5), ["SPA"] = new(4.6, 2.25, 0.5), ["REL"] = new(4.9, 2.3, 0.7),
    };

    private static readonly Shape Usual = new(4.9, 2.1, 0.6);

    private static readonly (string, double)[] Options = [("ART", 30), ("BUS", 20), ("CSI", 15), ("DTE", 13), ("PED", 14), ("FPN", 10), ("DRA", 8), ("MUS", 6), ("MED", 5), ("REL", 22), ("SOC", 10)];

    private static readonly (string, double)[] ALevelChoices =
        [("MAT", 26), ("PSY", 20), ("BIO", 19), ("CHE", 16), ("HIS", 13), ("SLG", 13), ("BUS", 12), ("ENT", 11), ("PHY", 11), ("ECO", 10), ("GEO", 11), ("ART", 10), ("LAW", 6), ("GOV", 7), ("CSI", 6), ("MED", 6), ("FRE", 3), ("SPA", 3), ("MUS", 2), ("REL", 4)];

    /// <summary>The subjects of Years 10 and 11: eight to ten GCSEs, Combined Science being two, fewer for whom it is hard.</summary>
    public static void Choose(DemoChild child, DemoRandom random)
    {
        var taken = new List<string> { "ENL", "ENT", "MAT" };
        var triple = child.Ability > 0.35 && random.Is(0.62);
        taken.AddRange(triple ? ["BIO", "CHE", "PHY"] : ["CSC"]);
        if (random.Is(0.82))
            taken.Add(random.Is(0.53) ? "HIS" : "GEO");
        if (random.Is(child.Ability > 0 ? 0.66 : 0.25))
            taken.Add(random.Is(0.5) ? "FRE" : "SPA");
        var wanted = child.Ability > -1.2 ? 8 + random.Below(2) : 6 + random.Below(2);
        while (taken.Count + (triple ? 0 : 1) < wanted)
            if (random.Of(Options) is var option && !taken.Contains(option))
                taken.Add(option);
        child.Gcses = taken;
        var advanced = new List<string>();
        while (advanced.Count < (child.Ability > 1.6 && random.Is(0.3) ? 4 : 3))
            if (random.Of(ALevelChoices) is var subject && !advanced.Contains(subject))
                advanced.Add(subject);
        if (child.Ability > 1.6 && advanced.Contains("MAT") && advanced.Count == 3 && random.Is(0.5))
            advanced.Add("FMA");
        child.ALevels = advanced;
    }

    public static void Sit(DemoChild child, bool isSpecial, DemoRandom random)
    {
        var all = (OfAbility * child.Ability) + (OfYears * random.Normal()) + Balance - (child.IsDisadvantaged ? Lost : 0);
        if (child.YearOf(Gcse).EndYear is >= 2022 and <= 2026 and var year)
            foreach (var subject in child.Gcses.Where(_ => !isSpecial || random.Is(0.6)))
                child.Results.Add(new(DemoAssessments.Gcse(subject), year, DemoAssessments.Grade, GradeOf(child, subject, all, random)));
        if (child.YearOf(ALevel).EndYear is >= 2024 and <= 2026 and var end)
            foreach (var subject in child.ALevels)
                child.Results.Add(new(DemoAssessments.ALevel(subject), end, DemoAssessments.Grade, ALevelOf(all, random)));
    }

    private static string GradeOf(DemoChild child, string subject, double all, DemoRandom random)
    {
        if (random.Is(0.007))
            return "X";
        var shape = Shapes.GetValueOrDefault(subject, Usual);
        var points = shape.Mean + (shape.Spread * ((0.92 * all) + (0.34 * random.Normal()))) + (child.IsGirl ? shape.Girls / 2 : -shape.Girls / 2);
        var grade = Whole(points, TopOfGcse);
        if (subject != "CSC")
            return Text(grade);
        // Two grades that are the same, or the second one less.
        var second = grade > 1 && points < grade ? grade - 1 : grade;
        return grade == 0 ? Text(0) : DemoAssessments.TwoGrades(Text(grade), Text(second));
    }

    private static string ALevelOf(double all, DemoRandom random)
    {
        // Those who stay are the better half: their mean is where the grades begin to spread.
        var points = 3.4 + (1.5 * (((all - 0.55) * 0.95) + (0.6 * random.Normal())));
        return "U E D C B A A*".Split(' ')[Whole(points, 6)];
    }

    private static int Whole(double points, int top) => (int)Math.Round(Math.Clamp(points, 0, top));

    private static string Text(int grade) => grade == 0 ? "U" : grade.ToString(CultureInfo.InvariantCulture);
}
