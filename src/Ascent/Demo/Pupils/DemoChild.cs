using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>What sort of children go to a school.</summary>
/// <param name="FreeMeals">How many of a hundredth are eligible now.</param>
/// <param name="Support">SEN support.</param>
/// <param name="Plan">An education, health and care plan.</param>
/// <param name="Ability">How far the school's children are from the national mean, in standard deviations.</param>
internal sealed record DemoIntake(double FreeMeals, double Support, double Plan, double Ability)
{
    public bool IsSpecial => Plan >= 1;
}

/// <summary>One field of a child that was something else before a day.</summary>
internal sealed record DemoChange(PupilField Field, string Before, DateOnly From);

/// <summary>
/// An invented child, wherever it goes to school. Two schools that have the same child hold the same facts of it, and the same results.
/// </summary>
internal sealed class DemoChild
{
    // How far groups are apart in what they achieve, in standard deviations; and what brings the mean of all back to 0.
    private const double DisadvantagedGap = 0.6;
    private const double SupportGap = 0.75;
    private const double PlanGap = 1.5;
    private const double Balance = 0.33;
    private const double Rest = 0.86;

    public required int Number { get; init; }

    /// <summary>The year by age in 2026/27, also beyond 14 for those who have left.</summary>
    public required int Cohort { get; init; }

    public required DateOnly BornOn { get; set; }

    public required Sex Sex { get; set; }

    public required string Forename { get; set; }

    public string? MiddleNames { get; set; }

    public required string Surname { get; set; }

    public string? PreferredForename { get; set; }

    public string? PreferredSurname { get; set; }

    public string? Upn { get; set; }

    public string? UpnReason { get; set; }

    public string? Uln { get; set; }

    public required PupilCharacteristics About { get; set; }

    /// <summary>Mean 0 and standard deviation 1 over all children of the country.</summary>
    public required double Ability { get; init; }

    /// <summary>Came to England in this year of schooling; nothing was assessed before. Null for nearly all.</summary>
    public int? ArrivedIn { get; set; }

    /// <summary>Taught in another year than the one by age: so many years up.</summary>
    public int OutOfYear { get; set; }

    public List<DemoResult> Results { get; } = [];

    public List<DemoChange> Changes { get; } = [];

    public List<string> FormerUpns { get; } = [];

    /// <summary>The subjects of GCSE, and then those of A level.</summary>
    public IReadOnlyList<string> Gcses { get; set; } = [];

    public IReadOnlyList<string> ALevels { get; set; } = [];

    /// <summary>One of those that are odd on purpose.</summary>
    public bool IsOdd { get; set; }

    /// <summary>How much the child is away, beside others of the age: 1 as usual.</summary>
    public double Away { get; set; }

    public bool IsGirl => Sex == Sex.Female;

    public bool IsDisadvantaged => About.Disadvantaged == true;

    /// <summary>The school year in which the child is in this year of schooling.</summary>
    public AcademicYear YearOf(int ncYear) => DemoCalendar.YearOf(Cohort, ncYear);

    /// <param name="latest">The last year of schooling in which the child is at the school that it is drawn for.</param>
    public static DemoChild Draw(int number, int cohort, DemoIntake intake, int latest, DemoRandom random)
    {
        var sex = random.Is(0.51) ? Sex.Male : Sex.Female;
        var name = DemoNames.Draw(random, sex);
        var about = DrawCharacteristics(name, sex, intake, random);
        var ability = intake.Ability + Balance - (about.Disadvantaged == true ? DisadvantagedGap : 0)
            - (intake.IsSpecial ? 0 : about.SenProvision switch { "K" => SupportGap, "E" => PlanGap, _ => 0 }) + (Rest * random.Normal());
        return new DemoChild
        {
            Number = number, Cohort = cohort, Sex = sex, BornOn = DemoCalendar.FirstBirthday(cohort).AddDays(random.Below(365)),
            Forename = name.Forename, MiddleNames = name.MiddleNames, Surname = name.Surname, About = about, Ability = ability,
            ArrivedIn = latest > 0 && name.Eal && random.Is(0.15) ? random.Below(Math.Min(latest, 9) + 1) : null, Away = DrawAway(about, random),
            PreferredForename = random.Is(0.04) ? Short(name.Forename) : null,
        };
    }

    private static PupilCharacteristics DrawCharacteristics(DemoName name, Sex sex, DemoIntake intake, DemoRandom random)
    {
        var freeMeals = random.Is(intake.FreeMeals);
        var six = freeMeals || random.Is(0.05);
        var lookedAfter = random.Is(intake.IsSpecial ? 0.04 : 0.008);
        var boys = sex == Sex.Male ? 1.3 : 0.7;
        var provision = random.Is(intake.Plan * (intake.IsSpecial ? 1 : boys)) ? "E" : random.Is(intake.Support * boys) ? "K" : "N";
        var need = provision == "N" ? null : random.Of(intake.IsSpecial ? SpecialNeeds : provision == "E" ? PlanNeeds : SupportNeeds);
        return new(freeMeals, six, six || lookedAfter || random.Is(0.01), provision, need, name.Eal, lookedAfter, name.Ethnicity, random.Is(0.012));
    }

    // Most are away little, some often, a few for months.
    private static double DrawAway(PupilCharacteristics about, DemoRandom random)
    {
        var away = random.Share() switch
        {
            < 0.8 => 0.25 + random.Share(),
            < 0.98 => 1.4 + (2.2 * random.Share()),
            _ => 4 + (5 * random.Share()),
        };
        return about.Disadvantaged == true ? away * 1.4 : away * 0.9;
    }

    private static string? Short(string forename) => forename switch
    {
        "Oliver" => "Ollie",
        "William" => "Will",
        "Thomas" => "Tom",
        "Joshua" => "Josh",
        "Samuel" => "Sam",
        "Daniel" => "Dan",
        "Edward" => "Ted",
        "Nathan" => "Nate",
        "Isabella" => "Bella",
        "Charlotte" => "Lottie",
        "Eleanor" => "Ellie",
        "Abigail" => "Abi",
        "Matilda" => "Tilly",
        "Jessica" => "Jess",
        "Georgia" => "George",
        "Emily" => "Em",
        "Muhammad" => "Mo",
        "Zachary" => "Zac",
        "Temitope" => "Temi",
        _ => null,
    };

    private static readonly (string, double)[] SupportNeeds =
        [("SLCN", 30), ("SEMH", 22), ("SPLD", 18), ("MLD", 15), ("ASD", 8), ("OTH", 4), ("HI", 1.3), ("VI", 0.7), ("PD", 1)];

    private static readonly (string, double)[] PlanNeeds =
        [("ASD", 38), ("SLCN", 21), ("SEMH", 18), ("MLD", 8), ("PD", 5), ("SPLD", 4), ("SLD", 3), ("HI", 2), ("VI", 1)];

    private static readonly (string, double)[] SpecialNeeds = [("ASD", 42), ("SLD", 28), ("PMLD", 14), ("MLD", 12), ("MSI", 2), ("PD", 2)];
}

/// <summary>The demonstration stands in the school year 2026/27, whatever the clock says.</summary>
internal static class DemoCalendar
{
    private const int YoungestAge = 5;

    public static AcademicYear Now { get; } = AcademicYear.StartingIn(2026);

    /// <summary>The three years of results, the oldest first.</summary>
    public static IReadOnlyList<AcademicYear> Past { get; } = [AcademicYear.StartingIn(2023), AcademicYear.StartingIn(2024), AcademicYear.StartingIn(2025)];

    public static AcademicYear YearOf(int cohort, int ncYear) => AcademicYear.StartingIn(Now.StartYear - cohort + ncYear);

    /// <summary>The oldest of a cohort has its birthday then.</summary>
    public static DateOnly FirstBirthday(int cohort) => AcademicYear.StartingIn(Now.StartYear - YoungestAge - cohort).FirstDay;

    /// <summary>How many weeks after the first day of school there is school: no half-term and no holidays.</summary>
    private static readonly int[] TermWeeks = [3, 4, 5, 6, 9, 10, 11, 12, 13, 18, 19, 20, 21, 22, 25, 26, 27, 28, 33, 34, 35, 36, 40, 41, 42];

    public static DateOnly FirstDay(AcademicYear year) => Forward(new(year.StartYear, 9, 3), DayOfWeek.Saturday, DayOfWeek.Sunday);

    public static DateOnly LastDay(AcademicYear year, int ncYear)
    {
        // Years 11 and 13 are gone after their examinations.
        var day = ncYear is 11 or 13 ? new DateOnly(year.EndYear, 6, 26) : new(year.EndYear, 7, 21);
        return day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(-2), _ => day };
    }

    /// <summary>A Monday in the middle of a school year.</summary>
    /// <param name="begun">Of a year of which only the first weeks are over.</param>
    public static DateOnly SomeMonday(AcademicYear year, bool begun, DemoRandom random)
    {
        var day = FirstDay(year).AddDays(7 * TermWeeks[random.Below(begun ? 4 : TermWeeks.Length)]);
        return day.AddDays(DayOfWeek.Monday - day.DayOfWeek);
    }

    private static DateOnly Forward(DateOnly day, params DayOfWeek[] not) => not.Contains(day.DayOfWeek) ? Forward(day.AddDays(1), not) : day;
}
