using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>What Confirm would do, in words.</summary>
public sealed class ConfirmWords(CheckedList list, bool isWholeStaff)
{
    private readonly int coming = list.Coming.Count();
    private readonly int changing = list.Changing.Count();
    private readonly int deactivated = list.Leaving.Count(l => l.Member.State == MembershipState.Active);
    private readonly int deleted = list.Leaving.Count(l => l.Member.State == MembershipState.Pending);

    public bool IsNothing => coming + changing + deactivated + deleted == 0;

    public string Heading => isWholeStaff ? "Check what the staff list would do" : $"Check {InWords.Count(list.Rows.Count, "row", "rows")} before anyone is created";

    public string Button => isWholeStaff ? "Confirm the staff list" : "Confirm and create";

    /// <summary>"On confirm: 3 people are created, 2 are changed, …".</summary>
    public string Counts
    {
        get
        {
            if (IsNothing)
                return isWholeStaff ? "Nothing is ticked." : "No row is ticked.";
            var leftOut = list.Rows.Count(r => !r.IsChosen && r.State != RowState.Unchanged);
            (int Count, string One, string Many)[] parts =
            [
                (coming, "person is created", "people are created"), (changing, "person is changed", "people are changed"), (deactivated, "person is deactivated", "people are deactivated"),
                (deleted, "invitation is taken back", "invitations are taken back"), (leftOut, "row is left out", "rows are left out"),
            ];
            return $"On confirm: {(isWholeStaff ? InWords.List(Told(parts)) : string.Join(", ", Told(parts)))}.";
        }
    }

    /// <summary>What it does beyond that: who is told, and what comes next.</summary>
    public string Effect
    {
        get
        {
            if (IsNothing)
                return isWholeStaff ? "Tick what should be done." : "Tick at least one that is ready.";
            var holders = list.Chosen.Count(r => r.MakesHolder);
            var told = changing + deactivated;
            string[] sentences =
            [
                .. coming > 0 ? [$"{InWords.Count(coming, "mail with a sign-up link goes", "mails with sign-up links go")} out, {(holders > 0 ? $"the other School setup holders are told of {InWords.Count(holders, "new one", "new ones")}, " : "")}and you can print the slips with the codes."]
                    : holders > 0 ? [$"The other School setup holders are told of {InWords.Count(holders, "new one", "new ones")}."] : Array.Empty<string>(),
                .. told > 0 ? ["Whoever has signed up and is changed or deactivated is told by mail."] : Array.Empty<string>(),
                .. isWholeStaff ? ["All of it happens, or none."] : Array.Empty<string>(),
            ];
            return string.Join(' ', sentences);
        }
    }

    /// <summary>"row 2 takes one; Ann Bell gives one back".</summary>
    public string OfLimit(Permission permission)
    {
        var takers = list.Takers(permission).Select(t => $"{t.Number}").ToArray();
        var giving = list.Giving(permission).Select(m => m.FullName).ToArray();
        var takes = takers.Length == 0 ? (giving.Length == 0 ? "no ticked row asks for one" : null)
            : $"{(takers.Length == 1 ? "row" : "rows")} {InWords.List(takers)} {(takers.Length == 1 ? "takes one" : $"take {takers.Length}")}";
        var gives = giving.Length == 0 ? null : $"{InWords.List(giving)} {(giving.Length == 1 ? "gives one" : $"give {giving.Length}")} back";
        return string.Join("; ", new[] { gives, takes }.OfType<string>());
    }

    private static IEnumerable<string> Told((int Count, string One, string Many)[] parts) => parts.Where(p => p.Count > 0).Select(p => InWords.Count(p.Count, p.One, p.Many));
}
