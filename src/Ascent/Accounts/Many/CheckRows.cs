using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>Says of every row what would come of it. Asks the database by sets, however many rows there are.</summary>
internal static class CheckRows
{
    /// <param name="chosen">Numbers of the rows that are to be created; null before anybody has chosen: then every row that can be.</param>
    public static async Task<CheckedList> CheckAsync(
        this AppDb db, IReadOnlyList<StaffRow> rows, IReadOnlySet<int>? chosen, Guid organisationId, DateOnly today, CancellationToken cancellationToken)
    {
        var tracking = await db.Set<School>().Where(s => s.Id == organisationId).Select(s => s.IsPrimary).SingleAsync(cancellationToken);
        var templates = await db.SchoolTemplatesAsync(tracking, cancellationToken);
        var read = rows.Select(r => Read(r, tracking, today, templates)).ToArray();
        var here = await db.WhoIsHereAsync([.. read.Where(r => r.Person is not null).Select(r => r.Person!.Email.Key).Distinct()], null, cancellationToken);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i].Person is not { } person)
                continue;
            if (here.TryGetValue(person.Email.Key, out var already))
                read[i] = read[i] with { State = RowState.HereAlready, Reasons = [already] };
            else if (!first.TryAdd(person.Email.Key, read[i].Number))
                read[i] = read[i] with { State = RowState.ToMend, Reasons = [new SameAddress(first[person.Email.Key]), .. read[i].Reasons] };
        }
        var seats = await db.CountSeatsAsync(cancellationToken);
        return new(Seat([.. read.Select(r => r with { IsChosen = r.CanBeChosen && (chosen is null ? r.State == RowState.Ready : chosen.Contains(r.Number)) })], seats), seats);
    }

    private static CheckedRow Read(StaffRow row, bool tracking, DateOnly today, SchoolTemplates templates)
    {
        if (row.Fault is { } fault)
            return new() { Row = row, State = RowState.ToMend, Reasons = [new BrokenRow(fault)] };
        var (person, access) = (row.ReadPerson(), row.ReadAccess(tracking, today, templates));
        var mixes = person.Succeeded && person.Value.MixesScripts;
        return new()
        {
            Row = row,
            Person = person.Succeeded ? person.Value.Person : null,
            Access = access.Succeeded ? access.Value : null,
            Asked = row.ReadPermissions(templates),
            Template = row.ReadTemplate(templates),
            Reasons = [.. person.Refusals, .. access.Refusals, .. mixes ? [new MixedScriptEmail()] : (MixedScriptEmail[])[]],
            State = !person.Succeeded || !access.Succeeded ? RowState.ToMend : mixes ? RowState.ToDecide : RowState.Ready,
        };
    }

    /// <summary>Gives the free seats out: to the chosen rows first, in their order; a row for which none is left cannot be created as it is.</summary>
    private static CheckedRow[] Seat(CheckedRow[] rows, IReadOnlyList<SeatCount> seats)
    {
        foreach (var count in seats)
        {
            var free = count.Limit - count.Used;
            var takers = new List<CheckedRow>();
            foreach (var index in Enumerable.Range(0, rows.Length).Where(i => rows[i].CanBeChosen && rows[i].Seats.Contains(count.Permission)).OrderBy(i => !rows[i].IsChosen).ToArray())
            {
                if (takers.Count >= free)
                    rows[index] = rows[index] with { IsChosen = false, State = RowState.ToMend, Reasons = [new NoSeatForRow(count.Permission, PermissionCatalogue.Of(count.Permission).Tag, Why(count, takers))] };
                else if (rows[index].IsChosen)
                    takers.Add(rows[index]);
            }
        }
        return rows;
    }

    private static string Why(SeatCount count, List<CheckedRow> takers) => takers.Count == 0
        ? $"all {count.Limit} are taken by {InWords.List(count.Holders.Select(h => h.IsPending ? $"{h.Name} (pending)" : h.Name))}"
        : $"{count.InWords}, and {InWords.List(takers.Select(t => $"{t.Name} (row {t.Number})"))} {(takers.Count == 1 ? "takes" : "take")} the rest";
}
