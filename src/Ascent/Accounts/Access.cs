using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>What a session can show for itself.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="GaveFactor">A second factor was given in it.</param>
/// <param name="FactorId">Which one; null for a recovery code.</param>
public readonly record struct SessionProof(DateTime StartedAt, bool GaveFactor = false, Guid? FactorId = null);

/// <summary>What the organisation's rule about second factors wants of somebody before the first page.</summary>
public enum FactorGate
{
    Open,

    /// <summary>There is none yet: one has to be enrolled.</summary>
    Enrol,

    /// <summary>The factor was enrolled through another organisation's reset, which this one has no part in.</summary>
    NotTrusted,
}

/// <summary>By which authority or trust somebody opens a school, and how far its link with the school goes.</summary>
/// <param name="Address">Of <see cref="BodyAddress"/>.</param>
public sealed record AccessFromAbove(Guid BodyId, string Body, string Address, ReachLevel Level);

/// <summary>The school is locked: by whom, and since when. Never why.</summary>
public sealed record SeenLock(string By, DateTime Since);

/// <summary>What an account may do in one school at this moment.</summary>
public sealed record SchoolAccess(
    Guid OrganisationId, string Urn, string Name, string? LocalAuthority, bool HasTracking, Guid MembershipId, Guid AccountId, string JobRole, PermissionSet Permissions)
{
    /// <summary>The password was given within the last minutes.</summary>
    public bool IsFresh { get; init; }

    /// <summary>An administrator ended the person's sessions here after this one had begun: signing in again opens it.</summary>
    public bool NeedsSignIn { get; init; }

    /// <summary>The password was reset by a mailed link, and this organisation's reset code has not been given yet.</summary>
    public bool NeedsResetCode { get; init; }

    /// <summary>Whether the rule about second factors lets the session in.</summary>
    public FactorGate FactorGate { get; init; }

    /// <summary>The services of the school that are on today; <see cref="Permissions"/> are cut to them already.</summary>
    public SchoolServices Services { get; init; } = SchoolServices.All;

    /// <summary>Null for the school's own members. Otherwise <see cref="MembershipId"/> is the membership in that body.</summary>
    public AccessFromAbove? Above { get; init; }

    /// <summary>Null while the school is open.</summary>
    public SeenLock? Lock { get; init; }

    /// <summary>Set when the address had the number of a school that has become this one: its name, and that number.</summary>
    public FormerName? AskedAs { get; init; }

    /// <summary>Where its pages begin.</summary>
    public string Home => $"/schools/{Urn}";

    public Actor Actor => new(ActorKind.Person, AccountId, MembershipId, OrganisationId, Permissions) { IsFresh = IsFresh, Services = Services };
}

/// <summary>Reads, for every request anew, what somebody may do in a school. Nothing of this is ever kept in a cookie or a cache.</summary>
public sealed class ReadAccess(Database database, TimeProvider clock)
{
    /// <summary>
    /// A membership of the school counts alone, whatever it holds; only who has none comes by a body. So rights never mix (docs/adr/0027).
    /// </summary>
    /// <returns>Null when the account has no open way there, or there is no such school: nobody learns which.</returns>
    public async Task<SchoolAccess?> ExecuteAsync(Guid accountId, SessionProof session, string urn, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var (way, former) = await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            if (await WayAsync(db, accountId, session, urn, today, cancellationToken) is { } here)
                return (here, null);
            // The number may be the one that a school had before it became another; who cannot open that one learns nothing of it.
            return await (from old in db.Set<School>() where old.Code == urn join now in db.Set<School>() on old.BecameId equals now.Id select new { now.Code, Old = new FormerName(old.Code, old.DfeNumber, old.Name) })
                .SingleOrDefaultAsync(cancellationToken) is { } became ? (await WayAsync(db, accountId, session, became.Code, today, cancellationToken), became.Old) : default((Way?, FormerName?));
        });
        if (way is null)
            return null;
        var (school, row, locked, above) = way;
        var services = school.ServicesOn(today);
        var permissions = above is null ? row.Membership.Permissions.Effective(school.IsPrimary).Served(services) : Cut(row.Membership, above.Level, services);
        var (needsSignIn, gate) = row.Check(session, permissions, above is null ? null : school.FactorRule);
        if (!row.NeedsResetCode && !needsSignIn && gate == FactorGate.Open && locked is null)
            await database.NoteOpenedAsync(row.Membership, clock.Now(), cancellationToken);
        return new(school.Id, school.Code, school.Name, school.LocalAuthorityName, school.IsPrimary, row.Membership.Id, accountId,
            JobRoles.Label(row.Membership.JobRole, row.Membership.OtherRole), permissions)
        {
            NeedsResetCode = row.NeedsResetCode,
            NeedsSignIn = needsSignIn,
            FactorGate = gate,
            Services = services,
            Above = above,
            Lock = locked,
            AskedAs = former,
        };
    }

    /// <summary>The name of an organisation that an account can open: a school by its URN, a body by its address. Null for every other.</summary>
    public Task<string?> NameOfAsync(Guid accountId, string place, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var (kind, code) = BodyAddress.Read(place) ?? (OrganisationKind.School, place);
        return database.ReadAsync(OrganisationScope.Server, db =>
            (from organisation in db.Set<Organisation>()
             where organisation.Kind == kind && organisation.Code == code
             join membership in db.Set<Membership>() on organisation.Id equals membership.OrganisationId
             where membership.AccountId == accountId && membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
             select organisation.Name).SingleOrDefaultAsync(cancellationToken));
    }

    /// <summary>What a membership of a body is worth in a school that is linked at a level and has these services on.</summary>
    internal static PermissionSet Cut(Membership membership, ReachLevel level, SchoolServices services)
    {
        var held = membership.Permissions.Effective(Place.LocalAuthority);
        // The schools have been looked at: in the school itself there is no such scope.
        return new PermissionSet(held.Bits & level.Reports().Bits).Served(services);
    }

    private static async Task<Way?> WayAsync(AppDb db, Guid accountId, SessionProof session, string urn, DateOnly today, CancellationToken cancellationToken) =>
        await OwnAsync(db, accountId, session, urn, today, cancellationToken) ?? await AboveAsync(db, accountId, session, urn, today, cancellationToken);

    private static async Task<Way?> OwnAsync(AppDb db, Guid accountId, SessionProof session, string urn, DateOnly today, CancellationToken cancellationToken)
    {
        var found = await (from school in db.Set<School>()
                           where school.Code == urn && school.BecameId == null
                           join row in db.OpenOf(accountId, session, today) on school.Id equals row.Membership.OrganisationId
                           select new
                           {
                               school, row, Lock = db.Set<SchoolLock>().Where(l => l.OrganisationId == school.Id)
                                   .Select(l => new { l.Since, By = db.Set<Organisation>().Where(o => o.Id == l.BodyId).Select(o => o.Name).FirstOrDefault() }).FirstOrDefault(),
                           }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new(found.school, found.row, found.Lock is { } locked ? Seen(locked.By, locked.Since) : null, null);
    }

    private static async Task<Way?> AboveAsync(AppDb db, Guid accountId, SessionProof session, string urn, DateOnly today, CancellationToken cancellationToken)
    {
        var ways = await (from way in db.WaysAbove(db.Set<School>().Where(s => s.Code == urn && s.BecameId == null), db.OpenOf(accountId, session, today))
                          select new
                          {
                              way, Lock = db.Set<SchoolLock>().Where(l => l.OrganisationId == way.School.Id)
                                  .Select(l => new { l.Since, By = db.Set<Organisation>().Where(o => o.Id == l.BodyId).Select(o => o.Name).FirstOrDefault() }).FirstOrDefault(),
                          }).ToListAsync(cancellationToken);
        if (ways.Select(w => w.way).Best(today) is not { } best)
            return null;
        // The lock is the school's, and so the same for every way.
        return new(best.School, best.Row, ways[0].Lock is { } locked ? Seen(locked.By, locked.Since) : null, new(best.BodyId, best.Body, BodyAddress.Of(best.Kind, best.Code), best.Level));
    }

    private static SeenLock Seen(string? by, DateTime since) => new(by ?? "Whoever runs the server", since);

    private sealed record Way(School School, GateRow Row, SeenLock? Lock, AccessFromAbove? Above);
}

internal static class Opened
{
    // "Last opened" is a matter of days; one write an hour is enough.
    private static readonly TimeSpan Precision = TimeSpan.FromHours(1);

    public static async Task NoteOpenedAsync(this Database database, Membership membership, DateTime now, CancellationToken cancellationToken)
    {
        if (membership.LastOpenedAt > now - Precision)
            return;
        await database.WriteAsync(OrganisationScope.Of(membership.OrganisationId), db =>
            db.Set<Membership>().Where(m => m.Id == membership.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.LastOpenedAt, now), cancellationToken), cancellationToken);
    }
}
