using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

public sealed record SchoolLine(string Urn, string? DfeNumber, string Name, string? LocalAuthority, SchoolPhase Phase, bool IsPrimary, bool IsClosed);

/// <param name="Total">How many there are; the list may hold fewer.</param>
public sealed record SchoolList(IReadOnlyList<SchoolLine> Schools, int Total);

/// <summary>Finds schools by a part of the name, or by the whole URN or DfE number.</summary>
public sealed class ListSchools(Database database)
{
    public Task<SchoolList> ExecuteAsync(string? search, bool withClosed, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var schools = db.Set<School>().Where(s => withClosed || !s.IsClosed);
            var key = PlainText.SearchKey(search ?? "");
            if (key.Length > 0)
                schools = schools.Where(s => s.NameKey.Contains(key) || s.Code == key || s.DfeNumber == key);
            var lines = await schools.OrderBy(s => s.NameKey).ThenBy(s => s.Code).Take(most)
                .Select(s => new SchoolLine(s.Code, s.DfeNumber, s.Name, s.LocalAuthorityName, s.Phase, s.IsPrimary, s.IsClosed)).ToListAsync(cancellationToken);
            return new SchoolList(lines, lines.Count < most ? lines.Count : await schools.CountAsync(cancellationToken));
        });
}

/// <param name="Trust">The trust's name; null when the school is in none, or it has not been loaded.</param>
public sealed record SchoolFacts(School School, string? Trust)
{
    /// <summary>What it was before it became what it is.</summary>
    public IReadOnlyList<FormerName> Former { get; init; } = [];

    /// <summary>What it has become; null while it is what it was.</summary>
    public FormerName? Became { get; init; }
}

/// <summary>One school as the register and the operator describe it.</summary>
public sealed class ReadSchool(Database database)
{
    public Task<Result<SchoolFacts>> ExecuteAsync(string urn, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<SchoolFacts>>(OrganisationScope.Server, async db =>
        {
            var school = await db.Set<School>().SingleOrDefaultAsync(s => s.Code == urn, cancellationToken);
            if (school is null)
                return new NotFound($"school with URN {urn}");
            var trust = await db.Set<Trust>().Where(t => t.Code == school.TrustCode).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken);
            return new SchoolFacts(school, trust)
            {
                Former = await db.FormerNamesAsync(school.Id, cancellationToken),
                Became = await db.Set<School>().Where(s => s.Id == school.BecameId).Select(s => new FormerName(s.Code, s.DfeNumber, s.Name)).SingleOrDefaultAsync(cancellationToken),
            };
        });
}

/// <summary>Names for ids, for reports that begin from ids.</summary>
public sealed class NameOrganisations(Database database)
{
    public Task<Dictionary<Guid, string>> ExecuteAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<Organisation>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => $"{o.Name} ({o.Code})", cancellationToken));
}
