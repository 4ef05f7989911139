using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>A list was taken as the whole staff: one entry for all whom it made, changed and closed.</summary>
public sealed record StaffListConfirmed(IReadOnlyList<UserMade> Created, IReadOnlyList<UserChanged> Changed, IReadOnlyList<Guid> Deactivated, IReadOnlyList<Guid> Deleted) : AuditEvent("staff-list-confirmed");

/// <summary>What <see cref="AccessChanged"/> tells of one person.</summary>
public sealed record UserChanged(Guid MembershipId, JobRole JobRoleBefore, JobRole JobRole, long PermissionsBefore, long Permissions, DateOnly? EndsOnBefore, DateOnly? EndsOn);

/// <summary>What a list of the whole staff does to people who are here, in the save that Confirm makes; by the steps of the single deeds.</summary>
public sealed class ChangeStaff(HolderMails mails)
{
    /// <summary>Changes and closes, without seats and mails.</summary>
    internal static async Task<StaffChanged> ApplyAsync(AppDb db, CheckedList list, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var changing = list.Changing.ToArray();
        var active = list.Leaving.Where(l => l.Member.State == MembershipState.Active).Select(l => l.Member).ToArray();
        var pending = list.Leaving.Where(l => l.Member.State == MembershipState.Pending).Select(l => l.Member).ToArray();
        var memberships = new Dictionary<Guid, Membership>();
        foreach (var ids in changing.Select(r => r.Here!.MembershipId).Concat(active.Select(m => m.MembershipId)).Chunk(Lookups.Size))
            foreach (var membership in await db.Set<Membership>().Where(m => ids.Contains(m.Id)).ToListAsync(cancellationToken))
                memberships[membership.Id] = membership;
        foreach (var row in changing)
        {
            var membership = AsChecked(memberships, row.Here!);
            membership.Change(row.Access!, actor.AccountId, now);
            if (row.Template is { } template)
                membership.GiveTemplate(template.Id);
        }
        foreach (var member in active)
        {
            var membership = AsChecked(memberships, member);
            membership.Deactivate(actor.AccountId, now);
            await db.ForgetResetCodeAsync(membership, cancellationToken);
        }
        var deleted = new List<Membership>();
        foreach (var members in pending.Chunk(Lookups.Size))
        {
            var found = await db.FindPendingAsync([.. members.Select(m => m.MembershipId)], cancellationToken);
            var byId = found.ToDictionary(f => f.Membership.Id, f => f.Membership);
            deleted.AddRange(members.Select(member => AsChecked(byId, member)));
            foreach (var (membership, invitation) in found)
                await db.WithdrawAsync(membership, invitation, actor, now, cancellationToken);
        }
        return new([.. changing.Select(r => (memberships[r.Here!.MembershipId], r))], [.. active.Select(m => memberships[m.MembershipId])], deleted, [.. active, .. pending]);
    }

    // Read once more for the save: whoever was changed between the two reads makes it begin again, and is then named.
    private static Membership AsChecked(Dictionary<Guid, Membership> found, MemberNow member) =>
        found.GetValueOrDefault(member.MembershipId) is { } membership && membership.Version == member.Version ? membership
            : throw new DbUpdateConcurrencyException("Somebody on the list was changed while it was checked.");

    /// <summary>As the single deeds tell: whoever was changed or closed while Active, and the other holders of a new one.</summary>
    internal async Task TellAsync(AppDb db, StaffChanged changed, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var today = LondonTime.DateOf(now);
        await mails.TellAccessChangedAsync(db, [.. changed.Changed.Where(c => c.Membership.IsOpenOn(today)).Select(c => (c.Membership, c.Row.Changes))], actor, now, cancellationToken);
        await mails.TellClosedAsync(db, changed.Deactivated, actor, now, cancellationToken);
        foreach (var (membership, row) in changed.Changed.Where(c => c.Row.MakesHolder))
            await mails.TellHolderMadeAsync(db, membership, row.Here!.FullName, actor, now, cancellationToken);
    }
}

/// <param name="Left">Those of <paramref name="Deactivated"/> and <paramref name="Deleted"/>, named.</param>
internal sealed record StaffChanged(
    IReadOnlyList<(Membership Membership, CheckedRow Row)> Changed, IReadOnlyList<Membership> Deactivated, IReadOnlyList<Membership> Deleted, IReadOnlyList<MemberNow> Left)
{
    public IEnumerable<Membership> All => [.. Changed.Select(c => c.Membership), .. Deactivated, .. Deleted];

    public StaffListDone Counts => new() { Changed = Changed.Count, Deactivated = Deactivated.Count, Deleted = Deleted.Count };

    public StaffListConfirmed Event(IReadOnlyList<UserMade> created) => new(created,
        [.. Changed.Select(c => Event(c.Membership.Id, c.Row.Here!.Access, c.Row.Access!))], [.. Deactivated.Select(m => m.Id)], [.. Deleted.Select(m => m.Id)]);

    public IEnumerable<AuditPerson> ForAudit()
    {
        foreach (var (membership, row) in Changed)
        {
            var words = new Dictionary<string, string> { [AuditPerson.Name] = row.Here!.FullName };
            foreach (var change in row.Changes)
                words.Add(change.Label, AuditPerson.Change(change.Before, change.After));
            yield return new(membership.AccountId, words);
        }
        foreach (var member in Left)
            yield return new(member.AccountId, new Dictionary<string, string> { [AuditPerson.Name] = member.FullName, [AuditPerson.Email] = member.Email });
    }

    private static UserChanged Event(Guid id, AccessChoice before, AccessChoice after) =>
        new(id, before.JobRole, after.JobRole, before.Permissions.Bits, after.Permissions.Bits, before.EndsOn, after.EndsOn);
}
