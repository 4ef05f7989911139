using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <summary>One pupil who is in another class of registration now.</summary>
/// <param name="Before">The class that was left; null for none.</param>
public sealed record ClassMove(Guid PupilId, Guid? Before, Guid After);

/// <summary>Somebody whose class could not be taken from the file; the rest was.</summary>
public sealed record PupilNotPlaced(Guid PupilId, string ClassName, string Why);

/// <summary>What placing has done, and all that is needed to take it back. Can be kept as JSON.</summary>
public sealed record ClassPlacement(IReadOnlyList<Guid> Made, IReadOnlyList<ClassMove> Moves, IReadOnlyList<PupilNotPlaced> NotPlaced);

/// <summary>
/// Puts many pupils in classes of registration at once, for whoever brings a whole roll: an import, the start of a year. It asks the
/// database a fixed number of questions however many they are, and saves nothing: rows and the log entry wait in the context for the
/// caller's own save, so that all of it happens or nothing. It asks for no permission; its caller has.
/// </summary>
public static class ClassRolls
{
    /// <param name="db">In the scope of the organisation. Pupils that were added to it and not saved yet can be placed too.</param>
    /// <param name="year">The academic year of the classes.</param>
    /// <param name="classNameByPupil">The class's name for each pupil, as it stands in a file; one that is missing is made.</param>
    /// <param name="clock">For ids and moments.</param>
    /// <returns>What it replaced. Names that cannot be one, and names of teaching classes, are left out and told.</returns>
    public static async Task<ClassPlacement> PlaceAsync(
        AppDb db, Guid organisationId, AcademicYear year, IReadOnlyDictionary<Guid, string> classNameByPupil, Actor actor, TimeProvider clock, CancellationToken cancellationToken)
    {
        int? start = year.StartYear;
        var classes = await db.Classes().Where(c => c.AcademicYear == year).ToDictionaryAsync(c => c.NameKey, cancellationToken);
        // All of the year, not by a list of ids: as many as the school has pupils, whatever is asked.
        var present = await db.Set<ClassPupil>().Where(c => c.RegistrationYear == start).ToDictionaryAsync(c => c.PupilId, cancellationToken);
        var years = await YearsAsync(db, cancellationToken);
        var (made, moves, not) = (new List<Guid>(), new List<ClassMove>(), new List<PupilNotPlaced>());
        foreach (var named in classNameByPupil.GroupBy(n => ClassRules.KeyOf(n.Value)))
        {
            var typed = named.First().Value;
            var name = ClassRules.ReadName(typed);
            var its = classes.GetValueOrDefault(named.Key);
            if (!name.Succeeded || its is { Kind: ClassKind.Teaching })
            {
                var why = name.Succeeded ? $"{its!.Name} is a teaching class" : name.Refusals[0].Message;
                not.AddRange(named.Select(n => new PupilNotPlaced(n.Key, n.Value, why)));
                continue;
            }
            if (its is null)
            {
                its = Make(organisationId, year, name.Value, [.. named.Select(n => years.GetValueOrDefault(n.Key)).Distinct()], clock);
                db.Add(its);
                db.AddAudit(its.CreatedAt, actor, organisationId, new ClassAdded(its.Id, year.StartYear, its.Kind));
                made.Add(its.Id);
            }
            Move(db, its, [.. named.Select(n => n.Key)], present, moves);
        }
        Tell(db, organisationId, moves, actor, clock.Now());
        return new(made, moves, not);
    }

    /// <summary>
    /// Puts everybody back where they were, and takes away the classes that were made, unless somebody else has come to them since. Who has
    /// been moved again stays there. Saves nothing either.
    /// </summary>
    /// <returns>The pupils who stayed where they are, because somebody has moved them since or the class before is gone.</returns>
    public static async Task<IReadOnlyList<Guid>> TakeBackAsync(AppDb db, Guid organisationId, AcademicYear year, ClassPlacement placement, Actor actor, TimeProvider clock, CancellationToken cancellationToken)
    {
        int? start = year.StartYear;
        var classes = await db.Classes().Where(c => c.AcademicYear == year).ToDictionaryAsync(c => c.Id, cancellationToken);
        var present = await db.Set<ClassPupil>().Where(c => c.RegistrationYear == start).ToDictionaryAsync(c => c.PupilId, cancellationToken);
        var (stayed, back) = (new List<Guid>(), new List<ClassMove>());
        foreach (var move in placement.Moves)
        {
            SchoolClass? before = null;
            if (present.GetValueOrDefault(move.PupilId)?.ClassId != move.After || (move.Before is { } id && (!classes.TryGetValue(id, out before) || before.Kind == ClassKind.Teaching)))
                stayed.Add(move.PupilId);
            else if (before is not null)
                Move(db, before, [move.PupilId], present, back);
            else
            {
                db.Remove(present[move.PupilId]);
                present.Remove(move.PupilId);
                db.AddAudit(clock.Now(), actor, organisationId, new ClassPupilsTakenOut(move.After, [move.PupilId]));
            }
        }
        Tell(db, organisationId, back, actor, clock.Now());
        var taught = await db.Set<ClassTeacher>().Where(t => placement.Made.Contains(t.ClassId)).Select(t => t.ClassId).ToListAsync(cancellationToken);
        var full = present.Values.Select(p => p.ClassId).Concat(taught).ToHashSet();
        foreach (var its in placement.Made.Select(classes.GetValueOrDefault).OfType<SchoolClass>().Where(c => c.Kind == ClassKind.Registration && !full.Contains(c.Id)))
        {
            db.Remove(its);
            db.AddAudit(clock.Now(), actor, organisationId, new ClassDeleted(its.Id, []));
        }
        return stayed;
    }

    private static async Task<Dictionary<Guid, int>> YearsAsync(AppDb db, CancellationToken cancellationToken)
    {
        var years = await db.Pupils().Select(p => new { p.Id, p.NcYearNumber }).ToDictionaryAsync(p => p.Id, p => p.NcYearNumber, cancellationToken);
        foreach (var unsaved in db.Set<Pupil>().Local)
            years[unsaved.Id] = unsaved.NcYearNumber;
        return years;
    }

    private static SchoolClass Make(Guid organisationId, AcademicYear year, string name, int[] years, TimeProvider clock)
    {
        var its = new SchoolClass { OrganisationId = organisationId, Id = clock.NewId(), AcademicYear = year, CreatedAt = clock.Now() };
        its.Set(new(name, ClassKind.Registration, years is [var only] ? new NcYear(only) : null));
        return its;
    }

    private static void Move(AppDb db, SchoolClass to, IEnumerable<Guid> pupils, Dictionary<Guid, ClassPupil> present, List<ClassMove> moves)
    {
        var before = moves.Count;
        foreach (var pupilId in pupils)
        {
            var row = present.GetValueOrDefault(pupilId);
            if (row?.ClassId == to.Id)
                continue;
            if (row is not null)
                db.Remove(row);
            db.Add(present[pupilId] = to.With(pupilId));
            moves.Add(new(pupilId, row?.ClassId, to.Id));
        }
        if (moves.Count > before && db.Entry(to).State != EntityState.Added)
            to.Touch();
    }

    private static void Tell(AppDb db, Guid organisationId, List<ClassMove> moves, Actor actor, DateTime now)
    {
        foreach (var left in moves.Where(m => m.Before is not null).GroupBy(m => m.Before!.Value))
            db.AddAudit(now, actor, organisationId, new ClassPupilsTakenOut(left.Key, [.. left.Select(m => m.PupilId)]));
        foreach (var come in moves.GroupBy(m => m.After))
            db.AddAudit(now, actor, organisationId, new ClassPupilsAdded(come.Key, [.. come.Select(m => m.PupilId)]));
    }
}
