using Ascent.Organisations.Gias;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

/// <summary>Local authorities or trusts that a load met for the first time, or under a new name.</summary>
public readonly record struct BodiesLoad(int Added, int Renamed)
{
    public static BodiesLoad operator +(BodiesLoad left, BodiesLoad right) => new(left.Added + right.Added, left.Renamed + right.Renamed);
}

internal readonly record struct SchoolBatchCounts(int Added, int Updated, int Unchanged, int Closed, BodiesLoad LocalAuthorities, BodiesLoad Trusts, ReachLoad Reach)
{
    public static SchoolBatchCounts None => default;

    public static SchoolBatchCounts operator +(SchoolBatchCounts left, SchoolBatchCounts right) =>
        new(left.Added + right.Added, left.Updated + right.Updated, left.Unchanged + right.Unchanged, left.Closed + right.Closed,
            left.LocalAuthorities + right.LocalAuthorities, left.Trusts + right.Trusts, left.Reach + right.Reach);
}

/// <summary>Some rows of the register, saved together with the authorities and trusts that they name.</summary>
/// <param name="settled">Authorities and trusts that an earlier batch of this load has saved; of several names for one code the first counts.</param>
internal sealed class SchoolBatch(IReadOnlyList<GiasRow> rows, GiasFile register, IReadOnlySet<(OrganisationKind Kind, string Code)> settled, TimeProvider clock)
{
    private readonly Dictionary<string, string> authorities = Names(rows, row => row.Authority, settled, OrganisationKind.LocalAuthority);
    private readonly Dictionary<string, string> trusts = Names(rows, row => row.Trust, settled, OrganisationKind.Trust);

    /// <summary>What this batch has settled, once it is saved.</summary>
    public IEnumerable<(OrganisationKind, string)> Bodies =>
        authorities.Keys.Select(code => (OrganisationKind.LocalAuthority, code)).Concat(trusts.Keys.Select(code => (OrganisationKind.Trust, code)));

    public async Task<SchoolBatchCounts> SaveAsync(AppDb db, CancellationToken cancellationToken)
    {
        var authorityCounts = await SaveBodiesAsync(db, authorities, (id, code) => new LocalAuthority { Id = id, Code = code }, cancellationToken);
        var trustCounts = await SaveBodiesAsync(db, trusts, (id, code) => new Trust { Id = id, Code = code }, cancellationToken);
        var urns = rows.Select(row => row.Urn).ToArray();
        var known = await db.Set<School>().Where(s => urns.Contains(s.Code)).ToDictionaryAsync(s => s.Code, cancellationToken);
        var schools = new HashSet<School>();
        var (added, updated) = (0, 0);
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Urn, out var school))
            {
                db.Add(school = new School { Id = clock.NewId(), Code = row.Urn });
                added++;
            }
            Apply(row, school);
            if (MarkIfChanged(db, school))
                updated++;
            schools.Add(school);
        }
        var reach = await new StartReachLinks(db, clock).ExecuteAsync(schools, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new(added, updated, rows.Count - added - updated, rows.Count(row => row.IsClosed == true), authorityCounts, trustCounts, reach);
    }

    // What the file has no column for stays as it is known.
    private void Apply(GiasRow row, School school)
    {
        if (school.Name != row.Name)
            school.Rename(row.Name);
        if (register.Tells(GiasColumns.AuthorityCode))
        {
            school.LocalAuthorityCode = row.Authority?.Code;
            if (row.Authority is null || register.Tells(GiasColumns.AuthorityName))
                school.LocalAuthorityName = row.Authority?.Name;
            if (register.Tells(GiasColumns.Number))
                school.DfeNumber = row.DfeNumber;
        }
        if (register.Tells(GiasColumns.TrustCode))
            school.TrustCode = row.Trust?.Code;
        if (register.Tells(GiasColumns.TypeCode))
            school.TypeCode = row.TypeCode;
        if (row.IsClosed is { } isClosed)
            school.IsClosed = isClosed;
        if (register.Tells(GiasColumns.PhaseCode))
            school.Phase = row.Phase;
        if (register.Tells(GiasColumns.LowAge))
            school.LowAge = row.LowAge;
        if (register.Tells(GiasColumns.HighAge))
            school.HighAge = row.HighAge;
        if (register.Tells(GiasColumns.Town))
            school.Town = row.Town;
        if (register.Tells(GiasColumns.Postcode))
            school.Postcode = row.Postcode;
        school.WorkOutPrimary();
    }

    private async Task<BodiesLoad> SaveBodiesAsync<T>(AppDb db, Dictionary<string, string> names, Func<Guid, string, T> create, CancellationToken cancellationToken)
        where T : Organisation
    {
        var codes = names.Keys.ToArray();
        if (codes.Length == 0)
            return default;
        var known = await db.Set<T>().Where(o => codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, cancellationToken);
        var renamed = 0;
        foreach (var (code, name) in names)
        {
            if (!known.TryGetValue(code, out var body))
                db.Add(body = create(clock.NewId(), code));
            if (body.Name != name)
                body.Rename(name);
            if (MarkIfChanged(db, body))
                renamed++;
        }
        return new(names.Count - known.Count, renamed);
    }

    private static bool MarkIfChanged(AppDb db, Organisation organisation)
    {
        if (db.Entry(organisation).State != EntityState.Modified)
            return false;
        organisation.Version++;
        return true;
    }

    private static Dictionary<string, string> Names(
        IReadOnlyList<GiasRow> rows, Func<GiasRow, GiasBody?> body, IReadOnlySet<(OrganisationKind, string)> settled, OrganisationKind kind)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
            if (body(row) is { Name: { } name } found && !settled.Contains((kind, found.Code)))
                names.TryAdd(found.Code, name);
        return names;
    }
}
