using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <summary>How many people have to do with a template, by what.</summary>
public sealed record TemplateCounts(int Hold, int Differ, int SameAccess)
{
    public int All => Hold + Differ + SameAccess;
}

public sealed record TemplateSummary(Guid Id, string Name, PermissionSet Permissions, int Version, TemplateCounts Counts);

/// <summary>The templates of a school by name, for their page and wherever one can be chosen.</summary>
public sealed class ListTemplates(Database database)
{
    public Task<IReadOnlyList<TemplateSummary>> ExecuteAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<TemplateSummary>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var templates = await db.Set<AccessTemplate>().OrderBy(t => t.NameKey).ToListAsync(cancellationToken);
            var tracking = await db.HasTrackingAsync(actor.OrganisationId!.Value, cancellationToken);
            var counts = templates.Count == 0 ? [] : await db.CountTiesAsync(templates, tracking, cancellationToken);
            return [.. templates.Select(t => new TemplateSummary(t.Id, t.Name, t.Permissions, t.Version, counts[t.Id]))];
        });
}

internal static class TemplateTies
{
    /// <summary>Counts all templates in one question: people who hold the same are one row of its answer.</summary>
    public static async Task<Dictionary<Guid, TemplateCounts>> CountTiesAsync(this AppDb db, IReadOnlyCollection<AccessTemplate> templates, bool hasTracking, CancellationToken cancellationToken)
    {
        var groups = await db.Set<Membership>().Where(m => m.State != MembershipState.Deleted)
            .GroupBy(m => new { m.TemplateId, m.PermissionBits })
            .Select(g => new { g.Key.TemplateId, g.Key.PermissionBits, Count = g.Count() }).ToListAsync(cancellationToken);
        return templates.ToDictionary(t => t.Id, t =>
        {
            var ties = groups.ToLookup(g => TemplatePeople.TieOf(g.TemplateId, new(g.PermissionBits), t, hasTracking), g => g.Count);
            return new TemplateCounts(ties[TemplateTie.Holds].Sum(), ties[TemplateTie.Differs].Sum(), ties[TemplateTie.SameAccess].Sum());
        });
    }
}
