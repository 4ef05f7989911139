using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>A school in which more people hold a permission than its new limit allows; no seats were opened there.</summary>
public sealed record TooManyHolders(string School, string Urn, string Label, int Limit, IReadOnlyList<string> Holders)
{
    public string InWords => $"{School} ({Urn}): {Holders.Count} people hold {Label}, the limit is {Limit}: {Shared.Text.InWords.List(Holders)}";
}

/// <summary>In the chain of a school in which people held the permission already, and now have seats.</summary>
public sealed record SeatsOpened(Permission Permission, int Seats) : AuditEvent("seats-opened");

/// <summary>
/// In the server's chain, for schools in which nobody held the permission. One entry for many: the register has 50,000 schools, and most
/// of them never have a user whose log it would be.
/// </summary>
public sealed record EmptySeatsOpened(Permission Permission, int SeatsEach, int Schools) : AuditEvent("empty-seats-opened");

/// <summary>
/// Opens the seats of every limited permission in every school that has none of it yet, and seats the people who hold it. Run after schools
/// are loaded and after an upgrade; running it again does nothing. So a new limit needs an entry in the catalogue and no other step.
/// </summary>
public sealed class OpenSeats(Database database, TimeProvider clock)
{
    private const int Batch = 500;

    public async Task<IReadOnlyList<TooManyHolders>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        var refused = new List<TooManyHolders>();
        foreach (var info in PermissionCatalogue.Limited)
        {
            Guid? done = Guid.Empty;
            while (done is { } after)
            {
                var batch = await database.ChangeAsync(OrganisationScope.Server, db => OpenBatchAsync(db, info, after, actor, cancellationToken), cancellationToken);
                refused.AddRange(batch.Refused);
                done = batch.Last;
            }
        }
        return refused;
    }

    // Which schools lack seats is asked within the attempt, so that of two runs at once the second finds the work of the first.
    private async Task<(Guid? Last, List<TooManyHolders> Refused)> OpenBatchAsync(AppDb db, PermissionInfo info, Guid after, Actor actor, CancellationToken cancellationToken)
    {
        var schools = await db.Set<School>().AsNoTracking()
            .Where(s => s.Id.CompareTo(after) > 0 && !db.Set<Seat>().Any(seat => seat.OrganisationId == s.Id && seat.Permission == info.Permission))
            .OrderBy(s => s.Id).Take(Batch).ToListAsync(cancellationToken);
        if (schools.Count == 0)
            return (null, []);
        var ids = schools.ConvertAll(s => s.Id);
        var bit = PermissionSet.Of(info.Permission).Bits;
        var holders = (await (from membership in db.Set<Membership>()
                              where ids.Contains(membership.OrganisationId) && (membership.PermissionBits & bit) != 0
                                  && (membership.State == MembershipState.Pending || membership.State == MembershipState.Active)
                              join member in db.Named() on new { membership.OrganisationId, MembershipId = membership.Id } equals new { member.OrganisationId, member.MembershipId }
                              orderby member.Surname, member.Forename
                              select member).ToListAsync(cancellationToken)).ToLookup(m => m.OrganisationId);
        var refused = new List<TooManyHolders>();
        var empty = 0;
        foreach (var school in schools)
        {
            var here = holders[school.Id].ToArray();
            if (here.Length > info.Limit)
            {
                refused.Add(new(school.Name, school.Code, PermissionCatalogue.Label(info.Permission, school.HasTracking), info.Limit.Value, [.. here.Select(h => h.FullName)]));
                continue;
            }
            for (var number = 1; number <= info.Limit; number++)
                db.Add(new Seat { OrganisationId = school.Id, Permission = info.Permission, Number = number, HolderId = number <= here.Length ? here[number - 1].MembershipId : null });
            if (here.Length > 0)
                db.AddAudit(clock.Now(), actor, school.Id, new SeatsOpened(info.Permission, info.Limit!.Value));
            else
                empty++;
        }
        if (empty > 0)
            db.AddAudit(clock.Now(), actor, AuditTrail.Server, new EmptySeatsOpened(info.Permission, info.Limit!.Value, empty));
        await db.SaveChangesAsync(cancellationToken);
        return (schools[^1].Id, refused);
    }
}
