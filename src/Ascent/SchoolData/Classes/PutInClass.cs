using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

public sealed record ClassPupilsAdded(Guid ClassId, IReadOnlyList<Guid> PupilIds) : AuditEvent("class-pupils-added");

public sealed record ClassPupilsTakenOut(Guid ClassId, IReadOnlyList<Guid> PupilIds) : AuditEvent("class-pupils-taken-out");

/// <param name="Moved">Of those added: had another class of registration before.</param>
/// <param name="Stayed">Were asked for with a whole year group, and stay in their class of registration.</param>
public sealed record PutInClassResult(int Added, int Moved, int Stayed);

/// <summary>Puts pupils in a class. Into a class of registration a pupil who was chosen moves from the present one.</summary>
public sealed class PutInClass(Database database, TimeProvider clock)
{
    public Task<Result<PutInClassResult>> ExecuteAsync(Guid classId, IReadOnlyCollection<Guid> pupilIds, Actor actor, CancellationToken cancellationToken) =>
        database.OnClassAsync<PutInClassResult>(classId, actor, clock.Today(), async (db, on) =>
        {
            if (pupilIds.Count == 0)
                return new NobodyTicked();
            if (pupilIds.Count > ClassRules.MostPupils)
                return new TooManyInClass(pupilIds.Count);
            var ids = pupilIds.Distinct().ToList();
            if (await db.OnRoll(clock.Today()).CountAsync(p => ids.Contains(p.Id), cancellationToken) != ids.Count)
                return new NoSuchPupil();
            var registered = await RegisteredAsync(db, on, p => ids.Contains(p.PupilId), cancellationToken);
            return await AddAsync(db, on, ids, registered, actor, 0, cancellationToken);
        }, cancellationToken);

    /// <summary>Everybody of a year group who is on the roll. Who has a class of registration already stays there, when this is one.</summary>
    public Task<Result<PutInClassResult>> WholeYearAsync(Guid classId, NcYear year, Actor actor, CancellationToken cancellationToken) =>
        database.OnClassAsync<PutInClassResult>(classId, actor, clock.Today(), async (db, on) =>
        {
            var number = year.Number;
            var ids = await db.OnRoll(clock.Today()).Where(p => p.NcYearNumber == number).Select(p => p.Id).Take(ClassRules.MostPupils + 1).ToListAsync(cancellationToken);
            if (ids.Count > ClassRules.MostPupils)
                return new TooManyInClass(ids.Count);
            var elsewhere = (await RegisteredAsync(db, on, _ => true, cancellationToken)).Select(r => r.PupilId).Intersect(ids).ToHashSet();
            return await AddAsync(db, on, [.. ids.Where(id => !elsewhere.Contains(id))], [], actor, elsewhere.Count, cancellationToken);
        }, cancellationToken);

    /// <summary>The rows of other classes of registration in the same year; none when this is a teaching class.</summary>
    private static Task<List<ClassPupil>> RegisteredAsync(AppDb db, SchoolClass on, System.Linq.Expressions.Expression<Func<ClassPupil, bool>> who, CancellationToken cancellationToken)
    {
        var year = on.RegistrationYear;
        return year is null ? Task.FromResult(new List<ClassPupil>())
            : db.Set<ClassPupil>().Where(c => c.RegistrationYear == year && c.ClassId != on.Id).Where(who).ToListAsync(cancellationToken);
    }

    private async Task<Result<PutInClassResult>> AddAsync(AppDb db, SchoolClass on, List<Guid> ids, List<ClassPupil> moving, Actor actor, int stayed, CancellationToken cancellationToken)
    {
        var here = await db.Set<ClassPupil>().Where(c => c.ClassId == on.Id).Select(c => c.PupilId).ToListAsync(cancellationToken);
        Guid[] added = [.. ids.Except(here)];
        if (here.Count + added.Length > ClassRules.MostPupils)
            return new TooManyInClass(here.Count + added.Length);
        if (added.Length == 0)
            return new PutInClassResult(0, 0, stayed);
        db.RemoveRange(moving);
        db.AddRange(added.Select(on.With));
        on.Touch();
        var now = clock.Now();
        foreach (var left in moving.GroupBy(m => m.ClassId))
            db.AddAudit(now, actor, on.OrganisationId, new ClassPupilsTakenOut(left.Key, [.. left.Select(m => m.PupilId)]));
        db.AddAudit(now, actor, on.OrganisationId, new ClassPupilsAdded(on.Id, added));
        return new PutInClassResult(added.Length, moving.Count, stayed);
    }
}

/// <summary>Takes pupils out of a class. Nothing else of theirs changes.</summary>
public sealed class TakeOutOfClass(Database database, TimeProvider clock)
{
    /// <returns>How many were in it.</returns>
    public Task<Result<int>> ExecuteAsync(Guid classId, IReadOnlyCollection<Guid> pupilIds, Actor actor, CancellationToken cancellationToken) =>
        database.OnClassAsync<int>(classId, actor, clock.Today(), async (db, on) =>
        {
            if (pupilIds.Count == 0)
                return new NobodyTicked();
            if (pupilIds.Count > ClassRules.MostPupils)
                return new TooManyInClass(pupilIds.Count);
            var ids = pupilIds.Distinct().ToList();
            if (await db.Set<Pupil>().CountAsync(p => ids.Contains(p.Id), cancellationToken) != ids.Count)
                return new NoSuchPupil();
            var rows = await db.Set<ClassPupil>().Where(c => c.ClassId == on.Id && ids.Contains(c.PupilId)).ToListAsync(cancellationToken);
            if (rows.Count == 0)
                return 0;
            db.RemoveRange(rows);
            on.Touch();
            db.AddAudit(clock.Now(), actor, on.OrganisationId, new ClassPupilsTakenOut(on.Id, [.. rows.Select(r => r.PupilId)]));
            return rows.Count;
        }, cancellationToken);
}
