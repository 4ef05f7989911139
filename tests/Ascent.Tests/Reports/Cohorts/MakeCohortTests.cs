using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Tests.Reports.Cohorts;

public sealed class MakeCohortTests
{
    private static readonly AcademicYear Year = AcademicYear.StartingIn(2025);

    [Fact]
    public void Of_APupilAtTheEndOfKs4_GivesWhatIsCountedByHand()
    {
        // English 2 × 6 = 12, maths 2 × 5 = 10, EBacc 4.5 + 4.5 + 7 = 16, open: literature 5 + French 3 + art 8 = 16: 54. EBacc points (6 + 5 + 2 × 4.5 + 7 + 3) ÷ 6 = 5.
        var pupil = Records.Pupil(12, Records.Gcse("ENL", "6"), Records.Gcse("ENT", "5"), Records.Gcse("MAT", "5"), Records.Gcse("CSC", "5-4"), Records.Gcse("HIS", "7"), Records.Gcse("FRE", "3"), Records.Gcse("ART", "8"),
            Records.Test("ENG", "REA", 2021, "105"), Records.Test("MAT", "MAT", 2021, "103"));

        var cohort = Make(CohortStage.Ks4, pupil);

        Assert.Equal((54, 12, 10, 16, 16), (Value(cohort, "ks4-attainment8"), Value(cohort, "ks4-attainment8-english"), Value(cohort, "ks4-attainment8-maths"), Value(cohort, "ks4-attainment8-ebacc"), Value(cohort, "ks4-attainment8-open")));
        Assert.Equal((1, 1, 1, 5, 0), (Value(cohort, "ks4-english-maths-95"), Value(cohort, "ks4-english-maths-94"), Value(cohort, "ks4-ebacc-entered"), Value(cohort, "ks4-ebacc-aps"), Value(cohort, "ks4-ebacc-95")));
        Assert.Equal((104, "middle"), (cohort.Prior[0].Value, ValueOf(cohort, PupilGroup.PriorAttainment)));
        Assert.Equal((4.5, 7, 3), (Value(cohort, CohortParts.Science), Value(cohort, CohortParts.Humanities), Value(cohort, CohortParts.Languages)));
    }

    [Fact]
    public void Of_Entries_TakesTheFirstOfASubjectAndLeavesOutWhatHasNoGrade()
    {
        var pupil = Records.Pupil(12, Records.Gcse("MAT", "4", 2025), Records.Gcse("MAT", "7"), Records.Gcse("HIS", "X"), Records.Gcse("GEO", "?!"));

        var cohort = Make(CohortStage.Ks4, pupil);

        Assert.Equal(8, Value(cohort, "ks4-attainment8"));
        Assert.False(cohort.Columns[CohortParts.Humanities][0].IsInCohort);
        // History was entered and has no grade; geography was not understood and is nothing.
        Assert.Equal([("HIS", GradeScale.NoGrade), ("MAT", (byte)5)], cohort.Subjects.Select(s => (s.Code, Assert.Single(s.Grades))));
    }

    [Fact]
    public void Of_PupilsWithoutResults_AreInNAndNotMatched()
    {
        var cohort = Make(CohortStage.Ks4, Records.Pupil(12), Records.Pupil(12, Records.Gcse("MAT", "X")), Records.Pupil(12, Records.Gcse("MAT", "U")));

        Assert.Equal([(true, false), (true, true), (true, true)], cohort.Columns["ks4-attainment8"].Select(o => (o.IsInCohort, o.Counts)));
    }

    [Fact]
    public void Of_SubjectsThatWereAssigned_CountsWhoIsAssignedAlone()
    {
        var assigned = Records.Pupil(12, Records.Gcse("HIS", "5")) with { Subjects = new HashSet<(AcademicYear, string)> { (Year, "HIS"), (Year, "LAT") } };
        var absent = Records.Pupil(12) with { Subjects = new HashSet<(AcademicYear, string)> { (Year, "HIS") } };
        var notAssigned = Records.Pupil(12, Records.Gcse("HIS", "9"), Records.Gcse("ART", "9"));

        var subject = Assert.Single(Make(CohortStage.Ks4, assigned, absent, notAssigned).Subjects);

        Assert.Equal("HIS", subject.Code);
        Assert.Equal([4, GradeScale.NoGrade], subject.Grades.Select(g => (int)g));
    }

    [Fact]
    public void Of_AKs2Pupil_GivesWhatIsCountedByHand()
    {
        var pupil = Records.Pupil(7, Records.Test("ENG", "REA", 2026, "110"), Records.Test("MAT", "MAT", 2026, "99"), Records.Test("ENG", "GPS", 2026, "B"), Records.Judged("KS2", "ENG", "WRI", 2026, "GDS"),
            Records.Judged("KS1", "ENG", "REA", 2022, "EXS"), Records.Judged("KS1", "ENG", "WRI", 2022, "WTS"), Records.Judged("KS1", "MAT", "MAT", 2022, "GDS"));

        var cohort = Make(CohortStage.Ks2, pupil);

        Assert.Equal((0, 1, 1, 110, 1, 0, 0), (Value(cohort, "ks2-rwm"), Value(cohort, "ks2-reading"), Value(cohort, "ks2-reading-higher"), Value(cohort, "ks2-reading-score"), Value(cohort, "ks2-writing-higher"), Value(cohort, "ks2-maths"), Value(cohort, "ks2-gps")));
        Assert.False(cohort.Columns["ks2-gps-score"][0].Counts);
        // ((8 + 6) ÷ 2 + 10) ÷ 2.
        Assert.Equal((8.5, "middle"), (cohort.Prior[0].Value, ValueOf(cohort, PupilGroup.PriorAttainment)));
    }

    [Fact]
    public void Of_ThePrimaryChecks_ReadsMarksCodesAndNothing()
    {
        var phonics = Make(CohortStage.Phonics, Phonics("32"), Phonics("31"), Phonics("Wa"), Phonics("A"), Records.Pupil(2));
        var tables = Make(CohortStage.TablesCheck, Tables("25"), Tables("U"), Tables("L"), Records.Pupil(5));
        var goals = Make(CohortStage.EarlyYears, Records.Pupil(1, Enumerable.Range(1, 12).Select(n => Records.Result(new("EYF", "COM", $"E{n:00}", "FA"), 2026, "2"))), Records.Pupil(1, Records.Result(new("EYF", "COM", "E01", "FA"), 2026, "1")));

        Assert.Equal(["1", "0", "1", "0", "missing"], phonics.Columns["phonics-met"].Select(Words));
        Assert.Equal(["25", "missing", "missing", "missing"], tables.Columns["mtc-mark"].Select(Words));
        Assert.Equal(["1", "0"], goals.Columns["eyfs-gld"].Select(Words));
        static PupilRecord Phonics(string value) => Records.Pupil(2, Records.Judged("KS1", "PHO", "PHO", 2026, value));
        static PupilRecord Tables(string value) => Records.Pupil(5, Records.Result(new("KS2", "MAT", "MTC", "TT"), 2026, value));
    }

    [Fact]
    public void Of_WhoWasNotThereOnTheDay_IsNotInTheCohort()
    {
        var there = Records.Pupil(7);
        var (left, came) = (Records.Pupil(6) with { LeftOn = new(2026, 5, 20) }, Records.Pupil(7) with { EnrolledOn = new(2026, 5, 22) });

        Assert.Equal([there.Id], Make(CohortStage.Ks2, there, left, came, Records.Pupil(6)).PupilIds);
        Assert.Null(MakeCohort.Of(CohortStage.Ks2, Year, [left], Records.Today));
    }

    [Fact]
    public void Of_ADayThatIsToCome_IsNothingButTheSchoolInTheAutumn()
    {
        var running = AcademicYear.Of(Records.Today);

        Assert.Null(MakeCohort.Of(CohortStage.Ks2, running, [Records.Pupil(6)], Records.Today));
        Assert.Equal(1, MakeCohort.Of(CohortStage.School, running, [Records.Pupil(6)], Records.Today)!.Count);
    }

    [Fact]
    public void Of_Groups_AreThoseOfTheDay()
    {
        var pupil = Records.Pupil(7) with
        {
            BornOn = new(2014, 9, 1),
            Sex = Sex.Male,
            EnrolledOn = new(2025, 1, 6),
            About = new(Disadvantaged: true, SenProvision: "E", Eal: true, Ethnicity: "AIND", LookedAfter: false),
            Changes = [new(PupilField.SenProvision, "K", new(2026, 6, 1))],
        };

        var cohort = Make(CohortStage.Ks2, pupil);

        Assert.Equal(["yes", "boys", "support", "other", "none", "autumn", "joined", "asian", "no", "not-known"], PupilGroups.All.Select(g => ValueOf(cohort, g)));
    }

    [Fact]
    public void Of_Attendance_KeepsWhatWasMissedAndPossible()
    {
        var pupil = Records.Pupil(7) with { Attendance = new Dictionary<AcademicYear, StoredSessions> { [Year] = new(200, 20) } };

        var cohort = Make(CohortStage.School, pupil, Records.Pupil(3));

        Assert.Equal((1, 0, 20, 200), (Value(cohort, "absence-persistent"), Value(cohort, "absence-severe"), Value(cohort, CohortParts.SessionsMissed), Value(cohort, CohortParts.SessionsPossible)));
        Assert.False(cohort.Columns["absence-persistent"][1].Counts);
    }

    [Fact]
    public void Bytes_OfACohort_ReadBackAsItWas()
    {
        var cohort = Make(CohortStage.Ks4, Records.Pupil(12, Records.Gcse("MAT", "4"), Records.Gcse("CSC", "5-4"), Records.Test("ENG", "REA", 2021, "105"), Records.Test("MAT", "MAT", 2021, "104")), Records.Pupil(12));

        var read = CohortBytes.Read(CohortBytes.Write(cohort))!;

        Assert.Equal((cohort.Stage, cohort.Year, cohort.Count), (read.Stage, read.Year, read.Count));
        Assert.Equal(cohort.PupilIds, read.PupilIds);
        Assert.Equal(cohort.Groups, read.Groups);
        Assert.Equal(cohort.Prior, read.Prior);
        Assert.Equal(cohort.Columns.OrderBy(c => c.Key), read.Columns.OrderBy(c => c.Key));
        Assert.Equal(cohort.Subjects.Select(s => (s.Code, s.Scale, string.Join(' ', s.Pupils), string.Join(' ', s.Grades))), read.Subjects.Select(s => (s.Code, s.Scale, string.Join(' ', s.Pupils), string.Join(' ', s.Grades))));
        Assert.Null(CohortBytes.Read([CohortBytes.Form + 1, .. CohortBytes.Write(cohort).Skip(1)]));
    }

    private static Cohort Make(CohortStage stage, params PupilRecord[] pupils) => MakeCohort.Of(stage, Year, pupils, Records.Today)!;

    private static double Value(Cohort cohort, string code) => cohort.Columns[code][0] is { Counts: true } outcome ? outcome.Value : double.NaN;

    private static string ValueOf(Cohort cohort, PupilGroup group) => group.Values()[cohort.ValuesOf(group)[0]].Code;

    private static string Words(Outcome outcome) => outcome.Counts ? outcome.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : outcome.IsInCohort ? "missing" : "outside";
}
