using System.Globalization;
using Ascent.Accounts.Many;
using Ascent.Shared.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>
/// The preview: what each row would do, who would leave, and what the chosen ones take of the limits. Ticks are kept with the list by every
/// button, so that going to another page of it loses none.
/// </summary>
public sealed class RowsModel(StaffListJourney lists, Ascent.Accounts.Many.CreateUsers createUsers) : StaffListPage(lists, isAfterConfirm: false)
{
    public const int PageSize = 200;

    [FromQuery(Name = "state")]
    public RowState? State { get; set; }

    [FromQuery(Name = "leavers")]
    public string? Leavers { get; set; }

    [FromQuery(Name = "at")]
    public int At { get; set; } = 1;

    public CheckedList List { get; private set; } = null!;

    public RowsView View { get; private set; } = new();

    public IReadOnlyList<CheckedRow> Shown { get; private set; } = [];

    public IReadOnlyList<Leaver> ShownLeavers { get; private set; } = [];

    public int Pages { get; private set; }

    public ConfirmWords Words => new(List, Answers.IsWholeStaff);

    public IReadOnlyList<(RowState State, int Count)> States => [.. Enum.GetValues<RowState>().Select(s => (s, List.Count(s))).Where(s => s.Item2 > 0)];

    /// <summary>Names in which a wrongly taken encoding would be seen.</summary>
    public IReadOnlyList<string> Samples => [.. List.Rows.Select(r => r.Name).Where(name => name.Any(c => c > '\u007f')).Take(3)];

    public string Handler(string handler) => $"{RowsHref}{View.Query}&handler={handler}";

    public string RestHref => $"{RowsHref}&handler=rest";

    public string MendHref(CheckedRow row) => AccountLinks.MendRow(School.Home, ListId, row.Number);

    /// <summary>The limited permission for which no seat is left for the row.</summary>
    public static Permission? SeatWanted(CheckedRow row) => row.Reasons.OfType<NoSeatForRow>().FirstOrDefault()?.Permission;

    /// <summary>Whose membership was looked at in which version, for what the form posts.</summary>
    public static string Seen(MemberNow member) => string.Create(CultureInfo.InvariantCulture, $"{member.MembershipId:N} {member.Version}");

    public async Task OnGetAsync() => await ReadAsync();

    /// <summary>The rows that would not be done, with the reasons, to be mended and given again.</summary>
    public async Task<IActionResult> OnGetRestAsync()
    {
        await ReadAsync();
        var rest = List.Rows.Where(r => !r.IsChosen && r.State != RowState.Unchanged);
        return new CsvFile("rows-left-out.csv", (to, cancellationToken) => StaffCsv.WriteAsync(StaffCsv.Rows(rest, School.HasTracking), to, cancellationToken));
    }

    /// <summary>Keeps the ticks and goes to another page of the list, or stays.</summary>
    public async Task<IActionResult> OnPostKeepAsync(Ticks ticks, string? to) => await KeepAsync(ticks) ? Redirect($"{RowsHref}{RowsView.Read(to).Query}") : Redirect(DoneHref);

    public async Task<IActionResult> OnPostGiveSeatAsync(Ticks ticks, int row, Permission permission) =>
        await KeepAsync(ticks) && await Lists.GiveSeatAsync(ListId, row, permission, School.Actor, HttpContext.RequestAborted) ? Redirect($"{RowsHref}{Asked.Query}") : Redirect(DoneHref);

    public async Task<IActionResult> OnPostWithoutAsync(Ticks ticks, int row, Permission permission) =>
        await KeepAsync(ticks) && await Lists.CreateWithoutAsync(ListId, row, permission, School.Actor, HttpContext.RequestAborted) ? Redirect($"{RowsHref}{Asked.Query}") : Redirect(DoneHref);

    public async Task<IActionResult> OnPostConfirmAsync(Ticks ticks)
    {
        if (!await KeepAsync(ticks))
            return Redirect(DoneHref);
        var confirmed = await createUsers.ConfirmAsync(ListId, School.Actor, HttpContext.RequestAborted);
        if (confirmed.Succeeded)
            return Redirect(DoneHref);
        if (confirmed.Refusals.OfType<RowsChanged>().FirstOrDefault() is { } changed)
            await Lists.LookAgainAsync(ListId, changed, School.Actor, HttpContext.RequestAborted);
        await ReadAsync(again: true);
        return this.Refused(confirmed.Refusals);
    }

    private RowsView Asked => new(State, Leavers is not null, At);

    private Task<bool> KeepAsync(Ticks ticks) => Lists.ChangeAsync(ListId, School.Actor, ticks.Into, HttpContext.RequestAborted);

    private async Task ReadAsync(bool again = false)
    {
        var answers = again && await Lists.FindAsync(ListId, School.Actor, HttpContext.RequestAborted) is { IsFinished: false } journey ? journey.Answers<CreateUsersAnswers>() : Answers;
        List = await Lists.CheckAsync(answers, School.Actor, HttpContext.RequestAborted);
        var found = List.Rows.Where(r => State is null ? r.State != RowState.Unchanged : r.State == State).ToArray();
        var all = Asked.Leavers ? List.Leavers.Count : found.Length;
        Pages = Math.Max(1, (all + PageSize - 1) / PageSize);
        View = Asked with { At = Math.Clamp(At, 1, Pages) };
        var skipped = (View.At - 1) * PageSize;
        if (View.Leavers)
            ShownLeavers = [.. List.Leavers.Skip(skipped).Take(PageSize)];
        else
            Shown = [.. found.Skip(skipped).Take(PageSize)];
    }
}
