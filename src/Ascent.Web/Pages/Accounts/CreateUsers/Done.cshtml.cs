using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared.Text;
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

    public string Heading => Outcome is not { } outcome ? ""
        : outcome.MembershipIds.Count > 0 ? $"{InWords.Count(outcome.MembershipIds.Count, "person is", "people are")} created"
        : outcome.AtOnce.IsNothing ? "Nobody was created" : "The staff list is done";

    /// <summary>What was done to people who were here; null when nothing was.</summary>
    public string? AtOnce
    {
        get
        {
            if (Outcome is not { AtOnce: { IsNothing: false } done })
                return null;
            (int Count, string One, string Many)[] parts =
                [(done.Changed, "person was changed", "people were changed"), (done.Deactivated, "person was deactivated", "people were deactivated"), (done.Deleted, "invitation was taken back", "invitations were taken back")];
            return $"{InWords.List(parts.Where(p => p.Count > 0).Select(p => InWords.Count(p.Count, p.One, p.Many)))}. The log names them.";
        }
    }

    public string AgainHref => DoneHref;

    public string SlipsHref => AccountLinks.CreateUsers(School.Home, "slips", ListId);

    public async Task<IActionResult> OnGetAsync()
    {
        Progress = Ascent.Accounts.Many.CreateUsers.Progress(Journey);
        if (Outcome is not null)
            Names = await created.NamesAsync(Outcome.MembershipIds.Take(MostNames), School.Actor, HttpContext.RequestAborted);
        return Page();
    }
}
