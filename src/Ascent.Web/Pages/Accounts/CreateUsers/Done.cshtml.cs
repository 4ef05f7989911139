using Ascent.Accounts;
using Ascent.Accounts.Many;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>How far it is, and what came of it. The page can be left and found again; opening it makes nothing.</summary>
public sealed class DoneModel(StaffListJourney lists, CreatedUsers created) : StaffListPage(lists, isAfterConfirm: true)
{
    /// <summary>Names beyond this are counted only; all of them are on Pending users.</summary>
    public const int MostNames = 100;

    public CreateUsersProgress Progress { get; private set; } = null!;

    public CreateUsersOutcome? Outcome => Progress.Outcome;

    public IReadOnlyList<string> Names { get; private set; } = [];

    public string AgainHref => DoneHref;

    public string SlipsHref => AccountLinks.CreateUsers(School.Urn, "slips", ListId);

    public async Task<IActionResult> OnGetAsync()
    {
        Progress = Ascent.Accounts.Many.CreateUsers.Progress(Journey);
        if (Outcome is not null)
            Names = await created.NamesAsync(Outcome.MembershipIds.Take(MostNames), School.Actor, HttpContext.RequestAborted);
        return Page();
    }
}
