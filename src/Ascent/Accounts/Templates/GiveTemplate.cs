using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <summary>Gives the set of a template to several people, in the save that this belongs to: all of them, or nobody with the reasons.</summary>
public sealed class GiveTemplate(HolderMails mails)
{
    private sealed record Change(Membership Membership, Member Member, AccessChoice Before, IReadOnlyList<AccessChange> Changes)
    {
        public bool BecomesHolder => Membership.HoldsSeats && Membership.Permissions.Has(Permission.SchoolSetup) && !Before.Permissions.Has(Permission.SchoolSetup);
    }

    /// <returns>How many were changed, or tied to the template; those for whom it was so already do not count.</returns>
    internal async Task<Result<int>> ToAsync(AppDb db, AccessTemplate template, IReadOnlyList<TickedPerson> ticked, bool hasTracking, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        if (ticked.Count == 0)
            return 0;
        var ids = ticked.Select(t => t.MembershipId).ToHashSet();
        var memberships = await db.Set<Membership>().Where(m => ids.Contains(m.Id)).OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).ToListAsync(cancellationToken);
        if (memberships.Count < ids.Count)
            return new NotFound("user");
        var members = await db.Named().Where(m => ids.Contains(m.MembershipId)).ToDictionaryAsync(m => m.MembershipId, cancellationToken);
        var seen = ticked.GroupBy(t => t.MembershipId).ToDictionary(g => g.Key, g => g.First().Version);
        var (done, refusals) = Decide(template, memberships, members, seen, hasTracking, actor, now);
        if (refusals.Count > 0)
            return Result.Refuse<int>(refusals);
        if (done.Exists(c => c.BecomesHolder) && !actor.IsFresh)
            return new ConfirmItIsYou();
        var last = await db.KeepAHolderAsync([.. done.Select(c => c.Membership)], LondonTime.DateOf(now), cancellationToken);
        if (last.Count > 0)
            return Result.Refuse<int>([.. last.Select(m => new LastHolder(members[m.Id].FullName, PeopleField))]);
        var full = await SeatAsync(db, done, hasTracking, cancellationToken);
        if (full.Count > 0)
            return Result.Refuse<int>(full);
        await TellAsync(db, done, actor, now, cancellationToken);
        if (done.Count > 0)
            db.AddAudit(now, actor, template.OrganisationId,
                new TemplateGiven(template.Id, template.PermissionBits, [.. done.Select(c => new AccessGiven(c.Membership.Id, c.Before.Permissions.Bits, c.Membership.PermissionBits))]),
                [.. done.Select(c => c.Member.ForAudit()), template.ForAudit(template.Name, [])]);
        return done.Count;
    }

    internal const string PeopleField = "people";

    private static (List<Change> Done, List<Refusal> Refusals) Decide(
        AccessTemplate template, List<Membership> memberships, Dictionary<Guid, Member> members, Dictionary<Guid, int> seen, bool hasTracking, Actor actor, DateTime now)
    {
        var (done, refusals) = (new List<Change>(), new List<Refusal>());
        foreach (var membership in memberships)
        {
            if (!members.TryGetValue(membership.Id, out var member))
            {
                refusals.Add(new PersonLeft());
                continue;
            }
            var before = AccessChoice.Of(membership);
            var after = ChangeTemplate.Given(before, template.Permissions, hasTracking);
            var changes = before.DifferenceTo(after, hasTracking);
            if (changes.Count == 0 && membership.TemplateId == template.Id)
                continue;
            if (membership.AccountId == actor.AccountId)
                refusals.Add(new OwnAccountTicked(member.FullName));
            else if (membership.Version != seen[membership.Id])
                refusals.Add(new PersonChanged(member.FullName));
            else
            {
                if (changes.Count > 0)
                    membership.Change(after, actor.AccountId, now);
                membership.GiveTemplate(template.Id);
                done.Add(new(membership, member, before, changes));
            }
        }
        return (done, refusals);
    }

    private static async Task<IReadOnlyList<Refusal>> SeatAsync(AppDb db, List<Change> done, bool hasTracking, CancellationToken cancellationToken)
    {
        var without = new List<(string Name, SeatsFull Full)>();
        foreach (var change in done.Where(c => c.Before.Permissions.SeatsNeeded().Any() || c.Membership.Permissions.SeatsNeeded().Any()))
            without.AddRange((await db.SeatAsync(change.Membership, hasTracking, cancellationToken)).Select(full => (change.Member.FullName, full)));
        return [.. without.GroupBy(w => w.Full.Count.Permission).Select(g => new NoSeatsForAll(g.First().Full.Count, g.First().Full.Label, [.. g.Select(w => w.Name)]))];
    }

    private async Task TellAsync(AppDb db, List<Change> done, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var today = LondonTime.DateOf(now);
        await mails.TellAccessChangedAsync(db, [.. done.Where(c => c.Changes.Count > 0 && c.Membership.IsOpenOn(today)).Select(c => (c.Membership, c.Changes))], actor, now, cancellationToken);
        foreach (var change in done.Where(c => c.BecomesHolder))
            await mails.TellHolderMadeAsync(db, change.Membership, change.Member.FullName, actor, now, cancellationToken);
    }
}

/// <summary>One's own access is another administrator's to change; nobody is changed while one's own row is among the ticked.</summary>
public sealed record OwnAccountTicked(string Name)
    : Refusal("own-account", $"{Name} is you: another administrator has to do this for you. Take your own tick out", RefusalKind.Refused, GiveTemplate.PeopleField);

public sealed record PersonChanged(string Name)
    : Refusal("person-changed", $"{Name} has been changed meanwhile. Look at what would change now, then save again", RefusalKind.Conflict, GiveTemplate.PeopleField);

public sealed record PersonLeft() : Refusal("person-left", "One of the people ticked has been deleted meanwhile", RefusalKind.Conflict, GiveTemplate.PeopleField);

/// <summary>The ticked people need more seats than are free.</summary>
/// <param name="Without">Those for whom none is left.</param>
public sealed record NoSeatsForAll(SeatCount Count, string Label, IReadOnlyList<string> Without)
    : Refusal("no-seats-for-all", $"There is no {Label} seat for {InWords.List(Without)}: {Count.InWords}. Tick fewer people, or free a seat first. Nobody has been changed", RefusalKind.Conflict, GiveTemplate.PeopleField);
