using Ascent.SchoolData.Pupils;

namespace Ascent.Demo.Pupils;

/// <summary>What was otherwise before: meals that began or ended, needs that grew, a surname that changed.</summary>
internal static class DemoHistory
{
    private static readonly string[] EarlierSurnames = "Archer Bishop Dawson Frost Goddard Hammond Lawson Naylor Preston Sutton".Split(' ');

    public static void Add(DemoChild child, DemoRandom random)
    {
        var about = child.About;
        if (about.FreeMeals == true && random.Is(0.3))
        {
            var from = Day(random);
            child.Changes.Add(new(PupilField.FreeMeals, "N", from));
            if (random.Is(0.5))
                child.Changes.AddRange([new(PupilField.FreeMealsSix, "N", from), new(PupilField.Disadvantaged, "N", from)]);
        }
        else if (about is { FreeMeals: false, FreeMealsSix: true })
            child.Changes.Add(new(PupilField.FreeMeals, "Y", Day(random)));
        if (about.SenProvision == "E" && random.Is(0.25))
            child.Changes.Add(new(PupilField.SenProvision, "K", Day(random)));
        else if (about.SenProvision == "K" && random.Is(0.2))
        {
            var from = Day(random);
            child.Changes.AddRange([new(PupilField.SenProvision, "N", from), new(PupilField.SenNeed, "", from)]);
        }
        if (random.Is(0.006))
            child.Changes.Add(new(PupilField.Surname, random.Of(EarlierSurnames), Day(random)));
    }

    /// <summary>A school day between January 2024 and July 2026, or nearly one.</summary>
    private static DateOnly Day(DemoRandom random) => new DateOnly(2024, 1, 8).AddDays(7 * random.Below(130));
}
