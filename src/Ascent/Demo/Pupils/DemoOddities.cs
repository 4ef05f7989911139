using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>
/// What is odd in the demonstration on purpose, so that everything a school meets can be met. docs/demonstration.md lists it for people; both
/// are changed together.
/// </summary>
internal static class DemoOddities
{
    public const string LongForename = "Maximiliana-Theodora";
    public const string LongSurname = "Featherstonehaugh-Cholmondeley-Marjoribanks";

    private static readonly (string Reason, int Cohort, Sex Sex, string Forename, string Surname)[] WithoutUpn =
    [
        ("UN1", -1, Sex.Female, "Ottilie", "Marsh"), ("UN2", 5, Sex.Male, "Sebastian", "Thorne"), ("UN3", 3, Sex.Male, "Nikola", "Petrović"), ("UN4", 2, Sex.Male, "Kayden", "Moss"),
        ("UN5", 4, Sex.Female, "Leighton", "Shore"), ("UN7", 1, Sex.Female, "Wren", "Ackroyd"), ("", 0, Sex.Female, "Posy", "Lockett"),
    ];

    public static void Apply(DemoRolls rolls)
    {
        Numbers(rolls);
        Names(rolls.Larkfield);
        Years(rolls);
        ComingAndGoing(rolls);
        Results(rolls);
    }

    private static void Numbers(DemoRolls rolls)
    {
        foreach (var (reason, cohort, sex, forename, surname) in WithoutUpn)
        {
            var child = Take(rolls.Larkfield, cohort, sex, forename, surname).Child;
            (child.Upn, child.UpnReason) = (null, reason.Length > 0 ? reason : null);
            if (reason == "UN4")
                child.About = child.About with { LookedAfter = true, Disadvantaged = true };
        }
        Temporary(Take(rolls.Larkfield, 1, Sex.Female, "Iskra", "Dimitrova"), "2001", 1);
        Temporary(Take(rolls.Larkfield, 6, Sex.Male, "Tomás", "Ó Briain"), "2001", 2);
        Temporary(Take(rolls.Harbour, 9, Sex.Female, "Dorotea", "Vrankić"), "4001", 1);
        // The permanent number came in the end.
        var found = Take(rolls.Larkfield, 4, Sex.Male, "Ruaridh", "MacInnes").Child;
        found.FormerUpns.Add(DemoNumbers.TemporaryUpn("2001", AcademicYear.StartingIn(2024), 9));
        found.Changes.Add(new(PupilField.Upn, found.FormerUpns[0], new(2025, 1, 20)));
    }

    private static void Temporary(DemoPlace place, string establishment, int serial) => place.Child.Upn = DemoNumbers.TemporaryUpn(establishment, DemoCalendar.Now, serial);

    private static void Names(DemoSchool school)
    {
        var (one, other) = (Take(school, 5, Sex.Female, "Amelia", "Khan").Child, Take(school, 5, Sex.Female, "Amelia", "Khan").Child);
        (one.BornOn, other.BornOn) = (DemoCalendar.FirstBirthday(5).AddDays(40), DemoCalendar.FirstBirthday(5).AddDays(287));
        var (noah, second) = (Take(school, 2, Sex.Male, "Noah", "Williams").Child, Take(school, 2, Sex.Male, "Noah", "Williams").Child);
        noah.BornOn = second.BornOn = DemoCalendar.FirstBirthday(2).AddDays(143);
        Take(school, 3, Sex.Female, LongForename, LongSurname).Child.MiddleNames = "Anastasia Wilhelmina Evangeline";
        Take(school, 6, Sex.Female, "Caoimhe", "O'Shaughnessy");
        Take(school, 6, Sex.Male, "D’Andre", "St. John-Baptiste");
        Take(school, 4, Sex.Female, "Łucja", "Świątek");
        Take(school, 1, Sex.Female, "Ánh", "Nguyễn");
        var changed = Take(school, 5, Sex.Male, "Teddy", "Holloway").Child;
        (changed.PreferredSurname, changed.PreferredForename, changed.Forename) = ("Holloway-Reed", "Teddy", "Theodore");
        // Nobody has asked yet.
        var unknown = Take(school, 4, Sex.Male, "Jun-seo", "Baek").Child;
        (unknown.About, unknown.MiddleNames) = (new(), null);
        unknown.Changes.Clear();
    }

    private static void Years(DemoRolls rolls)
    {
        // Born in August and begun a year later; put up a year; kept back in the special school.
        var late = Take(rolls.Larkfield, 1, Sex.Male, "Bertie", "Larch").Child;
        (late.BornOn, late.OutOfYear) = (new(2021, 8, 14), -1);
        late.Results.Clear();
        Take(rolls.Harbour, 8, Sex.Female, "Philippa", "Greyling").Child.OutOfYear = 1;
        Take(rolls.Millbrook, 8, Sex.Male, "Corin", "Dace").Child.OutOfYear = -1;
    }

    private static void ComingAndGoing(DemoRolls rolls)
    {
        Take(rolls.Larkfield, 3, Sex.Female, "Marlowe", "Finch").LeftOn = new(2026, 12, 18);
        var back = Take(rolls.Larkfield, 6, Sex.Female, "Saoirse", "Whelan");
        back.Before.Clear();
        back.Before.AddRange([
            new("9992001", "Larkfield Primary School", DemoCalendar.FirstDay(back.Child.YearOf(0)), new(2024, 4, 5)),
            new("9992012", "Eastfield Primary School", new(2024, 4, 22), new(2026, 7, 21))]);
        back.EnrolledOn = DemoCalendar.FirstDay(DemoCalendar.Now);
        // On the roll of two schools at once: some subjects here, some there.
        var here = Take(rolls.Harbour, 12, Sex.Female, "Imogen", "Castellanos");
        var there = new DemoPlace { Child = here.Child, FirstYear = 12, LastYear = 12, EnrolledOn = here.Child.YearOf(12).FirstDay.AddDays(6) };
        there.Before.Add(new("9994001", "Harbour Academy", here.EnrolledOn, null));
        rolls.Quayside.Places.Add(there);
    }

    private static void Results(DemoRolls rolls)
    {
        Change(Take(rolls.Larkfield, 5, Sex.Male, "Caspian", "Rowe").Child, DemoAssessments.TablesCheck, "26");
        Change(Take(rolls.Larkfield, 2, Sex.Female, "Marigold", "Peake").Child, DemoAssessments.Phonics, "Wx");
        foreach (var (code, sex, forename, surname) in ((string, Sex, string, string)[])[("A", Sex.Female, "Juno", "Sayer"), ("U", Sex.Male, "Ansel", "Brook"), ("X", Sex.Male, "Rufus", "Tallow"), ("J", Sex.Female, "Odette", "Marin"), ("B", Sex.Male, "Ivor", "Nettle")])
            Change(Take(rolls.Larkfield, 6, sex, forename, surname).Child, DemoAssessments.TablesCheck, code);
        // Half of the tests: here on one day, away on the other.
        var half = Take(rolls.Harbour, 7, Sex.Male, "Linus", "Ferrand").Child;
        half.Results.RemoveAll(r => r.Assessment == DemoAssessments.Maths || r.Assessment == DemoAssessments.Spelling);
        Change(Take(rolls.Harbour, 8, Sex.Female, "Clio", "Bexley").Child, DemoAssessments.Reading, "A");
        Change(Take(rolls.Harbour, 8, Sex.Male, "Barnaby", "Quill").Child, DemoAssessments.Maths, "Q");
    }

    private static void Change(DemoChild child, Reference.Assessment assessment, string value)
    {
        var at = child.Results.FindIndex(r => r.Assessment == assessment);
        if (at >= 0)
            child.Results[at] = child.Results[at] with { Value = value };
        else
            throw new InvalidOperationException($"{child.Forename} {child.Surname} has no result to change.");
    }

    /// <summary>The next ordinary child of the year becomes this one.</summary>
    private static DemoPlace Take(DemoSchool school, int cohort, Sex sex, string forename, string surname)
    {
        var place = school.OnRoll.First(p => p.Child is { IsOdd: false, ArrivedIn: null } && p.Child.Cohort == cohort && p.Child.Sex == sex && p.FirstYear <= Math.Max(school.Lowest, 0));
        var child = place.Child;
        (child.Forename, child.Surname, child.MiddleNames, child.PreferredForename, child.PreferredSurname, child.IsOdd) = (forename, surname, null, null, null, true);
        child.Changes.RemoveAll(c => c.Field == PupilField.Surname);
        return place;
    }
}
