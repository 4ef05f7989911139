using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class ReactivateModel(FindUser findUser, ReactivateUser reactivateUser, TimeProvider clock) : UserDeedPage(findUser)
{
    [BindProperty]
    public DateParts EndsOn { get; set; } = new();

    /// <summary>The old last day has passed, so the box is empty.</summary>
    public bool OldEndHasPassed => Person.EndsOn < clock.Today();

    /// <summary>A limited right of the person has no free seat.</summary>
    public bool LacksSeat { get; private set; }

    public IActionResult OnGet()
    {
        // Before anything is typed: the way to the password and back would lose it.
        if (Person.Permissions.Administers && !Staff.Actor.IsFresh)
            return this.Refused([new ConfirmItIsYou()]);
        EndsOn = DateParts.From(OldEndHasPassed ? null : Person.EndsOn);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!EndsOn.IsEmpty && EndsOn.Date is null)
            return this.Refused([new EndDateRefusal("Enter a day that exists, such as 31 8 2027, or leave all three boxes empty")]);
        var done = await reactivateUser.ExecuteAsync(new(Id, EndsOn.Date), Staff.Actor, HttpContext.RequestAborted);
        LacksSeat = done.Refusals.OfType<SeatsFull>().Any();
        return DoneToPending(done);
    }
}
