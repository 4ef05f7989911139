using Ascent.Shared.Text;

namespace Ascent.Accounts.Reviews;

/// <summary>How often a school looks through everybody's access.</summary>
public enum ReviewRhythm
{
    EachTerm,
    OnceAYear,
    Off,
}

/// <summary>
/// When reviews are due: on fixed days a few weeks into each term, when those who came or left over the holidays have been put in. Terms
/// differ from school to school, and a day more or less does not matter here.
/// </summary>
public static class ReviewCalendar
{
    private static readonly (int Month, string Term)[] Days = [(2, "Spring term"), (6, "Summer term"), (10, "Autumn term")];

    /// <summary>The latest day that has come, today included; null where there are no reviews.</summary>
    public static DateOnly? Present(ReviewRhythm rhythm, DateOnly today) => Around(rhythm, today).Where(day => day <= today).Select(day => (DateOnly?)day).LastOrDefault();

    /// <summary>The first day after today; null where there are no more reviews.</summary>
    public static DateOnly? Next(ReviewRhythm rhythm, DateOnly today) => Around(rhythm, today).Where(day => day > today).Select(day => (DateOnly?)day).FirstOrDefault();

    /// <summary>"Autumn term 2026".</summary>
    public static string Name(DateOnly dueOn) => $"{Days.Single(d => d.Month == dueOn.Month).Term} {dueOn.Year}";

    /// <summary>"each term: on 1 October, 1 February and 1 June", for the end of a sentence.</summary>
    public static string Words(ReviewRhythm rhythm) => rhythm switch
    {
        ReviewRhythm.EachTerm => $"each term, on {InWords.List(["1 October", "1 February", "1 June"])}",
        ReviewRhythm.OnceAYear => "once a year, on 1 October",
        _ => "never",
    };

    private static IEnumerable<DateOnly> Around(ReviewRhythm rhythm, DateOnly today) => rhythm == ReviewRhythm.Off ? []
        : from year in Enumerable.Range(today.Year - 1, 3)
          from day in Days
          where rhythm == ReviewRhythm.EachTerm || day.Month == 10
          select new DateOnly(year, day.Month, 1);
}
