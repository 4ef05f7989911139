using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Pages.Accounts.EditAccess;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>Job role, access and end date of somebody who has not signed up yet.</summary>
public sealed class EditModel(FindPendingUser findPendingUser, ReadSeats readSeats, ReadSchoolChoice readSchools, ChangeAccess changeAccess, ConfirmPassword confirmPassword, TimeProvider clock)
    : EditAccessPage(changeAccess, confirmPassword, clock)
{
    public PendingUserDetails Found { get; private set; } = null!;

    public PendingUser Person => Found.Person;

    public string ListHref => PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsers(Staff.Home));

    public string ReviewHref => $"{AccountLinks.EditPendingUser(Staff.Home, Id)}?handler=Review";

    protected override (string? By, DateTime? At) LastChange => (Found.ChangedBy, Found.ChangedAt);

    protected override string SavedHref => PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsersAfterChange(Staff.Home, Id));

    protected override async Task<Result<EditAccessContext>> FindAsync(CancellationToken cancellationToken)
    {
        if (await findPendingUser.ExecuteAsync(Id, Staff.Actor, cancellationToken) is not { } found)
            return Result.Refuse<EditAccessContext>([await findPendingUser.WhyGoneAsync(Id, Staff.Actor, cancellationToken)]);
        Found = found;
        var seats = await readSeats.ExecuteAsync(Staff.OrganisationId, cancellationToken);
        return new EditAccessContext(Staff, Id, Person.AccountId, Person.Forename, Person.Access, Person.Version, seats, $"It counts when {Person.Forename} signs up.", ListHref)
        {
            Schools = Staff.IsBody ? (await readSchools.ExecuteAsync(Id, Staff.Actor, cancellationToken)).Value : SchoolChoice.None,
            IsOwn = Person.AccountId == Staff.AccountId,
        };
    }
}
