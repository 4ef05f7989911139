using System.Text.Json;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Log;

/// <summary>
/// Puts entries into words. Names come from the details of this organisation's own entries and from its own memberships: nothing that a
/// person did, or is called, in another organisation shows here.
/// </summary>
internal sealed class LogRows(AppDb db, LogBook book, Guid organisationId, Place place)
{
    private sealed record Known(string FullName, string JobRole);

    private readonly Dictionary<Guid, DateTime> erased = [];
    private readonly Dictionary<Guid, Known> members = [];
    private readonly Dictionary<Guid, Guid> accounts = [];
    private readonly Dictionary<Guid, (string Name, string? From)> earlier = [];

    /// <summary>The entries in the order of the ids.</summary>
    public async Task<IReadOnlyList<LogRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var entries = await db.Set<AuditEntry>().Where(e => e.OrganisationId == organisationId && ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellationToken);
        var details = (await db.Set<AuditDetail>().Where(d => d.OrganisationId == organisationId && ids.Contains(d.EntryId)).ToListAsync(cancellationToken)).ToLookup(d => d.EntryId);
        var rows = ids.Where(entries.ContainsKey).Select(id => entries[id]).ToList();
        await FindAsync(rows, cancellationToken);
        return [.. rows.Select(entry => new LogRow(entry.Id, entry.At, entry.Sequence, By(entry), Words(entry, [.. details[entry.Id]]), entry.Kind))];
    }

    private async Task FindAsync(IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var gone = await db.Set<AuditEntry>().Where(e => e.OrganisationId == organisationId && e.Kind == PersonErased.EventKind).Select(e => new { e.At, e.Facts }).ToListAsync(cancellationToken);
        foreach (var entry in gone)
            erased[JsonSerializer.Deserialize<PersonErased>(entry.Facts)!.AccountId] = entry.At;
        var membershipIds = entries.Select(e => MembershipIn(e.Facts)).OfType<Guid>().ToHashSet();
        foreach (var membership in await db.Set<Membership>().Where(m => m.OrganisationId == organisationId && membershipIds.Contains(m.Id)).Select(m => new { m.Id, m.AccountId }).ToListAsync(cancellationToken))
            accounts[membership.Id] = membership.AccountId;
        var people = entries.SelectMany(e => PeopleOf(e.DetailHashes)).Concat(entries.Select(e => e.ActorId).OfType<Guid>()).Concat(accounts.Values).ToHashSet();
        var present = from member in db.Named()
                      where member.OrganisationId == organisationId && people.Contains(member.AccountId)
                      join membership in db.Set<Membership>() on new { member.OrganisationId, member.MembershipId } equals new { membership.OrganisationId, MembershipId = membership.Id }
                      select new { member.AccountId, member.Forename, member.Surname, membership.JobRole, membership.OtherRole };
        foreach (var member in await present.ToListAsync(cancellationToken))
            members[member.AccountId] = new($"{member.Forename} {member.Surname}", JobRoles.Label(member.JobRole, member.OtherRole));
        // Who has left is called what the organisation called them, and not what they call themselves by now.
        foreach (var person in people.Where(p => !members.ContainsKey(p) && !erased.ContainsKey(p)))
        {
            var texts = await db.Set<AuditDetail>().Where(d => d.PersonId == person && d.OrganisationId == organisationId).OrderByDescending(d => d.EntryId).Select(d => d.Text).Take(3).ToListAsync(cancellationToken);
            if (texts.FirstOrDefault(text => NameIn(text) is not null) is { } text)
                earlier[person] = (NameIn(text)!, Texts(text).GetValueOrDefault(AuditPerson.From));
        }
    }

    private LogPerson By(AuditEntry entry) => entry.ActorKind switch
    {
        ActorKind.System => new("Ascent", "by itself"),
        ActorKind.Operator => new("Whoever runs the server"),
        _ => Person(entry.ActorId!.Value, null),
    };

    private LogPerson Person(Guid id, string? nameThen) =>
        erased.TryGetValue(id, out var at) ? new("Erased person", $"details erased on {InWords.Date(at)}", IsErased: true)
        : members.TryGetValue(id, out var member) ? new(nameThen ?? member.FullName, member.JobRole)
        : earlier.TryGetValue(id, out var was) ? new(nameThen ?? was.Name, was.From ?? "not here any more")
        : new(nameThen ?? "Somebody", "not here any more");

    private LogWords Words(AuditEntry entry, IReadOnlyList<AuditDetail> details)
    {
        // Who came from above to do it is no one of those whom the entry is about.
        var about = details.Where(d => !Texts(d.Text).ContainsKey(AuditPerson.From)).ToList();
        var texts = about.ToDictionary(d => d.PersonId, d => d.Text);
        var ids = PeopleOf(entry.DetailHashes).Except(details.Except(about).Select(d => d.PersonId)).ToList();
        if (ids.Count == 0 && MembershipIn(entry.Facts) is { } membership && accounts.TryGetValue(membership, out var account))
            ids.Add(account);
        var people = ids.Select(id => (Id: id, Name: texts.TryGetValue(id, out var text) ? NameIn(text) : null))
            // The second of two details is that of the invitation that was withdrawn: a line, and not whom the entry is about.
            .Where(p => p.Name is not null || !texts.ContainsKey(p.Id)).Select(p => Person(p.Id, p.Name)).ToList();
        // Of several people each line says whose it is.
        var isMany = texts.Values.Count(text => NameIn(text) is not null) > 1;
        return book.Write(entry.Kind, entry.Facts, new(people, [.. about.SelectMany(d => Lines(d.Text, isMany ? NameIn(d.Text) : null))], place));
    }

    private static IEnumerable<LogLine> Lines(string text, string? whose)
    {
        foreach (var (label, words) in Texts(text))
            if (label is not (AuditPerson.Name or AuditPerson.Email))
            {
                var (before, after) = AuditPerson.ReadChange(words);
                yield return new(whose is null ? InWords.Capital(label) : $"{whose}, {label}", before, after);
            }
    }

    private static string? NameIn(string text) => Texts(text).GetValueOrDefault(AuditPerson.Name);

    private static Dictionary<string, string> Texts(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;

    private static IEnumerable<Guid> PeopleOf(string hashes) => hashes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(hash => Guid.ParseExact(hash[..32], "N"));

    private static Guid? MembershipIn(string facts)
    {
        using var json = JsonDocument.Parse(facts);
        return json.RootElement.TryGetProperty("MembershipId", out var id) ? id.GetGuid() : null;
    }
}
