using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <param name="TypedName">The class's name, typed to confirm.</param>
public sealed record DeleteClassRequest(Guid ClassId, string? TypedName);

public sealed record ClassDeleted(Guid ClassId, IReadOnlyList<Guid> PupilIds) : AuditEvent("class-deleted");

/// <summary>Takes a class away, with who was in it and who taught it. Pupils, their subjects and results stay as they are.</summary>
public sealed class DeleteClass(Database database, TimeProvider clock)
{
    /// <returns>Its name, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(DeleteClassRequest request, Actor actor, CancellationToken cancellationToken) =>
        database.OnClassAsync<string>(request.ClassId, actor, clock.Today(), async (db, on) =>
        {
            if (ClassRules.KeyOf(PlainText.Tidy(request.TypedName)) != on.NameKey)
                return new ClassNameNotTyped(on.Name);
            var pupils = await db.Set<ClassPupil>().Where(c => c.ClassId == on.Id).Select(c => c.PupilId).ToListAsync(cancellationToken);
            db.Remove(on);
            db.AddAudit(clock.Now(), actor, on.OrganisationId, new ClassDeleted(on.Id, pupils));
            return Result.Of(on.Name);
        }, cancellationToken);
}

public sealed record ClassNameNotTyped(string Name) : Refusal("class-name-not-typed", $"Type the name of the class as it stands above: {Name}", RefusalKind.Field, "TypedName");
