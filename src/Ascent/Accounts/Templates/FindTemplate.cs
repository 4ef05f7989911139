using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <param name="ChangedBy">Who changed it last, if they are still here; null also when nobody has.</param>
public sealed record TemplateDetails(Guid Id, string Name, PermissionSet Permissions, int Version, string? ChangedBy, DateTime? ChangedAt, TemplateCounts Counts);

/// <param name="Next">Ask for the following people with this; null at the end.</param>
public sealed record TemplateHolders(IReadOnlyList<TemplatePerson> People, string? Next, bool IsFirst);

/// <summary>One template, and who has to do with it.</summary>
public sealed class FindTemplate(Database database)
{
    public const int PageSize = 50;

    /// <returns>The refusal says why there is none of this id: deleted meanwhile, or never here.</returns>
    public Task<Result<TemplateDetails>> ExecuteAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<TemplateDetails>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Set<AccessTemplate>().SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } template)
                return Result.Refuse<TemplateDetails>([await db.WhyNoTemplateAsync(id, cancellationToken)]);
            var tracking = await db.HasTrackingAsync(template.OrganisationId, cancellationToken);
            var counts = await db.CountTiesAsync([template], tracking, cancellationToken);
            return new TemplateDetails(id, template.Name, template.Permissions, template.Version, await db.ChangedByAsync(template, cancellationToken), template.ChangedAt, counts[id]);
        });

    /// <summary>By surname. Nobody when the template is gone.</summary>
    public Task<TemplateHolders> HoldersAsync(Guid id, string? after, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Set<AccessTemplate>().SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } template)
                return new TemplateHolders([], null, IsFirst: true);
            var tracking = await db.HasTrackingAsync(template.OrganisationId, cancellationToken);
            var (sorted, isFirst) = db.Set<Membership>().Where(TemplatePeople.AreTiedTo(template, tracking)).Sorted(new UsersQuery(After: after));
            var people = await db.PeopleAsync(sorted.Take(PageSize + 1), template, tracking, actor, cancellationToken);
            return new([.. people.Take(PageSize)], people.Count > PageSize ? new TextPageKey(people[PageSize - 1].SurnameKey, people[PageSize - 1].MembershipId).ToString() : null, isFirst);
        });
}

internal static class TemplateChanges
{
    public static async Task<string?> ChangedByAsync(this AppDb db, AccessTemplate template, CancellationToken cancellationToken) =>
        template.ChangedById is null ? null
        : await db.Named().Where(m => m.AccountId == template.ChangedById).Select(m => m.Forename + " " + m.Surname).SingleOrDefaultAsync(cancellationToken);
}
