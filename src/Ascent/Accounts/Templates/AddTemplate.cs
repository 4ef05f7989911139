using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

public sealed record AddTemplateRequest(string? Name, PermissionSet Permissions);

public sealed record TemplateAdded(Guid TemplateId, long Permissions) : AuditEvent("template-added");

/// <summary>Keeps a set of permissions under a name. Nobody is given anything by it.</summary>
public sealed class AddTemplate(Database database, TimeProvider clock)
{
    public Task<Result<Guid>> ExecuteAsync(AddTemplateRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<Guid>>(new NotAllowed(Permission.SchoolSetup));
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<Guid>> TryAsync(AppDb db, AddTemplateRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var name = TemplateRules.ReadName(request.Name);
        Refusal[] refusals = [.. name.Refusals, .. TemplateRules.CheckSet(request.Permissions, await db.HasTrackingAsync(organisationId, cancellationToken))];
        if (refusals.Length > 0)
            return Result.Refuse<Guid>(refusals);
        if (await db.CheckTakenAsync(name.Value, Guid.Empty, cancellationToken) is { } taken)
            return taken;
        var used = await db.Set<AccessTemplate>().Select(t => t.Number).ToListAsync(cancellationToken);
        if (Enumerable.Range(1, AccessTemplate.Most).Except(used).FirstOrDefault() is not (> 0 and var number))
            return new TooManyTemplates();
        var now = clock.Now();
        var template = new AccessTemplate
        {
            OrganisationId = organisationId,
            Id = clock.NewId(),
            Number = number,
            Name = name.Value,
            NameKey = AccessTemplate.KeyOf(name.Value),
            Permissions = request.Permissions.Normalised(),
            CreatedAt = now,
        };
        db.Add(template);
        db.AddAudit(now, actor, organisationId, new TemplateAdded(template.Id, template.PermissionBits), template.ForAudit(template.Name, []));
        await db.SaveChangesAsync(cancellationToken);
        return template.Id;
    }
}
