using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

public sealed record OrganisationCount(int Schools, int LocalAuthorities);

/// <summary>The local authorities that are here, by name.</summary>
public sealed class ListLocalAuthorities(Database database)
{
    public Task<IReadOnlyList<(string Code, string Name)>> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<(string, string)>>(OrganisationScope.Server, async db =>
            (await db.Set<LocalAuthority>().OrderBy(a => a.NameKey).Select(a => new { a.Code, a.Name }).ToListAsync(cancellationToken)).ConvertAll(a => (a.Code, a.Name)));
}

/// <summary>How many organisations are here, closed ones left out.</summary>
public sealed class CountOrganisations(Database database)
{
    public Task<OrganisationCount> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db => new OrganisationCount(
            await db.Set<School>().CountAsync(s => !s.IsClosed, cancellationToken),
            await db.Set<LocalAuthority>().CountAsync(cancellationToken)));
}
