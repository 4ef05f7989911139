using System.Globalization;
using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class IndexModel(ListUsers listUsers, FindUser findUser, ExportUsers exportUsers, TimeProvider clock) : PageModel
{
    /// <summary>Ticked before the page of the effect was left again.</summary>
    [FromQuery(Name = "id")]
    public Guid[] Ticked { get; set; } = [];

    public SchoolAccess School => HttpContext.School();

    public UsersView View => UsersView.Read(Request.Query);

    public UsersPage List { get; private set; } = null!;

    public UsersNotice? Notice { get; private set; }

    public DateTime Now { get; private set; }

    private string ListAddress => AccountLinks.ManageUsers(School.Home);

    public async Task OnGetAsync()
    {
        await ReadAsync();
        Notice = await NoticeAsync();
    }

    /// <summary>The whole list as it is filtered, in a file.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        var query = View.First.Query;
        var begun = await exportUsers.BeginAsync(query, School.Actor, HttpContext.RequestAborted);
        if (!begun.Succeeded)
            return await AgainAsync(begun.Refusals);
        var actor = School.Actor;
        return new CsvFile(
            $"users-{School.Urn}-{clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", (to, cancellationToken) => exportUsers.WriteAsync(query, actor, to, cancellationToken));
    }

    /// <summary>A deed for those ticked: to the page that shows its effect.</summary>
    public async Task<IActionResult> OnPostSelectedAsync(string deed, Guid[] ids)
    {
        if (ids.Length == 0)
            return await AgainAsync([new PendingUsers.NobodyTicked()]);
        return Redirect(View.In(deed == "end-date" ? AccountLinks.SetEndDates(School.Home, ids) : AccountLinks.DeactivateUsers(School.Home, ids)));
    }

    /// <summary>The list in another view.</summary>
    public string Href(UsersView view) => view.In(ListAddress);

    /// <summary>What a button of the list posts to; the list stays as it is.</summary>
    public string Handler(string name) => View.In($"{ListAddress}?handler={name}");

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Refusal> refusals)
    {
        await ReadAsync();
        return this.Refused(refusals);
    }

    private async Task ReadAsync()
    {
        Now = clock.Now();
        List = await listUsers.ExecuteAsync(School.Actor, View.Query, HttpContext.RequestAborted);
    }

    private async Task<UsersNotice?> NoticeAsync()
    {
        if (NumberOf("deactivatedmany") is > 0 and var closed)
            return UsersNotice.DeactivatedMany(closed).WithLeftOut(NumberOf("leftout"));
        if (NumberOf("enddates") is > 0 and var dated)
            return UsersNotice.EndDatesSet(dated).WithLeftOut(NumberOf("leftout"));
        if (NumberOf("deleted") > 0)
            return UsersNotice.Deleted;
        return await PersonAsync("changed") is { } changed ? UsersNotice.Changed(changed.FullName, changed.IsYou)
            : await PersonAsync("deactivated") is { } deactivated ? UsersNotice.Deactivated(deactivated.FullName)
            : await PersonAsync("signedout") is { } signedOut ? UsersNotice.SessionsEnded(signedOut.FullName)
            : null;
    }

    /// <summary>By the id, not from the rows: whom it was done for may be on another page of the list now.</summary>
    private async Task<UserRow?> PersonAsync(string what) =>
        Guid.TryParseExact(Request.Query[what], "N", out var id) && await findUser.ExecuteAsync(id, School.Actor, HttpContext.RequestAborted) is { Succeeded: true } found ? found.Value.Person : null;

    private int NumberOf(string what) => int.TryParse(Request.Query[what], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
