using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <param name="Version">The version of the template that the form was filled from.</param>
/// <param name="People">Who is to have the set from now on, each with the version that the preview showed. Nobody else is changed.</param>
public sealed record ChangeTemplateRequest(Guid TemplateId, int Version, string? Name, PermissionSet Permissions, IReadOnlyList<TickedPerson> People);

/// <param name="Version">The version of the membership whose before and after was shown.</param>
public sealed record TickedPerson(Guid MembershipId, int Version);

/// <param name="Changes">Of the template; empty when it was so already.</param>
/// <param name="People">How many were given it by this.</param>
public sealed record TemplateSaved(string Name, IReadOnlyList<AccessChange> Changes, int People);

public sealed record TemplateChanged(Guid TemplateId, long PermissionsBefore, long Permissions) : AuditEvent("template-changed");

/// <summary>Several people were given the set of a template as one deed: one entry for all.</summary>
public sealed record TemplateGiven(Guid TemplateId, long Permissions, IReadOnlyList<AccessGiven> People) : AuditEvent("template-given");

public sealed record AccessGiven(Guid MembershipId, long PermissionsBefore, long Permissions);

/// <summary>
/// Gives a template another name or set and, in the same save, gives the set to those of its people who were ticked, by the rules of
/// <see cref="ChangeAccess"/>. All of it is done, or nothing and the reasons are named.
/// </summary>
public sealed class ChangeTemplate(Database database, GiveTemplate give, TimeProvider clock)
{
    /// <summary>How many people one deed takes.</summary>
    public const int MostPeople = 500;

    public Task<Result<TemplateSaved>> ExecuteAsync(ChangeTemplateRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<TemplateSaved>>(new NotAllowed(Permission.SchoolSetup));
        if (request.People.Count > MostPeople)
            return Task.FromResult<Result<TemplateSaved>>(new TooManyPeople());
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<TemplateSaved>> TryAsync(AppDb db, ChangeTemplateRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.Set<AccessTemplate>().SingleOrDefaultAsync(t => t.Id == request.TemplateId, cancellationToken) is not { } template)
            return Result.Refuse<TemplateSaved>([await db.WhyNoTemplateAsync(request.TemplateId, cancellationToken)]);
        var tracking = await db.HasTrackingAsync(organisationId, cancellationToken);
        var name = TemplateRules.ReadName(request.Name);
        Refusal[] refusals = [.. name.Refusals, .. TemplateRules.CheckSet(request.Permissions, tracking)];
        if (refusals.Length > 0)
            return Result.Refuse<TemplateSaved>(refusals);
        if (await db.CheckTakenAsync(name.Value, template.Id, cancellationToken) is { } taken)
            return taken;

        var (nameBefore, before) = (template.Name, template.Permissions);
        // What lies still because the school has no Pupil Tracking is no question of the form, and stays.
        var after = request.Permissions.Normalised().And(before.Inert(tracking));
        var changes = TemplateRules.Difference(nameBefore, before, name.Value, after, tracking);
        var now = clock.Now();
        if (changes.Count > 0)
        {
            if (template.Version != request.Version)
                return new StaleTemplate(nameBefore, before, template.Version, await db.ChangedByAsync(template, cancellationToken), template.ChangedAt);
            template.Change(name.Value, after, actor.AccountId, now);
            db.AddAudit(now, actor, organisationId, new TemplateChanged(template.Id, before.Bits, after.Bits), template.ForAudit(nameBefore, changes));
        }
        var given = await give.ToAsync(db, template, request.People, tracking, actor, now, cancellationToken);
        if (!given.Succeeded)
            return Result.Refuse<TemplateSaved>(given.Refusals);
        // Pressed twice: it is as was asked for.
        if (changes.Count > 0 || given.Value > 0)
            await db.SaveChangesAsync(cancellationToken);
        return new TemplateSaved(name.Value, changes, given.Value);
    }

    /// <summary>Somebody's choice with the set of a template in it. What lies still in their own stays, and what would lie still is not given.</summary>
    public static AccessChoice Given(AccessChoice before, PermissionSet wanted, bool hasTracking) =>
        before with { Permissions = wanted.GivenIn(hasTracking).And(before.Permissions.Inert(hasTracking)) };
}

/// <summary>Somebody saved another template after this form was opened. Carries what it is now, so that both can be shown.</summary>
public sealed record StaleTemplate(string Name, PermissionSet Permissions, int Version, string? ChangedBy, DateTime? ChangedAt)
    : Refusal("template-stale", $"{ChangedBy ?? "Somebody else"} changed this template while your form was open, so nothing has been saved. Compare both below, then save yours or cancel", RefusalKind.Conflict, "Review");

public sealed record TooManyPeople() : Refusal("too-many-people", $"Tick at most {ChangeTemplate.MostPeople} people at once", RefusalKind.Field, "people");
