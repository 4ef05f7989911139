using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Journeys;
using Ascent.Web.Pages.Bodies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

public sealed class IndexModel(
    ListPendingUsers listPendingUsers, FindPendingUser findPendingUser, ShowActivationCode showActivationCode, NewCode newCode, ResendInvitation resendInvitation,
    CreateUserJourney journeys, ListBodySchools listSchools, TimeProvider clock) : PageModel
{
    /// <summary>Ticked before the page of the effect was left again.</summary>
    [FromQuery(Name = "id")]
    public Guid[] Ticked { get; set; } = [];

    public Staff Staff => HttpContext.Staff();

    public PendingUsersView View => PendingUsersView.Read(Request.Query);

    public PendingUsersPage List { get; private set; } = null!;

    public PendingNotice? Notice { get; private set; }

    /// <summary>In an authority or trust: which organisation's pending users.</summary>
    public SchoolPicker? Picker { get; private set; }

    /// <summary>The one code that is shown.</summary>
    public ShownCode? Shown { get; private set; }

    public DateTime Now { get; private set; }

    private string ListAddress => AccountLinks.PendingUsers(Staff.Home);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await PickAsync() is { } picked)
            return Redirect(picked);
        await ReadAsync();
        Notice = await NoticeAsync();
        return Page();
    }

    /// <summary>The answer itself holds the code: it is in no address, and a page that is left has it no more.</summary>
    public async Task<IActionResult> OnPostShowCodeAsync(Guid id)
    {
        var shown = await showActivationCode.ExecuteAsync(new(id, ForSlip: false), Staff.Actor, HttpContext.RequestAborted);
        if (shown.Succeeded)
            Shown = shown.Value;
        return await AgainAsync(shown.Refusals);
    }

    public async Task<IActionResult> OnPostResendAsync(Guid id)
    {
        var resent = await resendInvitation.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted);
        return resent.Succeeded ? Redirect(View.In(AccountLinks.PendingUsersAfterResend(Staff.Home, id, resent.Value.NewCode))) : await AgainAsync(resent.Refusals);
    }

    public async Task<IActionResult> OnPostNewCodeAsync(Guid id)
    {
        var made = await newCode.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted);
        return made.Succeeded ? Redirect(View.In(AccountLinks.PendingUsersAfterNewCode(Staff.Home, id))) : await AgainAsync(made.Refusals);
    }

    /// <summary>Opens the journey with this person's answers. Nothing is withdrawn before its last page.</summary>
    public async Task<IActionResult> OnPostCreateAgainAsync(Guid id)
    {
        if (!Staff.IsOwnSchool || await findPendingUser.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        var journey = await journeys.BeginAgainAsync(HttpContext.School(), found.Person, HttpContext.RequestAborted);
        return Redirect(AccountLinks.CreateUser(Staff.Home, CreateUserSteps.About, journey, change: true));
    }

    /// <summary>A deed for those ticked: to the page that shows its effect.</summary>
    public async Task<IActionResult> OnPostSelectedAsync(string deed, Guid[] ids)
    {
        if (Staff.IsFromAbove)
            return NotFound();
        if (ids.Length == 0)
            return await AgainAsync([new NobodyTicked()]);
        return Redirect(View.In(deed == "delete" ? AccountLinks.DeletePendingUsers(Staff.Home, ids) : AccountLinks.ResendInvitations(Staff.Home, ids)));
    }

    /// <summary>The list in another view.</summary>
    public string Href(PendingUsersView view) => view.In(ListAddress);

    /// <summary>What a button of the list posts to; the list stays as it is.</summary>
    public string Handler(string name) => View.In($"{ListAddress}?handler={name}");

    public bool IsNew(PendingUser row) => IdOf("created") == row.MembershipId;

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Refusal> refusals)
    {
        await PickAsync();
        await ReadAsync();
        return refusals.Count > 0 ? this.Refused(refusals) : Page();
    }

    private async Task<string?> PickAsync()
    {
        Picker = await WhoseUsers.PickerAsync(Staff, "users/pending", listSchools, Request.Query[SchoolPicker.Field], HttpContext.RequestAborted);
        return Picker?.Only is { } school ? Picker.Href(school) : null;
    }

    private async Task ReadAsync()
    {
        Now = clock.Now();
        List = await listPendingUsers.ExecuteAsync(Staff.Actor, View.Query, HttpContext.RequestAborted);
    }

    private async Task<PendingNotice?> NoticeAsync()
    {
        if (NumberOf("deleted") is > 0 and var deleted)
            return PendingNotice.Deleted(deleted).WithLeftOut(NumberOf("leftout"));
        if (NumberOf("resentto") is > 0 and var resent)
            return PendingNotice.ResentTo(resent).WithLeftOut(NumberOf("leftout"));
        return await PersonAsync("created") is { } created ? PendingNotice.Created(created)
            : await PersonAsync("resent") is { } one ? PendingNotice.Resent(one, newCode: NumberOf("newcode") == 1)
            : await PersonAsync("renewed") is { } renewed ? PendingNotice.Renewed(renewed)
            : await PersonAsync("changed") is { } changed ? PendingNotice.Changed(changed)
            : null;
    }

    /// <summary>By the id, not from the rows: whom it was done for may be on another page of the list now.</summary>
    private async Task<PendingUser?> PersonAsync(string what) =>
        IdOf(what) is { } id ? (await findPendingUser.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted))?.Person : null;

    private Guid? IdOf(string what) => Guid.TryParseExact(Request.Query[what], "N", out var id) ? id : null;

    private int NumberOf(string what) => int.TryParse(Request.Query[what], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>A deed for many was pressed with no box ticked.</summary>
public sealed record NobodyTicked() : Refusal("nobody-ticked", "Tick at least one person", RefusalKind.Field, "ids");
