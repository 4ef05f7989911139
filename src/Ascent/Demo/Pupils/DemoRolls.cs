using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>
/// All children of the six schools: those on the roll of 2026/27, and those who have left with their results in the three years before. It is
/// worked out from a fixed number and nothing else, so it is the same everywhere.
/// </summary>
internal sealed class DemoRolls
{
    private const ulong Seed = 0x41_73_63_65_6E_74;
    private const int LastPrimary = 6;
    private const int LastSecondary = 11;
    private const int LastSixthForm = 13;

    private static readonly (string Number, string Name)[] OtherPrimaries =
        [("2011", "Bramley Hill Primary School"), ("2012", "Eastfield Primary School"), ("2013", "Oakmere Primary School"), ("2014", "Riverside Primary School"), ("2015", "Thornton Primary School"), ("2016", "Westgate Primary School"), ("2017", "Millfield Junior School"), ("2018", "Holly Lane Primary School")];

    private static readonly (string Number, string Name)[] OtherSecondaries = [("4011", "Eastgate High School"), ("4012", "Holmwood School"), ("4013", "Kingsmead School")];

    private readonly DemoNumbers numbers = new();
    private readonly HashSet<(string, string)> names = [];
    private int count;

    public DemoSchool Larkfield { get; } = new("900001", "2001", new(0.22, 0.14, 0.03, 0.08), -1, LastPrimary, ["EYF", "KS1", "KS2"]);

    public DemoSchool Harbour { get; } = new("900002", "4001", new(0.22, 0.12, 0.03, 0.04), 7, LastSixthForm, ["KS2", "KS4", "KS5"]);

    public DemoSchool Beacon { get; } = new("900003", "4002", new(0.29, 0.15, 0.035, -0.06), 0, LastSecondary, ["EYF", "KS1", "KS2", "KS4"]);

    public DemoSchool Ashby { get; } = new("900004", "2002", new(0.17, 0.13, 0.025, 0.05), 0, 2, ["EYF", "KS1"]);

    public DemoSchool Millbrook { get; } = new("900005", "7001", new(0.45, 0, 1, -2.4), 0, LastSecondary, ["EYF", "KS1", "KS2", "KS4"]);

    public DemoSchool Quayside { get; } = new("900006", "8001", new(0.16, 0.07, 0.015, 0.1), 12, LastSixthForm, ["KS4", "KS5"]);

    public IReadOnlyList<DemoSchool> Schools => [Larkfield, Harbour, Beacon, Ashby, Millbrook, Quayside];

    public static DemoRolls Build()
    {
        var rolls = new DemoRolls();
        rolls.FillAshby();
        rolls.FillLarkfield();
        rolls.FillBeacon();
        rolls.FillMillbrook();
        rolls.FillHarbour();
        rolls.FillQuayside();
        DemoOddities.Apply(rolls);
        foreach (var school in rolls.Schools)
            DemoClasses.Place(school);
        return rolls;
    }

    private void FillAshby()
    {
        for (var cohort = 0; cohort <= 5; cohort++)
            Add(Ashby, cohort, Math.Min(cohort, 2), Draw(cohort, 50 - (cohort % 3), Ashby));
    }

    private void FillLarkfield()
    {
        Add(Larkfield, -1, -1, Draw(-1, 28, Larkfield));
        for (var cohort = 0; cohort <= 9; cohort++)
        {
            // A few come from the infant school when they are too old for it.
            var fromAshby = cohort is >= 3 and <= 5 ? Ashby.Places.Where(p => p.Child.Cohort == cohort).Take(4).ToArray() : [];
            foreach (var place in fromAshby)
                Move(place, Ashby, "Ashby Infant School", Larkfield, 3, Math.Min(cohort, LastPrimary));
            Add(Larkfield, cohort, Math.Min(cohort, LastPrimary), Draw(cohort, 57 - (cohort % 4) - fromAshby.Length, Larkfield));
        }
    }

    private void FillBeacon()
    {
        for (var cohort = 0; cohort <= 14; cohort++)
            Add(Beacon, cohort, Math.Min(cohort, LastSecondary), Draw(cohort, 76 - (cohort % 4), Beacon));
    }

    private void FillMillbrook()
    {
        for (var cohort = 0; cohort <= 14; cohort++)
            Add(Millbrook, cohort, Math.Min(cohort, LastSecondary), Draw(cohort, cohort % 4 == 3 ? 3 : 4, Millbrook));
    }

    private void FillHarbour()
    {
        for (var cohort = 7; cohort <= 14; cohort++)
        {
            foreach (var place in Larkfield.Places.Where(p => p.Child.Cohort == cohort).Take(24).ToArray())
                Move(place, Larkfield, "Larkfield Primary School", Harbour, 7, cohort);
            var drawn = Draw(cohort, (cohort is 7 or 8 or 9 ? 168 : 192) - (cohort % 4), Harbour);
            // The better half stays for the sixth form.
            var staying = cohort > LastSecondary ? drawn.OrderByDescending(c => c.Ability + (0.8 * RandomOf(c.Number, 5).Normal())).Take(96 + (cohort % 3 * 6)).Select(c => c.Number).ToHashSet() : [];
            Add(Harbour, cohort, Math.Min(cohort, LastSixthForm), [.. drawn.Where(c => cohort <= LastSecondary || staying.Contains(c.Number))]);
            Add(Harbour, cohort, LastSecondary, [.. drawn.Where(c => cohort > LastSecondary && !staying.Contains(c.Number))]);
        }
        // Of the older ones the sixth form alone is within the three years.
        foreach (var cohort in (int[])[15, 16])
            Add(Harbour, cohort, LastSixthForm, Draw(cohort, 97, Harbour, Stays));
    }

    private void FillQuayside()
    {
        for (var cohort = 12; cohort <= 16; cohort++)
        {
            var last = Math.Min(cohort, LastSixthForm);
            DemoPlace[] come = [.. Leavers(Harbour, cohort, 22), .. Leavers(Beacon, cohort, 20)];
            foreach (var place in come)
                Move(place, Harbour.Places.Contains(place) ? Harbour : Beacon, Harbour.Places.Contains(place) ? "Harbour Academy" : "Beacon All-through School", Quayside, 12, last);
            Add(Quayside, cohort, last, Draw(cohort, 203 - (cohort % 3 * 4) - come.Length, Quayside, Stays));
        }
    }

    private static IEnumerable<DemoPlace> Leavers(DemoSchool school, int cohort, int most) =>
        school.Places.Where(p => p.Child.Cohort == cohort && p.LastYear == LastSecondary).OrderByDescending(p => p.Child.Ability).Take(most);

    private static bool Stays(DemoChild child) => child.Ability + (0.8 * RandomOf(child.Number, 5).Normal()) > 0;

    private List<DemoChild> Draw(int cohort, int wanted, DemoSchool school, Func<DemoChild, bool>? isTaken = null)
    {
        var drawn = new List<DemoChild>();
        while (drawn.Count < wanted)
        {
            var number = count++;
            var random = RandomOf(number, 0);
            var child = DemoChild.Draw(number, cohort, school.Intake, Math.Min(cohort, school.Highest), random);
            if (isTaken?.Invoke(child) == false || !names.Add((child.Forename, child.Surname)))
                continue;
            var issuedBy = school.Lowest <= 0 && child.ArrivedIn is null ? school.Establishment : random.Of(OtherPrimaries).Number;
            child.Upn = numbers.NextUpn(issuedBy, child.YearOf(Math.Max(child.ArrivedIn ?? 0, 0) is var year && year <= cohort ? year : cohort));
            child.Uln = cohort >= 9 ? numbers.NextUln() : null;
            DemoPrimary.Assess(child, school.Intake.IsSpecial, RandomOf(number, 1));
            DemoSecondary.Choose(child, RandomOf(number, 2));
            DemoSecondary.Sit(child, school.Intake.IsSpecial, RandomOf(number, 3));
            DemoHistory.Add(child, RandomOf(number, 4));
            drawn.Add(child);
        }
        return drawn;
    }

    private static void Add(DemoSchool school, int cohort, int last, IReadOnlyList<DemoChild> children)
    {
        foreach (var child in children)
        {
            var random = RandomOf(child.Number, 6);
            // Some come later than the others, and a few leave before them.
            var usual = school.Lowest < 0 && last >= 0 && random.Is(0.55) ? 0 : school.Lowest;
            var first = random.Is(0.08) && last > usual ? usual + 1 + random.Below(last - usual) : usual;
            first = Math.Max(first, Math.Min(child.ArrivedIn ?? first, last));
            var enrolled = DemoCalendar.FirstDay(child.YearOf(first));
            if (first > usual && random.Is(0.6))
                enrolled = DemoCalendar.SomeMonday(child.YearOf(first), begun: first == cohort, random);
            var leftEarly = last == cohort && first < last && random.Is(0.012);
            var lastHere = leftEarly ? last - 1 : last;
            var place = new DemoPlace
            {
                Child = child, FirstYear = first, LastYear = lastHere, EnrolledOn = enrolled,
                LeftOn = leftEarly ? DemoCalendar.LastDay(child.YearOf(lastHere), 11).AddDays(-7 * random.Below(8)) : cohort > last ? DemoCalendar.LastDay(child.YearOf(last), last) : null,
            };
            if (first > Math.Max(school.Lowest, 0) || school.Lowest > 0)
                AddBefore(place, first, random);
            school.Places.Add(place);
        }
    }

    // Where a child was that did not begin its schooling here.
    private static void AddBefore(DemoPlace place, int first, DemoRandom random)
    {
        if (place.Child.ArrivedIn >= first)
            return;
        var since = Math.Max(place.Child.ArrivedIn ?? 0, 0);
        if (since <= LastPrimary)
            place.Before.Add(Stay(place.Child, random.Of(OtherPrimaries), since, Math.Min(first - 1, LastPrimary)));
        if (first > 7)
            place.Before.Add(Stay(place.Child, random.Of(OtherSecondaries), Math.Max(since, 7), Math.Min(first - 1, LastSecondary)));
    }

    private static void Move(DemoPlace from, DemoSchool school, string name, DemoSchool to, int first, int last)
    {
        var child = from.Child;
        var place = new DemoPlace
        {
            Child = child, FirstYear = first, LastYear = last, EnrolledOn = DemoCalendar.FirstDay(child.YearOf(first)),
            LeftOn = child.Cohort > last ? DemoCalendar.LastDay(child.YearOf(last), last) : null,
        };
        place.Before.AddRange(from.Before);
        place.Before.Add(new("999" + school.Establishment, name, from.EnrolledOn, from.LeftOn));
        to.Places.Add(place);
    }

    private static FormerSchoolInFile Stay(DemoChild child, (string Number, string Name) school, int first, int last) =>
        new("999" + school.Number, school.Name, DemoCalendar.FirstDay(child.YearOf(first)), DemoCalendar.LastDay(child.YearOf(last), last));

    private static DemoRandom RandomOf(int number, int purpose) => DemoRandom.For(Seed + (ulong)purpose, number);
}
