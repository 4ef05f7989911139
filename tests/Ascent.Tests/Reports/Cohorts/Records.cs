using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Tests.Reports.Cohorts;

/// <summary>Invented records for the tests of cohorts.</summary>
public static class Records
{
    public static readonly DateOnly Today = new(2026, 11, 27);

    public static PupilRecord Pupil(int year, params IEnumerable<StoredResult> results) => new(
        new Guid(Interlocked.Increment(ref last), 0, 0, new byte[8]), new(2015, 3, 4), Sex.Female, new(year), new(2020, 9, 1), null, new(), [], [.. results],
        new Dictionary<AcademicYear, StoredSessions>(), new HashSet<(AcademicYear, string)>());

    public static StoredResult Test(string subject, string component, int endYear, string value) => Result(new("KS2", subject, component, "TT"), endYear, value);

    public static StoredResult Judged(string stage, string subject, string component, int endYear, string value) => Result(new(stage, subject, component, "TA"), endYear, value);

    public static StoredResult Gcse(string subject, string grade, int endYear = 2026) => Result(new("KS4", subject, "GCSE", "EX"), endYear, grade);

    public static StoredResult Result(Assessment assessment, int endYear, string value)
    {
        var year = AcademicYear.EndingIn(endYear);
        var read = ResultCodes.Read(assessment, year, value);
        return new(assessment, year, read.Kind, read.Number, read.Code);
    }

    private static int last;
}
