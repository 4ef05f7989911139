using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Many;

/// <summary>
/// Gives the seats out as they will be when all that is ticked is done: those of leavers and of people who need theirs no more are free
/// for the others. A row for which none is left cannot be done as it is.
/// </summary>
internal static class SeatShare
{
    public static CheckedRow[] Share(CheckedRow[] rows, IReadOnlyList<Leaver> leavers, IReadOnlyList<SeatCount> seats)
    {
        // A row that falls away does not give back what it would have given: then those who counted on that have to be looked at again.
        for (var before = -1; before != Chosen(rows);)
        {
            before = Chosen(rows);
            foreach (var count in seats)
                Share(rows, leavers, count);
        }
        return rows;
    }

    private static int Chosen(CheckedRow[] rows) => rows.Count(r => r.IsChosen);

    private static void Share(CheckedRow[] rows, IReadOnlyList<Leaver> leavers, SeatCount count)
    {
        var freed = leavers.Count(l => l.IsChosen && l.Member.Access.Permissions.SeatsNeeded().Contains(count.Permission)) + rows.Count(r => r.IsChosen && r.Frees.Contains(count.Permission));
        var free = count.Limit - count.Used + freed;
        var takers = new List<CheckedRow>();
        // The chosen rows first, in their order.
        foreach (var index in Enumerable.Range(0, rows.Length).Where(i => rows[i].CanBeChosen && rows[i].Takes.Contains(count.Permission)).OrderBy(i => !rows[i].IsChosen).ToArray())
        {
            if (takers.Count >= free)
                rows[index] = rows[index] with { IsChosen = false, State = RowState.ToMend, Reasons = [new NoSeatForRow(count.Permission, PermissionCatalogue.Of(count.Permission).Tag, Why(count, takers, leavers))] };
            else if (rows[index].IsChosen)
                takers.Add(rows[index]);
        }
    }

    private static string Why(SeatCount count, List<CheckedRow> takers, IReadOnlyList<Leaver> leavers)
    {
        var why = takers.Count == 0 ? $"all {count.Limit} are taken by {InWords.List(count.Holders.Select(h => h.IsPending ? $"{h.Name} (pending)" : h.Name))}"
            : $"{count.InWords}, and {InWords.List(takers.Select(t => $"{t.Name} (row {t.Number})"))} {(takers.Count == 1 ? "takes" : "take")} the rest";
        var going = leavers.Where(l => !l.IsChosen && l.Kept is null && l.Member.Access.Permissions.SeatsNeeded().Contains(count.Permission)).Select(l => l.Member.FullName).ToArray();
        return going.Length == 0 ? why : $"{why}. {InWords.List(going)} {(going.Length == 1 ? "is" : "are")} not on the list: a tick there frees a seat";
    }
}
