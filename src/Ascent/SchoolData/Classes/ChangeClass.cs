using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <param name="Version">Of the class as the one who types has seen it.</param>
public sealed record ChangeClassRequest(Guid ClassId, ClassText Typed, int Version);

public sealed record ClassChanged(Guid ClassId, IReadOnlyList<string> Fields) : AuditEvent("class-changed");

/// <summary>Changes name, kind and year group. A teaching class becomes one of registration only when none of its pupils has another.</summary>
public sealed class ChangeClass(Database database, TimeProvider clock)
{
    /// <returns>Whether anything is another now.</returns>
    public Task<Result<bool>> ExecuteAsync(ChangeClassRequest request, Actor actor, CancellationToken cancellationToken) =>
        database.OnClassAsync<bool>(request.ClassId, actor, clock.Today(), async (db, on) =>
        {
            var details = ClassRules.Read(request.Typed);
            if (!details.Succeeded)
                return Result.Refuse<bool>(details.Refusals);
            var (before, after) = (on.Details, details.Value);
            if (before == after)
                return false;
            if (on.Version != request.Version)
                return new ClassChangedMeanwhile(on.Name);
            if (await db.WhoHasNameAsync(on.AcademicYear, after.Name, on.Id, cancellationToken) is { } taken)
                return taken;
            if (before.Kind != after.Kind && await ChangeKindAsync(db, on, after.Kind, cancellationToken) is { } registered)
                return registered;
            on.Set(after);
            string[] fields = [.. (before.Name != after.Name ? ["name"] : Array.Empty<string>()), .. (before.Kind != after.Kind ? ["kind"] : Array.Empty<string>()), .. (before.Year != after.Year ? ["year group"] : Array.Empty<string>())];
            db.AddAudit(clock.Now(), actor, on.OrganisationId, new ClassChanged(on.Id, fields));
            return true;
        }, cancellationToken);

    /// <summary>Its rows of pupils follow.</summary>
    private static async Task<Refusal?> ChangeKindAsync(AppDb db, SchoolClass its, ClassKind kind, CancellationToken cancellationToken)
    {
        int? year = kind == ClassKind.Registration ? its.AcademicYear.StartYear : null;
        if (year is not null)
        {
            var elsewhere = await (from here in db.Set<ClassPupil>()
                                   where here.ClassId == its.Id
                                   join other in db.Set<ClassPupil>() on here.PupilId equals other.PupilId
                                   where other.RegistrationYear == year
                                   join pupil in db.Set<Pupil>() on here.PupilId equals pupil.Id
                                   select pupil).Take(ClassRules.MostPupils).ToListAsync(cancellationToken);
            if (elsewhere.Count > 0)
                return new RegisteredElsewhere([.. elsewhere.Select(p => p.FullName)]);
        }
        foreach (var row in await db.Set<ClassPupil>().Where(c => c.ClassId == its.Id).ToListAsync(cancellationToken))
            row.RegistrationYear = year;
        return null;
    }
}

/// <summary>Pupils of the class have a class of registration already.</summary>
public sealed record RegisteredElsewhere(IReadOnlyList<string> Names)
    : Refusal("registered-elsewhere",
        $"{InWords.Count(Names.Count, "pupil of it has", "pupils of it have")} another registration class: {InWords.List(Names.Count <= 3 ? Names : [.. Names.Take(2), $"{Names.Count - 2} more"])}. Take them out there or here first",
        RefusalKind.Refused, "Kind");
