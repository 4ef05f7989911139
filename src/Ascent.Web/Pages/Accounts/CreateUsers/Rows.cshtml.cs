using System.Globalization;
using Ascent.Accounts.Many;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>
/// The preview: what each row would do, and what the chosen ones take of the limits. Ticks are kept with the list by every button, so that
/// going to another page of it loses none.
/// </summary>
public sealed class RowsModel(StaffListJourney lists, Ascent.Accounts.Many.CreateUsers createUsers) : StaffListPage(lists, isAfterConfirm: false)
{
    public const int PageSize = 200;

    /// <summary>Only rows in this state; null shows all.</summary>
    [FromQuery(Name = "state")]
    public RowState? State { get; set; }

    [FromQuery(Name = "at")]
    public int At { get; set; } = 1;

    public CheckedList List { get; private set; } = null!;

    public IReadOnlyList<CheckedRow> Shown { get; private set; } = [];

    public int Pages { get; private set; }

    public int ChosenCount => List.Chosen.Count();

    /// <summary>"Three mails go out, …": what Confirm does beyond making people.</summary>
    public string Effect
    {
        get
        {
            var holders = List.Takers(Permission.SchoolSetup).Count();
            return $"{InWords.Count(ChosenCount, "mail with a sign-up link goes", "mails with sign-up links go")} out, {(holders > 0 ? $"the other School setup holders are told of {InWords.Count(holders, "new one", "new ones")}, " : "")}and you can print the slips with the codes.";
        }
    }

    public IReadOnlyList<(RowState State, int Count)> States => [.. Enum.GetValues<RowState>().Select(s => (s, List.Count(s))).Where(s => s.Item2 > 0)];

    public string Handler(string handler) => $"{Here(State, At)}&handler={handler}";

    public string Here(RowState? state, int at) => string.Create(CultureInfo.InvariantCulture, $"{RowsHref}{(state is null ? "" : $"&state={state}")}{(at > 1 ? $"&at={at}" : "")}");

    public string RestHref => $"{RowsHref}&handler=rest";

    public string MendHref(CheckedRow row) => AccountLinks.MendRow(School.Urn, ListId, row.Number);

    /// <summary>The limited permission for which no seat is left for the row.</summary>
    public static Permission? SeatWanted(CheckedRow row) => row.Reasons.OfType<NoSeatForRow>().FirstOrDefault()?.Permission;

    public async Task OnGetAsync() => await ReadAsync();

    /// <summary>The rows that would not be created, with the reasons, to be mended and given again.</summary>
    public async Task<IActionResult> OnGetRestAsync()
    {
        await ReadAsync();
        return new CsvFile("rows-left-out.csv", (to, cancellationToken) => StaffCsv.WriteAsync(StaffCsv.Rows(List.Rows.Where(r => !r.IsChosen), School.HasTracking), to, cancellationToken));
    }

    /// <summary>Keeps the ticks and goes to another page of the list, or stays.</summary>
    public async Task<IActionResult> OnPostKeepAsync(int[] rows, int[] shown, string? templates, string? to)
    {
        var parts = (to ?? "").Split(' ');
        var state = Enum.TryParse<RowState>(parts[0], out var read) && Enum.IsDefined(read) && parts[0] == read.ToString() ? read : (RowState?)null;
        var at = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;
        return await KeepAsync(rows, shown, templates) ? Redirect(Here(state, at)) : Redirect(DoneHref);
    }

    public async Task<IActionResult> OnPostGiveSeatAsync(int[] rows, int[] shown, string? templates, int row, Permission permission) =>
        await KeepAsync(rows, shown, templates) && await Lists.GiveSeatAsync(ListId, row, permission, School.Actor, HttpContext.RequestAborted) ? Redirect(Here(State, At)) : Redirect(DoneHref);

    public async Task<IActionResult> OnPostWithoutAsync(int[] rows, int[] shown, string? templates, int row, Permission permission) =>
        await KeepAsync(rows, shown, templates) && await Lists.CreateWithoutAsync(ListId, row, permission, School.Actor, HttpContext.RequestAborted) ? Redirect(Here(State, At)) : Redirect(DoneHref);

    public async Task<IActionResult> OnPostConfirmAsync(int[] rows, int[] shown, string? templates)
    {
        if (!await KeepAsync(rows, shown, templates))
            return Redirect(DoneHref);
        var confirmed = await createUsers.ConfirmAsync(ListId, School.Actor, HttpContext.RequestAborted);
        if (confirmed.Succeeded)
            return Redirect(DoneHref);
        if (confirmed.Refusals.OfType<RowsChanged>().FirstOrDefault() is { } changed)
            await Lists.ChangeAsync(ListId, School.Actor, answers => answers with { Chosen = [.. answers.Chosen.Except(changed.Numbers)] }, HttpContext.RequestAborted);
        await ReadAsync(again: true);
        return this.Refused(confirmed.Refusals);
    }

    // The boxes of this page decide for its rows; those of other pages stay as they were. The templates are those that this page has shown.
    private Task<bool> KeepAsync(int[] rows, int[] shown, string? templates) => Lists.ChangeAsync(ListId, School.Actor, answers =>
    {
        var known = answers.Rows.Select(r => r.Number).ToHashSet();
        return answers with { Chosen = [.. answers.Chosen.Except(shown).Concat(rows.Intersect(shown)).Where(known.Contains)], TemplatesSeen = templates ?? "" };
    }, HttpContext.RequestAborted);

    private async Task ReadAsync(bool again = false)
    {
        var answers = again && await Lists.FindAsync(ListId, School.Actor, HttpContext.RequestAborted) is { IsFinished: false } journey ? journey.Answers<CreateUsersAnswers>() : Answers;
        List = await Lists.CheckAsync(answers, School.Actor, HttpContext.RequestAborted);
        var found = List.Rows.Where(r => State is null || r.State == State).ToArray();
        Pages = Math.Max(1, (found.Length + PageSize - 1) / PageSize);
        At = Math.Clamp(At, 1, Pages);
        Shown = [.. found.Skip((At - 1) * PageSize).Take(PageSize)];
    }
}
