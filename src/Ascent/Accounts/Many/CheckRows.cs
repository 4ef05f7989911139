using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>Says of every row what would come of it. Asks the database by sets, however many rows there are.</summary>
internal static class CheckRows
{
    /// <param name="isFirst">Nobody has chosen yet: every row that can be done is chosen, and no leaver.</param>
    /// <param name="own">The account of whoever gives the list.</param>
    public static async Task<CheckedList> CheckAsync(this AppDb db, CreateUsersAnswers answers, bool isFirst, Guid own, Guid organisationId, DateOnly today, CancellationToken cancellationToken)
    {
        var tracking = await db.Set<School>().Where(s => s.Id == organisationId).Select(s => s.IsPrimary).SingleAsync(cancellationToken);
        var templates = await db.SchoolTemplatesAsync(tracking, cancellationToken);
        var read = answers.Rows.Select(r => Read(r, tracking, today, templates)).ToArray();
        var staff = answers.IsWholeStaff ? new StaffComparison(await db.MembersNowAsync(cancellationToken), answers.Columns, own, tracking, today, templates) : null;
        if (staff is not null)
            read = Array.ConvertAll(read, staff.Compare);
        var here = await db.WhoIsHereAsync([.. read.Where(r => r.Person is not null && r.Here is null).Select(r => r.Person!.Email.Key).Distinct()], null, cancellationToken);
        FindDoubles(read, here);
        var leavers = staff?.Leavers(read, here.Values.Select(h => h.MembershipId).ToHashSet(), answers.Leavers) ?? [];
        for (var i = 0; i < read.Length; i++)
            read[i] = read[i] with { IsChosen = read[i].CanBeChosen && (isFirst ? read[i].State != RowState.ToDecide : answers.Chosen.Contains(read[i].Number)) };
        if (staff is not null)
            leavers = KeepAHolder(read, leavers, await db.HoldersAsync(today, cancellationToken));
        var seats = await db.CountSeatsAsync(cancellationToken);
        return new(SeatShare.Share(read, leavers, seats), seats) { Leavers = leavers };
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

    private static void FindDoubles(CheckedRow[] read, Dictionary<string, AlreadyHere> here)
    {
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
    }

    /// <summary>
    /// When nobody would be left who holds School setup without an end date, those who hold it now stay as they are; and whoever is the only
    /// one left cannot be ticked. The save asks the same once more.
    /// </summary>
    private static IReadOnlyList<Leaver> KeepAHolder(CheckedRow[] rows, IReadOnlyList<Leaver> leavers, List<Member> holders)
    {
        var going = leavers.Where(l => l.IsChosen).Select(l => l.Member.MembershipId).Concat(rows.Where(r => r.IsChosen && Weakens(r)).Select(r => r.Here!.MembershipId)).ToHashSet();
        var staying = holders.Where(h => h.EndsOn is null && !going.Contains(h.MembershipId)).Select(h => h.MembershipId)
            .Concat(rows.Where(r => r.IsChosen && MakesLastingHolder(r)).Select(r => r.Here!.MembershipId)).ToHashSet();
        if (staying.Count == 0)
            staying.UnionWith(holders.Where(h => h.EndsOn is null).Select(h => h.MembershipId));
        else
            going.Clear();
        var kept = holders.Where(h => going.Contains(h.MembershipId) || staying.All(id => id == h.MembershipId)).ToDictionary(h => h.MembershipId, h => new LastHolder(h.FullName));
        for (var i = 0; i < rows.Length; i++)
            if (Weakens(rows[i]) && kept.TryGetValue(rows[i].Here!.MembershipId, out var last))
                rows[i] = rows[i] with { IsChosen = false, State = RowState.ToMend, Reasons = [last] };
        return [.. leavers.Select(l => kept.TryGetValue(l.Member.MembershipId, out var last) ? l with { IsChosen = false, Kept = last.Message } : l)];
    }

    private static bool MakesLastingHolder(CheckedRow row) =>
        row is { State: RowState.Change, Here.State: MembershipState.Active, Access.EndsOn: null } && row.Permissions.Has(Permission.SchoolSetup);

    private static bool Weakens(CheckedRow row) =>
        row is { State: RowState.Change, Here: { } member } && member.Access.Permissions.Has(Permission.SchoolSetup)
        && (!row.Permissions.Has(Permission.SchoolSetup) || (row.Access!.EndsOn is { } ends && (member.Access.EndsOn is null || ends < member.Access.EndsOn)));
}
