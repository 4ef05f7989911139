using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Results;

/// <summary>How many rows of one sort a file brings.</summary>
/// <param name="Changed">They are here already, with another value.</param>
public readonly record struct RecordCount(int New, int Changed)
{
    public bool IsNone => New == 0 && Changed == 0;
}

/// <summary>What a file brings for one pupil beside its own fields.</summary>
public sealed record RecordDifference(RecordCount Results, RecordCount Attendance, RecordCount FormerSchools)
{
    public bool IsNone => Results.IsNone && Attendance.IsNone && FormerSchools.IsNone;
}

/// <summary>
/// Puts what files have of pupils (results, attendance, former schools) into the records, and takes it out again. What a file does not have is
/// left as it is. Three queries for a batch, whatever is in it.
/// </summary>
public static class PupilRecords
{
    /// <summary>Takes in what is new or other than it was. It does not save: that is the caller's, in the transaction of the import.</summary>
    /// <param name="pupils">Each pupil once; new pupils may still be unsaved.</param>
    /// <param name="changeId">Of the import, for <see cref="UndoAsync"/>.</param>
    /// <exception cref="DbUpdateException">At the caller's save, when another change has taken in the same rows meanwhile.</exception>
    public static async Task ApplyAsync(AppDb db, Guid organisationId, IReadOnlyList<(Guid PupilId, PupilInFile InFile)> pupils, Guid changeId, CancellationToken cancellationToken)
    {
        var known = await Known.ReadAsync(db, organisationId, pupils, cancellationToken);
        foreach (var (pupilId, inFile) in pupils)
        {
            foreach (var (key, file) in Latest(inFile.Results, ResultKey.Of))
                Apply(db, known.Results.GetValueOrDefault((pupilId, key)), ReadOf(file), changeId, key.NewRow(organisationId, pupilId));
            foreach (var (year, file) in Latest(inFile.Attendance, a => a.Year.StartYear))
                Apply(db, known.Attendance.GetValueOrDefault((pupilId, year)), file, changeId, organisationId, pupilId);
            foreach (var (key, file) in Latest(inFile.FormerSchools, FormerSchool.KeyOf))
                Apply(db, known.Schools.GetValueOrDefault((pupilId, key)), file, changeId, new FormerSchool { OrganisationId = organisationId, PupilId = pupilId, StayKey = key });
        }
    }

    /// <summary>What <see cref="ApplyAsync"/> would do, for each pupil that it would do something for.</summary>
    public static async Task<IReadOnlyDictionary<Guid, RecordDifference>> CompareAsync(
        AppDb db, Guid organisationId, IReadOnlyList<(Guid PupilId, PupilInFile InFile)> pupils, CancellationToken cancellationToken)
    {
        var known = await Known.ReadAsync(db, organisationId, pupils, cancellationToken);
        return pupils.Select(p => (p.PupilId, Difference: new RecordDifference(
                Count(Latest(p.InFile.Results, ResultKey.Of), r => known.Results.GetValueOrDefault((p.PupilId, r.Key)) is { } row ? row.Is(r.File.Value, ReadOf(r.File).Read) : null),
                Count(Latest(p.InFile.Attendance, a => a.Year.StartYear), a => known.Attendance.GetValueOrDefault((p.PupilId, a.Key))?.Is(a.File)),
                Count(Latest(p.InFile.FormerSchools, FormerSchool.KeyOf), s => known.Schools.GetValueOrDefault((p.PupilId, s.Key))?.Is(s.File)))))
            .Where(p => !p.Difference.IsNone).ToDictionary(p => p.PupilId, p => p.Difference);
    }

    /// <summary>The results that some pupils have now, as they came.</summary>
    internal static async Task<IReadOnlyDictionary<(Guid, ResultKey), string>> ReadResultsAsync(AppDb db, Guid organisationId, Guid[] pupils, CancellationToken cancellationToken) =>
        pupils.Length == 0 ? new Dictionary<(Guid, ResultKey), string>()
            : await db.Set<PupilResult>().AsNoTracking().Where(r => r.OrganisationId == organisationId && pupils.Contains(r.PupilId) && r.ReplacedById == Guid.Empty)
                .ToDictionaryAsync(r => (r.PupilId, ResultKey.Of(r)), r => r.Value, cancellationToken);

    /// <summary>The same for a pupil who is not here yet: everything is new.</summary>
    public static RecordDifference OfNewPupil(PupilInFile inFile) => new(
        new(Latest(inFile.Results, ResultKey.Of).Count, 0), new(Latest(inFile.Attendance, a => a.Year.StartYear).Count, 0), new(Latest(inFile.FormerSchools, FormerSchool.KeyOf).Count, 0));

    /// <summary>Takes out what a change brought and puts back what it replaced, row by row as it was. At once, not at the caller's save.</summary>
    /// <returns>False, and nothing is done, when a later change has replaced what this one brought.</returns>
    public static async Task<bool> UndoAsync(AppDb db, Guid organisationId, Guid changeId, CancellationToken cancellationToken)
    {
        if (await IsReplacedAsync<PupilResult>() || await IsReplacedAsync<AttendanceTotal>() || await IsReplacedAsync<FormerSchool>())
            return false;
        await Rows<PupilResult>(Guid.Empty).Where(r => r.ChangeId == changeId).ExecuteDeleteAsync(cancellationToken);
        await Rows<PupilResult>(changeId).ExecuteUpdateAsync(r => r.SetProperty(x => x.ReplacedById, Guid.Empty), cancellationToken);
        await Rows<AttendanceTotal>(Guid.Empty).Where(a => a.ChangeId == changeId).ExecuteDeleteAsync(cancellationToken);
        await Rows<AttendanceTotal>(changeId).ExecuteUpdateAsync(a => a.SetProperty(x => x.ReplacedById, Guid.Empty), cancellationToken);
        await Rows<FormerSchool>(Guid.Empty).Where(s => s.ChangeId == changeId).ExecuteDeleteAsync(cancellationToken);
        await Rows<FormerSchool>(changeId).ExecuteUpdateAsync(s => s.SetProperty(x => x.ReplacedById, Guid.Empty), cancellationToken);
        return true;

        IQueryable<T> Rows<T>(Guid replacedById) where T : class, IPupilRecord => db.Set<T>().Where(r => r.OrganisationId == organisationId && r.ReplacedById == replacedById);

        Task<bool> IsReplacedAsync<T>() where T : class, IPupilRecord =>
            db.Set<T>().AnyAsync(r => r.OrganisationId == organisationId && r.ChangeId == changeId && r.ReplacedById != Guid.Empty, cancellationToken);
    }

    private static void Apply(AppDb db, PupilResult? known, (ResultInFile File, ResultValue Read) incoming, Guid changeId, PupilResult fresh)
    {
        if (known is null)
            db.Add(known = fresh);
        else if (known.Is(incoming.File.Value, incoming.Read))
            return;
        else if (known.ChangeId != changeId)
            db.Add(known.PutAway(changeId));
        known.Set(incoming.File.Value, incoming.Read, changeId);
    }

    private static void Apply(AppDb db, AttendanceTotal? known, AttendanceInFile incoming, Guid changeId, Guid organisationId, Guid pupilId)
    {
        if (known is null)
            db.Add(known = new AttendanceTotal { OrganisationId = organisationId, PupilId = pupilId, AcademicYear = incoming.Year.StartYear });
        else if (known.Is(incoming))
            return;
        else if (known.ChangeId != changeId)
            db.Add(known.PutAway(changeId));
        known.Set(incoming, changeId);
    }

    private static void Apply(AppDb db, FormerSchool? known, FormerSchoolInFile incoming, Guid changeId, FormerSchool fresh)
    {
        if (known is null)
            db.Add(known = fresh);
        else if (known.Is(incoming))
            return;
        else if (known.ChangeId != changeId)
            db.Add(known.PutAway(changeId));
        known.Set(incoming, changeId);
    }

    private static (ResultInFile File, ResultValue Read) ReadOf(ResultInFile file) => (file, ResultCodes.Read(file.Assessment, file.Year, file.Value));

    // A file that has the same thing twice means what it says last.
    private static List<(TKey Key, T File)> Latest<T, TKey>(IReadOnlyList<T> files, Func<T, TKey> key) where TKey : notnull =>
        [.. files.GroupBy(key).Select(g => (g.Key, g.Last()))];

    /// <param name="files">As the file has them.</param>
    /// <param name="isSame">Null when there is none yet.</param>
    private static RecordCount Count<T>(List<T> files, Func<T, bool?> isSame)
    {
        var found = files.ConvertAll(f => isSame(f));
        return new(found.Count(f => f is null), found.Count(f => f is false));
    }

    /// <summary>The rows that hold now, of the pupils of a batch.</summary>
    private sealed record Known(
        Dictionary<(Guid, ResultKey), PupilResult> Results, Dictionary<(Guid, int), AttendanceTotal> Attendance, Dictionary<(Guid, string), FormerSchool> Schools)
    {
        public static async Task<Known> ReadAsync(AppDb db, Guid organisationId, IReadOnlyList<(Guid PupilId, PupilInFile InFile)> pupils, CancellationToken cancellationToken)
        {
            return new(
                (await RowsAsync<PupilResult>(f => f.Results.Count)).ToDictionary(r => (r.PupilId, ResultKey.Of(r))),
                (await RowsAsync<AttendanceTotal>(f => f.Attendance.Count)).ToDictionary(a => (a.PupilId, a.AcademicYear)),
                (await RowsAsync<FormerSchool>(f => f.FormerSchools.Count)).ToDictionary(s => (s.PupilId, s.StayKey)));

            async Task<List<T>> RowsAsync<T>(Func<PupilInFile, int> count) where T : class, IPupilRecord
            {
                var ids = pupils.Where(p => count(p.InFile) > 0).Select(p => p.PupilId).ToArray();
                return ids.Length == 0 ? [] : await db.Set<T>().Where(r => r.OrganisationId == organisationId && ids.Contains(r.PupilId) && r.ReplacedById == Guid.Empty).ToListAsync(cancellationToken);
            }
        }
    }
}
