using Ascent.Measures.Attendance;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.Figures;

/// <param name="Ids">Whom a page is about; of those whom the reader does not know nothing is told, not that they are here either.</param>
/// <param name="Year">Of the cohort: its classes and sessions are looked at, and the classes of the running year.</param>
public sealed record NamePupilsRequest(IReadOnlyCollection<Guid> Ids, AcademicYear Year);

/// <param name="SortKey">Surname first, as lists are in order.</param>
/// <param name="IsPersistentlyAbsent">In the year asked for.</param>
public sealed record NamedPupil(Guid Id, string Surname, string Forename, string SortKey, bool IsPersistentlyAbsent)
{
    /// <summary>"Fenwick, Poppy".</summary>
    public string InLists => $"{Surname}, {Forename}";

    public string FullName => $"{Forename} {Surname}";
}

/// <param name="Pupils">Those of the pupils asked for who are in it.</param>
public sealed record NamedClass(Guid Id, string Name, ClassKind Kind, AcademicYear Year, IReadOnlySet<Guid> Pupils);

/// <param name="Classes">The newest year first, registration before teaching; those without any of the pupils are left out.</param>
public sealed record NamedPupils(IReadOnlyDictionary<Guid, NamedPupil> Pupils, IReadOnlyList<NamedClass> Classes);

/// <summary>
/// The names behind the places of a cohort, with what pages of named pupils need beside them: for holders of pupil-level reports, and about pupils
/// whom they know alone. A cohort may be a moment older than the records: who has been deleted since has no name any more.
/// </summary>
public sealed class NamePupils(Database database, TimeProvider clock)
{
    public async Task<Result<NamedPupils>> ExecuteAsync(NamePupilsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.PupilReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.PupilReports);
        return await database.ReadAsync<Result<NamedPupils>>(OrganisationScope.Of(organisationId), async db =>
        {
            var reader = await db.ReportReaderAsync(actor, cancellationToken);
            Guid[] ids = [.. request.Ids.Where(reader.Knows)];
            var pupils = await db.Pupils().Where(p => ids.Contains(p.Id))
                .Select(p => new { p.Id, Surname = p.PreferredSurname ?? p.Surname, Forename = p.PreferredForename ?? p.Forename, p.SurnameKey }).ToListAsync(cancellationToken);
            var absent = await PersistentlyAbsentAsync(db, ids, request.Year, cancellationToken);
            var named = pupils.ToDictionary(p => p.Id, p => new NamedPupil(p.Id, p.Surname, p.Forename, p.SurnameKey, absent.Contains(p.Id)));
            return new NamedPupils(named, await ClassesAsync(db, [.. named.Keys], request.Year, cancellationToken));
        });
    }

    private static async Task<HashSet<Guid>> PersistentlyAbsentAsync(AppDb db, Guid[] ids, AcademicYear year, CancellationToken cancellationToken)
    {
        var sessions = await db.Set<AttendanceTotal>().Where(a => a.ReplacedById == Guid.Empty && a.AcademicYear == year.StartYear && ids.Contains(a.PupilId))
            .Select(a => new { a.PupilId, a.Possible, a.Authorised, a.Unauthorised }).ToListAsync(cancellationToken);
        return [.. sessions.Where(s => Absence.Persistent.OutcomeOf(new PupilSessions(s.Possible, s.Authorised, s.Unauthorised)) is { Counts: true, Value: > 0 }).Select(s => s.PupilId)];
    }

    private async Task<IReadOnlyList<NamedClass>> ClassesAsync(AppDb db, Guid[] ids, AcademicYear year, CancellationToken cancellationToken)
    {
        var now = AcademicYear.Of(clock.Today());
        var rows = await (from row in db.Set<ClassPupil>()
                          where ids.Contains(row.PupilId)
                          join its in db.Classes() on row.ClassId equals its.Id
                          where its.AcademicYear == now || its.AcademicYear == year
                          select new { row.PupilId, its }).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(r => r.its.Id).Select(g => (g.First().its, Pupils: g.Select(r => r.PupilId).ToHashSet()))
            .OrderByDescending(c => c.its.AcademicYear).ThenBy(c => c.its.Kind).ThenBy(c => c.its.NameKey, NaturalOrder.Instance)
            .Select(c => new NamedClass(c.its.Id, c.its.Name, c.its.Kind, c.its.AcademicYear, c.Pupils))];
    }
}
