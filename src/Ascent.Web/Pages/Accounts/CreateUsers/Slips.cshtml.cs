using Ascent.Accounts.Many;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Accounts.PendingUsers;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>A slip for each person of the list who has not signed up yet, a page each. Opened by a button only, since opening it is logged.</summary>
public sealed class SlipsModel(StaffListJourney lists, ShowActivationCodes showActivationCodes, TimeProvider clock) : StaffListPage(lists, isAfterConfirm: true)
{
    public ShownCodes Shown { get; private set; } = null!;

    public string ListHref => DoneHref;

    public SlipSheet Sheet(Ascent.Accounts.ShownCode code) => new(code, School.Name, HttpContext.Person()!, clock.Now());

    public IActionResult OnGet() => Redirect(DoneHref);

    public async Task<IActionResult> OnPostAsync()
    {
        if (Ascent.Accounts.Many.CreateUsers.Progress(Journey).Outcome is not { } outcome)
            return Redirect(DoneHref);
        var shown = await showActivationCodes.ExecuteAsync([.. outcome.MembershipIds], School.Actor, HttpContext.RequestAborted);
        if (!shown.Succeeded)
            return this.Refused(shown.Refusals);
        Shown = shown.Value;
        return Page();
    }
}
