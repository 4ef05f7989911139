using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>A school, authority or trust that somebody is a member of now.</summary>
/// <param name="Place">As in addresses: the URN of a school, <see cref="BodyAddress"/> of a body.</param>
public sealed record OwnOrganisation(OrganisationKind Kind, string Place, string Name);

/// <summary>
/// Where an account is a member now, for the way in after signing in and for the switcher: authorities and trusts first, then schools, each by name.
/// Schools that are only reached through a body are not among them.
/// </summary>
public sealed class ListOwnOrganisations(Database database, TimeProvider clock)
{
    public Task<List<OwnOrganisation>> ExecuteAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        return database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var rows = await (from membership in db.Set<Membership>()
                              where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
                              join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
                              where !db.Set<School>().Any(s => s.Id == organisation.Id && s.BecameId != null)
                              orderby organisation.Kind == OrganisationKind.School, organisation.NameKey
                              select new { organisation.Kind, organisation.Code, organisation.Name }).ToListAsync(cancellationToken);
            return rows.ConvertAll(r => new OwnOrganisation(r.Kind, r.Kind == OrganisationKind.School ? r.Code : BodyAddress.Of(r.Kind, r.Code), r.Name));
        });
    }
}
