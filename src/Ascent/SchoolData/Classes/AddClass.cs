using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.SchoolData.Classes;

/// <param name="AcademicYear">This one or the next; what has been is not changed any more.</param>
public sealed record AddClassRequest(AcademicYear AcademicYear, ClassText Typed);

/// <summary>The log knows a class by its id: people name classes after their teachers.</summary>
public sealed record ClassAdded(Guid ClassId, int StartYear, ClassKind ClassKind) : AuditEvent("class-added");

/// <summary>Makes a class without pupils and teachers.</summary>
public sealed class AddClass(Database database, TimeProvider clock)
{
    public Task<Result<Guid>> ExecuteAsync(AddClassRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<Guid>>(new NotAllowed(Permission.ManageData));
        var details = ClassRules.Read(request.Typed);
        if (!details.Succeeded)
            return Task.FromResult(Result.Refuse<Guid>(details.Refusals));
        var now = AcademicYear.Of(clock.Today());
        if (request.AcademicYear < now)
            return Task.FromResult<Result<Guid>>(new ClassOfThePast(request.AcademicYear));
        if (request.AcademicYear > now.Next)
            return Task.FromResult<Result<Guid>>(new ClassFieldRefusal("AcademicYear", $"Choose {now} or {now.Next}"));
        return database.ChangeAsync<Result<Guid>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.WhoHasNameAsync(request.AcademicYear, details.Value.Name, Guid.Empty, cancellationToken) is { } taken)
                return taken;
            var made = new SchoolClass { OrganisationId = organisationId, Id = clock.NewId(), AcademicYear = request.AcademicYear, CreatedAt = clock.Now() };
            made.Set(details.Value);
            db.Add(made);
            db.AddAudit(made.CreatedAt, actor, organisationId, new ClassAdded(made.Id, made.AcademicYear.StartYear, made.Kind));
            await db.SaveChangesAsync(cancellationToken);
            return made.Id;
        }, cancellationToken);
    }
}
