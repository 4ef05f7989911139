using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Results;

/// <summary>One result in words.</summary>
/// <param name="Value">As it came.</param>
/// <param name="Meaning">Of the value; empty when it is not understood.</param>
public sealed record ResultLine(string What, AcademicYear Year, string Value, ResultKind Kind, string Meaning);

/// <param name="FirstDay">Null when it is not known.</param>
public sealed record FormerSchoolLine(string Number, string Name, DateOnly? FirstDay, DateOnly? LastDay);

/// <param name="Stages">The oldest first; in each the newest results first.</param>
/// <param name="Attendance">The newest year first.</param>
/// <param name="FormerSchools">The last one first.</param>
public sealed record PupilRecordsPage(
    IReadOnlyList<(string Stage, IReadOnlyList<ResultLine> Results)> Stages, IReadOnlyList<AttendanceTotal> Attendance, IReadOnlyList<FormerSchoolLine> FormerSchools);

/// <summary>What files have brought of one pupil beside its own fields, as it holds now.</summary>
public sealed class FindPupilRecords(Database database)
{
    /// <returns>Null for a pupil of another school, one who has been deleted, or an id of nobody.</returns>
    public Task<PupilRecordsPage?> ExecuteAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (!await db.Pupils().AnyAsync(p => p.Id == pupilId, cancellationToken))
                return null;
            var results = await Rows<PupilResult>(db, pupilId).ToListAsync(cancellationToken);
            var attendance = await Rows<AttendanceTotal>(db, pupilId).OrderByDescending(a => a.AcademicYear).ToListAsync(cancellationToken);
            var schools = await Rows<FormerSchool>(db, pupilId).OrderByDescending(s => s.LastDay).ThenByDescending(s => s.FirstDay).ThenBy(s => s.StayKey).ToListAsync(cancellationToken);
            return new PupilRecordsPage(
                [.. results.GroupBy(r => r.Stage).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (AssessmentWords.Stage(g.Key), Lines(g)))],
                attendance,
                schools.ConvertAll(s => new FormerSchoolLine(s.Number, s.Name, s.FirstDay, s.LastDay)));
        });

    private static IQueryable<T> Rows<T>(AppDb db, Guid pupilId) where T : class, IPupilRecord => db.Set<T>().Where(r => r.PupilId == pupilId && r.ReplacedById == Guid.Empty);

    private static IReadOnlyList<ResultLine> Lines(IEnumerable<PupilResult> results) =>
    [
        .. results.OrderByDescending(r => r.AcademicYear).ThenBy(GoalOf, StringComparer.Ordinal).ThenBy(r => r.Subject, StringComparer.Ordinal).ThenBy(r => r.Component, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal).ThenBy(r => r.Qualifier, StringComparer.Ordinal)
            .Select(r => new ResultLine(AssessmentWords.Of(r.Assessment), r.Year, r.Value, r.Kind, r.Kind == ResultKind.NotUnderstood ? "" : ResultCodes.Read(r.Assessment, r.Year, r.Value).Meaning)),
    ];

    // The early learning goals are counted through all areas, and read in that order.
    private static string GoalOf(PupilResult result) => result.Stage == "EYF" ? result.Component : "";
}
