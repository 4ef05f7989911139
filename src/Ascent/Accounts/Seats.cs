using System.Security.Cryptography;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Somebody who sits on a seat.</summary>
public sealed record SeatHolder(Guid MembershipId, Guid AccountId, string Name, bool IsPending);

/// <summary>The seats of one limited permission in one school.</summary>
public sealed record SeatCount(Permission Permission, int Limit, IReadOnlyList<SeatHolder> Holders)
{
    /// <summary>As it would be without this membership, which is about to be replaced.</summary>
    public SeatCount Without(Guid? membershipId) => this with { Holders = [.. Holders.Where(h => h.MembershipId != membershipId)] };

    public int Used => Holders.Count;

    public int Pending => Holders.Count(h => h.IsPending);

    public bool IsFull => Used >= Limit;

    /// <summary>"3 of 4 used, 1 of them pending".</summary>
    public string InWords => Pending == 0 ? $"{Used} of {Limit} used" : $"{Used} of {Limit} used, {Pending} of them pending";
}

/// <summary>All places under a limit are taken. Says by whom, so that one can be freed.</summary>
public sealed record SeatsFull(SeatCount Count, string Label)
    : Refusal("seats-full", $"All {Count.Limit} {Label} seats are taken: {InWords.List(Count.Holders.Select(h => h.IsPending ? $"{h.Name} (pending)" : h.Name))}", RefusalKind.Conflict, Count.Permission.ToString());

/// <summary>Taking, giving back and counting seats. Every change goes into the save of its use case.</summary>
internal static class Seats
{
    /// <summary>
    /// Sits the membership on a free seat of each limited permission that it needs and lacks, and gives back those that it needs no more.
    /// Gives the full limits; when there are any, nothing must be saved. Losing a seat to somebody else shows at the save, as a conflict.
    /// </summary>
    public static Task<IReadOnlyList<SeatsFull>> SeatAsync(this AppDb db, Membership membership, Place place, CancellationToken cancellationToken) =>
        db.SeatAsync([membership], place, cancellationToken);

    /// <summary>
    /// The same for several of one organisation. What some give back in this save the others may take, in whatever order they come; so as
    /// many people as there are seats can hand over to as many others.
    /// </summary>
    public static async Task<IReadOnlyList<SeatsFull>> SeatAsync(this AppDb db, IReadOnlyCollection<Membership> memberships, Place place, CancellationToken cancellationToken)
    {
        if (memberships.Count == 0)
            return [];
        var organisationId = memberships.First().OrganisationId;
        var seats = await db.Set<Seat>().Where(s => s.OrganisationId == organisationId).ToListAsync(cancellationToken);
        var needed = memberships.ToDictionary(m => m.Id, m => m.HoldsSeats ? m.Permissions.SeatsNeeded().ToHashSet() : []);
        foreach (var left in seats.Where(s => s.HolderId is { } holder && needed.TryGetValue(holder, out var needs) && !needs.Contains(s.Permission)))
            left.HolderId = null;
        var full = new List<SeatsFull>();
        foreach (var (id, needs) in needed)
            foreach (var permission in needs.Where(p => !seats.Exists(s => s.Permission == p && s.HolderId == id)))
            {
                var free = seats.Where(s => s.Permission == permission && s.HolderId is null).ToArray();
                if (free.Length == 0)
                    full.Add(new((await db.CountSeatsAsync(cancellationToken)).Single(c => c.Permission == permission), PermissionCatalogue.Label(permission, place)));
                else
                    // Any of them: two people who create at once then seldom reach for the same one.
                    free[RandomNumberGenerator.GetInt32(free.Length)].HolderId = id;
            }
        return full;
    }

    /// <summary>The seats of the one organisation in scope, in the order of the catalogue, with their holders in the order in which they sit.</summary>
    public static async Task<IReadOnlyList<SeatCount>> CountSeatsAsync(this AppDb db, CancellationToken cancellationToken)
    {
        var rows = await (from seat in db.Set<Seat>()
                          join member in db.Named() on seat.HolderId equals member.MembershipId into members
                          from member in members.DefaultIfEmpty()
                          orderby seat.Number
                          // Column by column: of a free seat there is no member to build.
                          select new
                          {
                              seat.Permission, seat.HolderId, AccountId = (Guid?)member.AccountId, State = (MembershipState?)member.State, member.Forename, member.Surname,
                          }).AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. from info in PermissionCatalogue.Limited
               let seats = rows.Where(r => r.Permission == info.Permission).ToArray()
               select new SeatCount(info.Permission, seats.Length,
                   [.. seats.Where(s => s.HolderId != null).Select(s => new SeatHolder(s.HolderId!.Value, s.AccountId!.Value, $"{s.Forename} {s.Surname}", s.State == MembershipState.Pending))]),
        ];
    }
}
