using Ascent.Measures;
using Ascent.Measures.Attendance;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>
/// Works a cohort out from the records: who is in it, in which groups, and what each gives to every measure. Pure; the same records give the same
/// cohort on every day on which they mean the same.
/// </summary>
public static class MakeCohort
{
    /// <summary>The mark of the phonics check, in every year so far.</summary>
    public const int PhonicsThreshold = 32;

    /// <param name="today">The running year of the whole school is counted up to it.</param>
    /// <returns>Null while the day of the cohort is to come, and when nobody was on the roll.</returns>
    public static Cohort? Of(CohortStage stage, AcademicYear year, IReadOnlyList<PupilRecord> school, DateOnly today)
    {
        if (DayOf(stage, year, today) is not { } day)
            return null;
        var definition = stage.Definition();
        var pupils = school.Where(p => p.IsOnRoll(day) && p.YearOn(day, today) is { } on && (definition.Year is not { } only || on == only)).OrderBy(p => p.Id).ToList();
        if (pupils.Count == 0)
            return null;
        var (columns, prior) = Columns(stage, year, pupils);
        var values = pupils.Select((p, i) => CohortGroups.Of(p, definition, year, day, prior[i])).ToList();
        return new()
        {
            Stage = stage,
            Year = year,
            PupilIds = [.. pupils.Select(p => p.Id)],
            Groups = [.. PupilGroups.All.Select((_, group) => values.Select(v => v[group]).ToArray())],
            Prior = prior,
            Columns = columns,
            Subjects = stage == CohortStage.Ks4 ? Subjects(year, pupils) : [],
        };
    }

    private static DateOnly? DayOf(CohortStage stage, AcademicYear year, DateOnly today)
    {
        var census = stage.CensusDay(year);
        if (census <= today)
            return census;
        return stage == CohortStage.School && CohortStages.AutumnDay(year) is var autumn && autumn <= today ? autumn : null;
    }

    private static (Dictionary<string, Outcome[]> Columns, PriorAttainment[] Prior) Columns(CohortStage stage, AcademicYear year, List<PupilRecord> pupils)
    {
        var nothing = new PriorAttainment[pupils.Count];
        return stage switch
        {
            CohortStage.EarlyYears => (Columns(Each(pupils, p => PrimaryResults.EarlyYears(p, year)), EarlyYears.Indicators), nothing),
            CohortStage.Phonics => (Columns(Each(pupils, p => PrimaryResults.Phonics(p, year)), [Phonics.MetStandard(PhonicsThreshold), Phonics.AverageMark]), nothing),
            CohortStage.Ks1 => (Columns(Each(pupils, p => PrimaryResults.Ks1(p, year)), Ks1.Indicators), nothing),
            CohortStage.TablesCheck => (Columns(Each(pupils, p => PrimaryResults.TablesCheck(p, year)), MultiplicationCheck.Indicators), nothing),
            CohortStage.Ks2 => OfKs2(Each(pupils, p => PrimaryResults.Ks2(p, year))),
            CohortStage.Ks4 => OfKs4(Each(pupils, p => Ks4Results.Read(p, year))),
            CohortStage.School => (OfSchool(Each(pupils, p => p.Attendance.TryGetValue(year, out var sessions) ? new PupilSessions(sessions.Possible, sessions.Absent, 0) : default)), nothing),
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
        };
    }

    private static (Dictionary<string, Outcome[]>, PriorAttainment[]) OfKs2(Ks2Pupil[] pupils)
    {
        var columns = Columns(pupils, Ks2.Indicators);
        columns[CohortParts.WritingStandard] = Each(pupils, p => p.Writing switch
        {
            TeacherJudgement.NotEligible => Outcome.Outside,
            TeacherJudgement.WorkingTowards or TeacherJudgement.Expected or TeacherJudgement.GreaterDepth => Outcome.Of((int)p.Writing),
            _ => Outcome.Missing,
        });
        return (columns, Each(pupils, p => p.Prior));
    }

    private static (Dictionary<string, Outcome[]>, PriorAttainment[]) OfKs4(Ks4Pupil[] pupils)
    {
        var columns = Columns(pupils, Ks4Indicators.All);
        columns[CohortParts.Science] = Each(pupils, p => Pillar(p, EBaccPillars.Science, p.EBacc.Science));
        columns[CohortParts.Humanities] = Each(pupils, p => Pillar(p, EBaccPillars.Humanities, p.EBacc.Humanities));
        columns[CohortParts.Languages] = Each(pupils, p => Pillar(p, EBaccPillars.Language, p.EBacc.Language));
        return (columns, Each(pupils, p => p.Prior));
    }

    private static Outcome Pillar(in Ks4Pupil pupil, EBaccPillars pillar, float points) =>
        !pupil.HasResults ? Outcome.Missing : pupil.EBacc.Pillars.HasFlag(pillar) ? Outcome.Of(points) : Outcome.Outside;

    private static Dictionary<string, Outcome[]> OfSchool(PupilSessions[] sessions)
    {
        var columns = Columns(sessions, [Absence.Persistent, Absence.Severe]);
        columns[CohortParts.SessionsMissed] = Each(sessions, s => s.AreSound ? Outcome.Of(s.Absent) : Outcome.Missing);
        columns[CohortParts.SessionsPossible] = Each(sessions, s => s.AreSound ? Outcome.Of(s.Possible) : Outcome.Missing);
        return columns;
    }

    /// <summary>
    /// GCSE entries by subject. Who is assigned to a subject counts in it, with or without a result; where the school has assigned nobody of the
    /// cohort to anything, the results say who took what.
    /// </summary>
    private static List<SubjectEntries> Subjects(AcademicYear year, List<PupilRecord> pupils)
    {
        var assigned = pupils.Exists(p => p.Subjects.Any(s => s.Year == year));
        var taken = pupils.Select(p => assigned ? p.Subjects.Where(s => s.Year == year).Select(s => s.Subject).ToHashSet() : [.. Ks4Results.SubjectsOf(p, year)]).ToList();
        var all = new List<SubjectEntries>();
        foreach (var subject in taken.SelectMany(t => t).Distinct().Order(StringComparer.Ordinal))
        {
            int[] places = [.. Enumerable.Range(0, pupils.Count).Where(i => taken[i].Contains(subject))];
            byte?[] grades = [.. places.Select(i => Ks4Results.GradeIn(pupils[i], subject, year))];
            // Nobody has been examined in it: not (yet) a subject of reports.
            if (grades.Any(g => g is not null))
                all.Add(new(subject, Ks4Results.KindOf(subject), places, [.. grades.Select(g => g ?? GradeScale.NoGrade)]));
        }
        return all;
    }

    private static Dictionary<string, Outcome[]> Columns<T>(T[] pupils, IEnumerable<Indicator<T>> indicators) =>
        indicators.ToDictionary(i => i.Code, i =>
        {
            var column = new Outcome[pupils.Length];
            for (var p = 0; p < pupils.Length; p++)
                column[p] = i.OutcomeOf(in pupils[p]);
            return column;
        }, StringComparer.Ordinal);

    private static TTo[] Each<TFrom, TTo>(IReadOnlyList<TFrom> all, Func<TFrom, TTo> read)
    {
        var made = new TTo[all.Count];
        for (var i = 0; i < made.Length; i++)
            made[i] = read(all[i]);
        return made;
    }
}

/// <summary>Columns that are no measure by themselves, but what measures are made of.</summary>
public static class CohortParts
{
    /// <summary>Of KS2 writing: the place of WTS, EXS and GDS in <see cref="TeacherJudgement"/>.</summary>
    public const string WritingStandard = "part-ks2-writing";

    /// <summary>EBacc points of the pillar, of those who entered it.</summary>
    public const string Science = "part-ks4-science";
    public const string Humanities = "part-ks4-humanities";
    public const string Languages = "part-ks4-languages";

    public const string SessionsMissed = "part-sessions-missed";
    public const string SessionsPossible = "part-sessions-possible";
}
