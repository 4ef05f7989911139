using Ascent.SchoolData.Imports;

namespace Ascent.Demo.Pupils;

/// <summary>How often everybody was there, in half days.</summary>
internal static class DemoAttendance
{
    private const int Sessions = 380;
    private const int DaysOfYear = 322;

    /// <summary>The past years in which the child was at the school.</summary>
    public static IEnumerable<AttendanceInFile> Of(DemoPlace place, DemoIntake intake, DemoRandom random)
    {
        foreach (var year in DemoCalendar.Past)
        {
            var (luck, unlike) = (random.Share(), random.Share());
            if (place.YearIn(year) is not (>= 0 and var ncYear) || place.EnrolledOn > DemoCalendar.LastDay(year, ncYear))
                continue;
            var possible = (int)Math.Round(Sessions * Part(place, year));
            var rate = (intake.IsSpecial ? 0.1 : ncYear switch { <= 6 => 0.046, <= 11 => 0.078, _ => 0.06 }) * place.Child.Away * (0.7 + (0.6 * luck));
            var absent = (int)Math.Round(possible * Math.Min(rate, 0.9));
            // The more a child is away, the less of it is with leave.
            var authorised = (int)Math.Round(absent * Math.Clamp(0.85 - (1.5 * rate) - (0.2 * unlike), 0.2, 1));
            yield return new(year, possible, possible - absent, authorised, absent - authorised);
        }
    }

    // Who came or went in the middle of the year.
    private static double Part(DemoPlace place, Shared.AcademicYear year)
    {
        var begins = DemoCalendar.FirstDay(year);
        var from = Math.Max(0, place.EnrolledOn.DayNumber - begins.DayNumber);
        var to = place.LeftOn is { } left ? Math.Min(DaysOfYear, left.DayNumber - begins.DayNumber + 1) : DaysOfYear;
        return Math.Clamp((to - from) / (double)DaysOfYear, 0.02, 1);
    }
}
