using System.Globalization;

namespace Ascent.Demo.Pupils;

/// <summary>What is assessed up to the end of Year 6. A few stated numbers make the shapes: how good the mean is, how far it spreads, how much of it is the child's ability.</summary>
internal static class DemoPrimary
{
    private const int ThresholdOfPhonics = 32;

    // No tests and no teacher assessments in the two years of the pandemic; no key stage 1 since it has become the school's choice.
    private static bool WereHeld(int endYear) => endYear is not (2020 or 2021);

    public static void Assess(DemoChild child, bool isSpecial, DemoRandom random)
    {
        EarlyYears(child, random);
        Phonics(child, random);
        KeyStage1(child, random);
        TablesCheck(child, random);
        KeyStage2(child, isSpecial, random);
    }

    private static bool IsDue(DemoChild child, int ncYear, int from, int to, out int endYear)
    {
        endYear = child.YearOf(ncYear).EndYear;
        return endYear >= from && endYear <= to && WereHeld(endYear) && !(child.ArrivedIn > ncYear);
    }

    private static void EarlyYears(DemoChild child, DemoRandom random)
    {
        if (!IsDue(child, 0, 2022, 2026, out var year))
            return;
        var all = (0.6 * child.Ability) + (0.55 * random.Normal()) + (child.IsGirl ? 0.22 : -0.22);
        foreach (var goal in DemoAssessments.Goals)
        {
            // Reading, writing and number are reached last.
            var hard = goal.Subject is "LIT" or "MAT" ? 0.15 : -0.1;
            child.Results.Add(new(goal, year, DemoAssessments.Development, all + (0.2 * random.Normal()) > hard - 0.66 ? "2" : "1"));
        }
    }

    private static void Phonics(DemoChild child, DemoRandom random)
    {
        if (!IsDue(child, 1, 2022, 2026, out var year))
            return;
        var score = 36.3 + (5.2 * ((0.75 * child.Ability) + (0.66 * random.Normal()))) + (child.IsGirl ? 0.8 : -0.8);
        var mark = random.Is(0.01) ? "A" : random.Is(0.012) ? "D" : Mark(score, 0, 40);
        child.Results.Add(new(DemoAssessments.Phonics, year, DemoAssessments.Mark, mark));
        // Who has not met the standard does it again a year later.
        if (year < 2026 && !(int.TryParse(mark, CultureInfo.InvariantCulture, out var got) && got >= ThresholdOfPhonics))
            child.Results.Add(new(DemoAssessments.Phonics, year + 1, DemoAssessments.Mark, random.Is(0.02) ? "A" : Mark(score + 4 + (2 * random.Normal()), 0, 40)));
    }

    private static void KeyStage1(DemoChild child, DemoRandom random)
    {
        if (!IsDue(child, 2, 2022, 2023, out var year))
            return;
        Judge(DemoAssessments.Ks1Reading, -0.47, 0.92, child.IsGirl ? 0.12 : -0.12);
        Judge(DemoAssessments.Ks1Writing, -0.23, 1.4, child.IsGirl ? 0.2 : -0.2);
        Judge(DemoAssessments.Ks1Maths, -0.5, 1.0, 0);

        void Judge(Reference.Assessment assessment, double expected, double depth, double sex)
        {
            var x = (0.82 * child.Ability) + (0.57 * random.Normal()) + sex;
            child.Results.Add(new(assessment, year, DemoAssessments.Judgement, random.Is(0.004) ? "A" : x > depth ? "GDS" : x > expected ? "EXS" : x > -2.1 ? "WTS" : x > -2.6 ? "PK4" : "PK2"));
        }
    }

    private static void TablesCheck(DemoChild child, DemoRandom random)
    {
        if (!IsDue(child, 4, 2022, 2026, out var year))
            return;
        var score = 22.2 + (5.6 * ((0.6 * child.Ability) + (0.8 * random.Normal()))) + (child.IsGirl ? -0.2 : 0.2);
        var mark = random.Share() switch { < 0.008 => "A", < 0.012 => "U", < 0.015 => "X", _ => child.Ability < -2.2 ? "B" : Mark(score, 0, 25) };
        child.Results.Add(new(DemoAssessments.TablesCheck, year, DemoAssessments.TablesMark, mark));
    }

    private static void KeyStage2(DemoChild child, bool isSpecial, DemoRandom random)
    {
        if (!IsDue(child, 6, 2019, 2026, out var year))
            return;
        // Some are below the level of the tests; teachers say where they are.
        var below = isSpecial ? child.Ability < -1.2 : child.Ability < -2.05;
        var absent = random.Is(0.008);
        var together = 0.4 * random.Normal();
        Test(DemoAssessments.Reading, DemoAssessments.ReadingBelow, 105.9, 8.1, child.IsGirl ? 0.11 : -0.11);
        Test(DemoAssessments.Maths, DemoAssessments.MathsBelow, 104.9, 7.7, child.IsGirl ? -0.1 : 0.1);
        Test(DemoAssessments.Spelling, null, 105.1, 8.3, child.IsGirl ? 0.12 : -0.12);
        var writing = (0.84 * child.Ability) + together + (0.36 * random.Normal()) + (child.IsGirl ? 0.22 : -0.22);
        Say(DemoAssessments.Writing, below ? Stage() : writing > 1.13 ? "GDS" : writing > -0.66 ? "EXS" : "WTS");
        Say(DemoAssessments.Science, writing + (0.4 * random.Normal()) > -0.93 ? "EXS" : "HNM");

        void Test(Reference.Assessment test, Reference.Assessment? teachers, double mean, double spread, double sex)
        {
            var score = mean + (spread * ((0.84 * child.Ability) + together + (0.36 * random.Normal()) + sex));
            Say(test, below ? "B" : absent ? "A" : random.Is(0.004) ? "T" : Mark(score, 80, 120));
            // Before that the standards of those below were others.
            if (below && teachers is { } instead && year >= 2022)
                Say(instead, Stage());
        }

        void Say(Reference.Assessment assessment, string value) => child.Results.Add(new(assessment, year, DemoAssessments.ScaledScore, value));

        string Stage() => child.Ability switch { < -4 => "EM", < -3.2 => "PK1", < -2.8 => "PK3", < -2.4 => "PK4", _ => "PK5" };
    }

    private static string Mark(double score, int low, int high) => ((int)Math.Round(Math.Clamp(score, low, high))).ToString(CultureInfo.InvariantCulture);
}
