using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Bodies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class IndexModel(ListUsers listUsers, FindUser findUser, ExportUsers exportUsers, ListBodySchools listSchools, TimeProvider clock) : PageModel
{
    /// <summary>Ticked before the page of the effect was left again.</summary>
    [FromQuery(Name = "id")]
    public Guid[] Ticked { get; set; } = [];

    public Staff Staff => HttpContext.Staff();

    public UsersView View => UsersView.Read(Request.Query);

    public UsersPage List { get; private set; } = null!;

    public UsersNotice? Notice { get; private set; }

    /// <summary>In an authority or trust: which organisation's users.</summary>
    public SchoolPicker? Picker { get; private set; }

    public DateTime Now { get; private set; }

    private string ListAddress => AccountLinks.ManageUsers(Staff.Home);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await PickAsync() is { } picked)
            return Redirect(picked);
        await ReadAsync();
        Notice = await NoticeAsync();
        return Page();
    }

    /// <summary>The whole list as it is filtered, in a file.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        if (Staff.IsFromAbove)
            return NotFound();
        var query = View.First.Query;
        var begun = await exportUsers.BeginAsync(query, Staff.Actor, HttpContext.RequestAborted);
        if (!begun.Succeeded)
            return await AgainAsync(begun.Refusals);
        var actor = Staff.Actor;
        return new CsvFile(
            $"users-{Staff.Code}-{clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", (to, cancellationToken) => exportUsers.WriteAsync(query, actor, to, cancellationToken));
    }

    /// <summary>A deed for those ticked: to the page that shows its effect.</summary>
    public async Task<IActionResult> OnPostSelectedAsync(string deed, Guid[] ids)
    {
        if (Staff.IsFromAbove)
            return NotFound();
        if (ids.Length == 0)
            return await AgainAsync([new PendingUsers.NobodyTicked()]);
        return Redirect(View.In(deed == "end-date" ? AccountLinks.SetEndDates(Staff.Home, ids) : AccountLinks.DeactivateUsers(Staff.Home, ids)));
    }

    /// <summary>The list in another view.</summary>
    public string Href(UsersView view) => view.In(ListAddress);

    /// <summary>What a button of the list posts to; the list stays as it is.</summary>
    public string Handler(string name) => View.In($"{ListAddress}?handler={name}");

    private async Task<string?> PickAsync()
    {
        Picker = await WhoseUsers.PickerAsync(Staff, "users/manage", listSchools, Request.Query[SchoolPicker.Field], HttpContext.RequestAborted);
        return Picker?.Only is { } school ? Picker.Href(school) : null;
    }

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Refusal> refusals)
    {
        await PickAsync();
        await ReadAsync();
        return this.Refused(refusals);
    }

    private async Task ReadAsync()
    {
        Now = clock.Now();
        List = await listUsers.ExecuteAsync(Staff.Actor, View.Query, HttpContext.RequestAborted);
    }

    private async Task<UsersNotice?> NoticeAsync()
    {
        if (NumberOf("deactivatedmany") is > 0 and var closed)
            return UsersNotice.DeactivatedMany(closed, Staff.It).WithLeftOut(NumberOf("leftout"));
        if (NumberOf("enddates") is > 0 and var dated)
            return UsersNotice.EndDatesSet(dated).WithLeftOut(NumberOf("leftout"));
        if (NumberOf("deleted") > 0)
            return UsersNotice.Deleted;
        return await PersonAsync("changed") is { } changed ? UsersNotice.Changed(changed.FullName, changed.IsYou)
            : await PersonAsync("deactivated") is { } deactivated ? UsersNotice.Deactivated(deactivated.FullName, Staff.It)
            : await PersonAsync("signedout") is { } signedOut ? UsersNotice.SessionsEnded(signedOut.FullName, Staff.It)
            : null;
    }

    /// <summary>By the id, not from the rows: whom it was done for may be on another page of the list now.</summary>
    private async Task<UserRow?> PersonAsync(string what) =>
        Guid.TryParseExact(Request.Query[what], "N", out var id) && await findUser.ExecuteAsync(id, Staff.Actor, HttpContext.RequestAborted) is { Succeeded: true } found ? found.Value.Person : null;

    private int NumberOf(string what) => int.TryParse(Request.Query[what], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
