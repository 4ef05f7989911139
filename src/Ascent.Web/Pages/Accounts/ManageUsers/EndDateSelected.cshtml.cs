using Ascent.Accounts;
using Ascent.Shared.Text;
using Ascent.Web.Components;
using Ascent.Web.Pages.Accounts.PendingUsers;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

public sealed class EndDateSelectedModel(ReadSelectedUsers readSelected, SetEndDates setEndDates) : SelectedUsersPage(readSelected)
{
    [BindProperty]
    public DateParts EndsOn { get; set; } = new();

    public override string Caption => "Users who get an end date";

    public override PendingLinkWords Effect(UserRow person) =>
        new("clock", "", "A last day of access", [person.EndsOn is { } day ? $"Now: {InWords.Date(day)}" : "Now: none"]);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!EndsOn.IsEmpty && EndsOn.Date is null)
            return this.Refused([new EndDateRefusal("Enter a day that exists, such as 31 8 2027")]);
        var done = await setEndDates.ExecuteAsync(Ids, EndsOn.Date, Staff.Actor, HttpContext.RequestAborted);
        return done.Succeeded
            ? Redirect(View.First.In(AccountLinks.ManageUsersAfterMany(Staff.Home, "enddates", done.Value.Done, done.Value.LeftOut.Count)))
            : this.Refused(done.Refusals);
    }
}
