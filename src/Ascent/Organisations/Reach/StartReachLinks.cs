using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations.Reach;

/// <summary>Links that a load of the register started and ended.</summary>
public readonly record struct ReachLoad(int Started, int Ended)
{
    public static ReachLoad operator +(ReachLoad left, ReachLoad right) => new(left.Started + right.Started, left.Ended + right.Ended);
}

/// <summary>
/// In the server's chain, one entry for a load that started or ended links: the register has 50,000 schools, and most of them never have a user
/// whose log it would be. Each link's row says when it began, and how.
/// </summary>
public sealed record ReachLoaded(Guid LoadId, int Started, int Ended) : AuditEvent("reach-loaded");

/// <summary>A link was started or put in another's place, by an acceptance or by whoever runs the server. In the chains of the school and of the body.</summary>
public sealed record ReachStarted(Guid LinkId, Guid SchoolId, Guid BodyId, ReachLevel Level, ReachOrigin Origin) : AuditEvent("reach-started");

/// <summary>In the chains of the school and of the body.</summary>
public sealed record ReachEnded(Guid LinkId, Guid SchoolId, Guid BodyId, ReachLevel Level, ReachEnding Ending) : AuditEvent("reach-ended");

/// <summary>
/// Links by what the register says: a maintained school to its authority, an academy to its trust, at the level of administration and no higher.
/// A school that the register takes away from a body is taken away from it at once. Done again it does nothing.
/// </summary>
internal sealed class StartReachLinks(AppDb db, TimeProvider clock)
{
    // Types of establishment that an authority maintains (GIAS, "TypeOfEstablishment (code)"): community, voluntary aided and controlled,
    // foundation, community and foundation special, pupil referral units, nurseries.
    private static readonly HashSet<int> Maintained = [1, 2, 3, 5, 7, 12, 14, 15];

    /// <summary>Whether the register has the school as one that its authority maintains; false when it does not say.</summary>
    public static bool IsMaintained(School school) => int.TryParse(school.TypeCode, out var type) && Maintained.Contains(type);

    /// <summary>Adds to the save that is being made.</summary>
    /// <param name="schools">As the load leaves them, in the same context.</param>
    public async Task<ReachLoad> ExecuteAsync(IReadOnlyCollection<School> schools, CancellationToken cancellationToken)
    {
        var ids = schools.Select(s => s.Id).ToArray();
        var authorities = await IdsAsync<LocalAuthority>(schools.Where(IsMaintained).Select(s => s.LocalAuthorityCode), cancellationToken);
        var trusts = await IdsAsync<Trust>(schools.Where(s => !IsMaintained(s)).Select(s => s.TrustCode), cancellationToken);
        var links = (await db.Set<ReachLink>().Where(l => ids.Contains(l.OrganisationId)).ToListAsync(cancellationToken)).ToLookup(l => l.OrganisationId);
        var now = clock.Now();
        var (started, ended) = (0, 0);
        foreach (var school in schools)
        {
            var body = IsMaintained(school)
                ? school.LocalAuthorityCode is { } authority && authorities.TryGetValue(authority, out var found) ? found : (Guid?)null
                : school.TrustCode is { } trust && trusts.TryGetValue(trust, out found) ? found : null;
            foreach (var link in links[school.Id].Where(l => l.EndedAt is null && l.IsRegistered && l.BodyId != body))
            {
                link.End(ReachEnding.Register, null, now);
                foreach (var chain in (Guid[])[school.Id, link.BodyId])
                    db.AddAudit(now, Actor.System, chain, new ReachEnded(link.Id, school.Id, link.BodyId, link.Level, ReachEnding.Register));
                ended++;
            }
            if (body is not { } present)
                continue;
            var known = links[school.Id].Where(l => l.BodyId == present).ToList();
            if (known.Find(l => l.EndedAt is null) is { } here)
            {
                if (!here.IsRegistered)
                    (here.IsRegistered, here.Version) = (true, here.Version + 1);
            }
            else if (!school.IsClosed && known.Where(l => l.Ending != ReachEnding.Replaced).MaxBy(l => l.EndedAt)?.Ending is null or ReachEnding.Register)
            {
                var id = clock.NewId();
                db.Add(new ReachLink { OrganisationId = school.Id, Id = id, SeriesId = id, BodyId = present, Level = ReachLevel.Administration, Origin = ReachOrigin.Register, StartedAt = now, IsRegistered = true });
                started++;
            }
        }
        return new(started, ended);
    }

    private async Task<Dictionary<string, Guid>> IdsAsync<T>(IEnumerable<string?> codes, CancellationToken cancellationToken) where T : Organisation
    {
        var wanted = codes.OfType<string>().Distinct().ToArray();
        if (wanted.Length == 0)
            return [];
        var ids = await db.Set<T>().Where(o => wanted.Contains(o.Code)).Select(o => new { o.Code, o.Id }).ToDictionaryAsync(o => o.Code, o => o.Id, StringComparer.Ordinal, cancellationToken);
        // Those that this very save adds.
        foreach (var added in db.Set<T>().Local)
            ids.TryAdd(added.Code, added.Id);
        return ids;
    }
}
