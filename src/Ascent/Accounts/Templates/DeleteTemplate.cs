using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

public sealed record TemplateDeleted(Guid TemplateId, long Permissions) : AuditEvent(TemplateDeleted.EventKind)
{
    public const string EventKind = "template-deleted";
}

/// <summary>Takes a template away. Whoever was given it keeps every right, and only forgets where it came from.</summary>
public sealed class DeleteTemplate(Database database, TimeProvider clock)
{
    /// <returns>Its name, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid templateId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync<Result<string>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<AccessTemplate>().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken) is not { } template)
                return Result.Refuse<string>([await db.WhyNoTemplateAsync(templateId, cancellationToken)]);
            foreach (var membership in await db.Set<Membership>().Where(m => m.TemplateId == templateId).ToListAsync(cancellationToken))
                membership.GiveTemplate(null);
            db.Remove(template);
            db.AddAudit(clock.Now(), actor, organisationId, new TemplateDeleted(template.Id, template.PermissionBits), template.ForAudit(template.Name, []));
            await db.SaveChangesAsync(cancellationToken);
            return template.Name;
        }, cancellationToken);
    }
}
