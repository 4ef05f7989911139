using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Many;

/// <summary>
/// Holds a list that is the whole staff against those who are in the school: who comes, who changes, who stays as they are, who would go.
/// Columns that the list does not have say nothing, and leave what people hold.
/// </summary>
/// <param name="own">The account of whoever gives the list: it is never changed, and never leaves.</param>
internal sealed class StaffComparison(IReadOnlyList<MemberNow> members, IReadOnlyCollection<string> columns, Guid own, bool hasTracking, DateOnly today, SchoolTemplates templates)
{
    private readonly Dictionary<string, MemberNow> byEmail = Index(members);

    /// <summary>A row whose person is in the school says what would become of the person; any other stays as it was read.</summary>
    public CheckedRow Compare(CheckedRow row)
    {
        // The name is nobody's to change here, and an address that is known need not be looked at letter by letter.
        if (KeyOf(row) is not { } key || !byEmail.TryGetValue(key, out var member) || row.Row.ReadPerson() is { Succeeded: false })
            return row;
        if (!member.IsHere)
            return row with { Here = member, State = RowState.HereAlready, Reasons = [new AlreadyHere(member.MembershipId, member.FullName, member.State)] };
        var over = row.Row.Over(member.Access, columns, hasTracking);
        var read = over.ReadAccess(hasTracking, today, templates);
        var compared = row with { Row = over, Here = member };
        if (!read.Succeeded)
            return Unchanged(over, member) is { } same ? compared with { Access = same, State = RowState.Unchanged, Reasons = [] }
                : compared with { State = RowState.ToMend, Access = null, Reasons = read.Refusals };
        var after = read.Value.KeepingInert(member.Access, hasTracking);
        var changes = member.Access.DifferenceTo(after, hasTracking);
        var isOwn = changes.Count > 0 && member.AccountId == own;
        return compared with
        {
            Access = isOwn ? member.Access : after,
            Changes = changes,
            State = changes.Count == 0 ? RowState.Unchanged : isOwn ? RowState.HereAlready : RowState.Change,
            Reasons = isOwn ? [new OwnRow()] : [],
        };
    }

    /// <summary>Active and Pending people whose address stands in no row, by surname.</summary>
    /// <param name="others">Memberships that rows meet in another way.</param>
    public IReadOnlyList<Leaver> Leavers(IReadOnlyList<CheckedRow> rows, IReadOnlySet<Guid> others, IReadOnlySet<Guid> chosen)
    {
        var keys = rows.Select(KeyOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var unread = rows.Where(r => KeyOf(r) is null).Select(r => $"{r.Number}").ToArray();
        // Any of the rows that tell no address may be the person.
        var kept = unread.Length == 0 ? null : $"{(unread.Length == 1 ? "Row" : "Rows")} {InWords.List(unread.Take(5))} {(unread.Length == 1 ? "tells" : "tell")} no email address and may be this person: mend {(unread.Length == 1 ? "it" : "them")} first";
        return
        [
            .. from member in members
               where member.IsHere && member.AccountId != own && !keys.Contains(member.EmailKey) && !others.Contains(member.MembershipId)
               select new Leaver(member, kept is null && chosen.Contains(member.MembershipId), kept),
        ];
    }

    // An end date that has passed and is not recorded yet cannot be given anew, but it can stay.
    private AccessChoice? Unchanged(StaffRow over, MemberNow member) =>
        member.Access.EndsOn is { } ended && ended < today && over.ReadAccess(hasTracking, ended, templates) is { Succeeded: true, Value: var same }
        && member.Access.DifferenceTo(same.KeepingInert(member.Access, hasTracking), hasTracking).Count == 0 ? member.Access : null;

    private static string? KeyOf(CheckedRow row) => EmailAddress.Parse(row.Row.Cell(StaffColumns.Email))?.Key;

    private static Dictionary<string, MemberNow> Index(IReadOnlyList<MemberNow> members)
    {
        var index = new Dictionary<string, MemberNow>(StringComparer.Ordinal);
        // Who is here goes before somebody who was; of two invitations to one address the first by name.
        foreach (var member in members.OrderBy(m => !m.IsHere))
            index.TryAdd(member.EmailKey, member);
        return index;
    }
}

/// <summary>Whoever gives the list stays as they are.</summary>
public sealed record OwnRow() : Refusal("own-row", "A list changes nothing of whoever gives it: another administrator can", RefusalKind.Refused);
