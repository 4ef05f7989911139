using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>What the page after Confirm shows.</summary>
public sealed class CreatedUsers(Database database)
{
    /// <summary>The names of those who are still here, in the order of the list.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(IEnumerable<Guid> membershipIds, Actor actor, CancellationToken cancellationToken)
    {
        var ids = membershipIds.ToArray();
        return database.ReadAsync<IReadOnlyList<string>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var names = await db.Named().Where(m => ids.Contains(m.MembershipId)).Select(m => new { m.MembershipId, Name = m.Forename + " " + m.Surname }).ToDictionaryAsync(m => m.MembershipId, m => m.Name, cancellationToken);
            return [.. ids.Where(names.ContainsKey).Select(id => names[id])];
        });
    }
}
