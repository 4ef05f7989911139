using Ascent.Accounts;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Pages.Accounts.EditAccess;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>Job role, access and end date of somebody who has not signed up yet.</summary>
public sealed class EditModel(FindPendingUser findPendingUser, ReadSeats readSeats, ChangeAccess changeAccess, ConfirmPassword confirmPassword, TimeProvider clock)
    : EditAccessPage(changeAccess, confirmPassword, clock)
{
    public PendingUserDetails Found { get; private set; } = null!;

    public PendingUser Person => Found.Person;

    public string ListHref => PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsers(School.Home));

    public string ReviewHref => $"{AccountLinks.EditPendingUser(School.Home, Id)}?handler=Review";

    protected override (string? By, DateTime? At) LastChange => (Found.ChangedBy, Found.ChangedAt);

    protected override string SavedHref => PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsersAfterChange(School.Home, Id));

    protected override async Task<Result<EditAccessContext>> FindAsync(CancellationToken cancellationToken)
    {
        if (await findPendingUser.ExecuteAsync(Id, School.Actor, cancellationToken) is not { } found)
            return Result.Refuse<EditAccessContext>([await findPendingUser.WhyGoneAsync(Id, School.Actor, cancellationToken)]);
        Found = found;
        var seats = await readSeats.ExecuteAsync(School.OrganisationId, cancellationToken);
        return new EditAccessContext(School, Id, Person.Forename, Person.Access, Person.Version, seats, $"It counts when {Person.Forename} signs up.", ListHref)
        {
            IsOwn = Person.AccountId == School.AccountId,
        };
    }
}
