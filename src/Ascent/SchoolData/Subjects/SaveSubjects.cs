using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Subjects;

/// <summary>One cell that somebody has changed: as it should be now.</summary>
public sealed record SubjectCell(Guid PupilId, string SubjectCode, bool IsAssigned);

/// <summary>Whole classes get a subject.</summary>
public sealed record SubjectForClasses(IReadOnlyCollection<Guid> ClassIds, string? SubjectCode);

/// <param name="Shown">Every pupil whom the page showed; all have to be of the school.</param>
/// <param name="Changed">The cells that are not as the page showed them. What it showed and nobody touched is left as it is by now, so that two people at once keep each other's ticks.</param>
/// <param name="Classes">Given to whole classes in the same save.</param>
public sealed record SaveSubjectsRequest(IReadOnlyCollection<Guid> Shown, IReadOnlyCollection<SubjectCell> Changed, SubjectForClasses? Classes = null);

/// <summary>What became of one subject.</summary>
public sealed record SubjectMoves(string Subject, IReadOnlyList<Guid> Assigned, IReadOnlyList<Guid> TakenAway);

public sealed record SubjectsAssigned(int StartYear, IReadOnlyList<SubjectMoves> Subjects) : AuditEvent("subjects-assigned");

public sealed record SavedSubjects(int Assigned, int TakenAway);

/// <summary>Assigns pupils to subjects of this academic year, and takes them away: only what was changed.</summary>
public sealed class SaveSubjects(Database database, TimeProvider clock)
{
    /// <summary>At once: more than any grid has.</summary>
    public const int MostCells = 25_000;

    public Task<Result<SavedSubjects>> ExecuteAsync(SaveSubjectsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<SavedSubjects>>(new NotAllowed(Permission.ManageData));
        if (request.Changed.Any(c => Reference.Subjects.Find(c.SubjectCode) is null))
            return Task.FromResult<Result<SavedSubjects>>(new NoSuchSubject());
        if (request.Changed.Count > MostCells || request.Shown.Count > MostCells)
            return Task.FromResult<Result<SavedSubjects>>(new TooManyCells());
        if (request.Classes is { } classes && Check(classes) is { } refused)
            return Task.FromResult<Result<SavedSubjects>>(refused);
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, actor, organisationId, cancellationToken), cancellationToken);
    }

    private static Refusal? Check(SubjectForClasses classes) =>
        string.IsNullOrEmpty(classes.SubjectCode) ? new SubjectNotChosen()
        : Reference.Subjects.Find(classes.SubjectCode) is null ? new NoSuchSubject()
        : classes.ClassIds.Count == 0 ? new NoClassTicked()
        : null;

    private async Task<Result<SavedSubjects>> TryAsync(AppDb db, SaveSubjectsRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var year = AcademicYear.Of(clock.Today());
        var shown = request.Shown.Union(request.Changed.Select(c => c.PupilId)).ToList();
        var pupils = await db.Set<Pupil>().Where(p => shown.Contains(p.Id)).Select(p => new { p.Id, IsDeleted = p.DeletedAt != null }).ToListAsync(cancellationToken);
        if (pupils.Count != shown.Count)
            return new NoSuchPupil();
        var cells = request.Changed.ToDictionary(c => (c.PupilId, c.SubjectCode), c => c.IsAssigned);
        if (request.Classes is { } classes)
        {
            var ids = classes.ClassIds.Distinct().ToList();
            if (await db.Classes().CountAsync(c => ids.Contains(c.Id) && c.AcademicYear == year, cancellationToken) != ids.Count)
                return new NoSuchClass();
            var members = await (from row in db.Set<ClassPupil>() where ids.Contains(row.ClassId) join pupil in db.OnRoll(clock.Today()) on row.PupilId equals pupil.Id select pupil.Id).Distinct().ToListAsync(cancellationToken);
            foreach (var id in members)
                cells[(id, classes.SubjectCode!)] = true;
        }
        // Deleted by somebody while the page stood open: nothing is left to be assigned.
        foreach (var gone in pupils.Where(p => p.IsDeleted))
            foreach (var cell in cells.Keys.Where(k => k.PupilId == gone.Id).ToList())
                cells.Remove(cell);
        return await ApplyAsync(db, cells, year, actor, organisationId, cancellationToken);
    }

    private async Task<Result<SavedSubjects>> ApplyAsync(AppDb db, Dictionary<(Guid PupilId, string Code), bool> cells, AcademicYear year, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var of = cells.Keys.Select(k => k.PupilId).Distinct().ToList();
        var present = await db.Set<SubjectEnrolment>().Where(s => s.AcademicYear == year && of.Contains(s.PupilId)).ToDictionaryAsync(s => (s.PupilId, s.SubjectCode), cancellationToken);
        var assigned = cells.Where(c => c.Value && !present.ContainsKey(c.Key)).Select(c => c.Key).ToList();
        var taken = cells.Where(c => !c.Value && present.ContainsKey(c.Key)).Select(c => c.Key).ToList();
        if (assigned.Count + taken.Count == 0)
            return new SavedSubjects(0, 0);
        db.AddRange(assigned.Select(a => new SubjectEnrolment { OrganisationId = organisationId, AcademicYear = year, PupilId = a.PupilId, SubjectCode = a.Code }));
        db.RemoveRange(taken.Select(t => present[t]));
        var moves = assigned.Concat(taken).Select(k => k.Code).Distinct().Order(StringComparer.Ordinal)
            .Select(code => new SubjectMoves(code, [.. assigned.Where(a => a.Code == code).Select(a => a.PupilId)], [.. taken.Where(t => t.Code == code).Select(t => t.PupilId)]));
        db.AddAudit(clock.Now(), actor, organisationId, new SubjectsAssigned(year.StartYear, [.. moves]));
        await db.SaveChangesAsync(cancellationToken);
        return new SavedSubjects(assigned.Count, taken.Count);
    }
}

/// <summary>A code that is in no list.</summary>
public sealed record NoSuchSubject() : Refusal("no-such-subject", "There is no such subject", RefusalKind.NotFound);

public sealed record SubjectNotChosen() : Refusal("subject-not-chosen", "Choose the subject that the classes get", RefusalKind.Field, "Subject");

public sealed record NoClassTicked() : Refusal("no-class-ticked", "Tick the classes that get the subject", RefusalKind.Field, "Classes");

public sealed record TooManyCells() : Refusal("too-many-cells", $"More than {SaveSubjects.MostCells:N0} cells at once: save fewer", RefusalKind.Refused);
