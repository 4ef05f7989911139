using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Ascent.Web.Pages.Accounts.EditAccess;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>Everything about one user that an administrator may change, and what else can be done for them.</summary>
public sealed class EditModel(FindUser findUser, ReadSeats readSeats, ReadSchoolChoice readSchools, ChangeAccess changeAccess, ConfirmPassword confirmPassword, TimeProvider clock)
    : EditAccessPage(changeAccess, confirmPassword, clock)
{
    public UserDetails Found { get; private set; } = null!;

    public UserRow Person => Found.Person;

    /// <summary>Deactivated, or ended and recorded so: nothing opens it but signing up again.</summary>
    public bool IsClosed => Person.Status == UserStatus.Deactivated || Found.IsRecordedAsEnded;

    public string StatusLine => Person switch
    {
        { Status: UserStatus.Deactivated } => $"since {InWords.Date(Person.StatusSince)}{(Found.StatusBy is { } by ? $", by {by}" : "")}",
        { Status: UserStatus.Ended, EndsOn: { } ended } => $"after {InWords.Date(ended)}",
        { IsDormant: true } => $"since {InWords.Date(Person.StatusSince)}, not opened for 6 months",
        { EndsOn: { } ends } => $"until {InWords.Date(ends)}",
        _ => $"since {InWords.Date(Person.StatusSince)}",
    };

    public UsersView View => UsersView.Read(Request.Query);

    public string ListHref => View.ListHref(Staff.Home);

    public string ReviewHref => $"{AccountLinks.EditUser(Staff.Home, Id)}?handler=Review";

    public string Deed(string deed) => View.In(AccountLinks.UserDeed(Staff.Home, Id, deed));

    protected override (string? By, DateTime? At) LastChange => (Found.ChangedBy, Found.ChangedAt);

    protected override string SavedHref => View.AfterHref(Staff.Home, "changed", Id);

    protected override async Task<Result<EditAccessContext>> FindAsync(CancellationToken cancellationToken)
    {
        var found = await findUser.ExecuteAsync(Id, Staff.Actor, cancellationToken);
        if (!found.Succeeded)
            return Result.Refuse<EditAccessContext>(found.Refusals);
        Found = found.Value;
        var seats = await readSeats.ExecuteAsync(Staff.OrganisationId, cancellationToken);
        var counts = IsClosed ? $"It counts when {Person.Forename} is reactivated." : Person.IsYou ? "The new access counts from your next click." : $"The new access counts from {InWords.Possessive(Person.Forename)} next click.";
        return new EditAccessContext(Staff, Id, Person.AccountId, Person.Forename, Person.Access, Person.Version, seats, counts, ListHref)
        {
            Schools = Staff.IsBody ? (await readSchools.ExecuteAsync(Id, Staff.Actor, cancellationToken)).Value : SchoolChoice.None,
            IsOwn = Person.IsYou,
            IsLastHolder = Found.IsLastHolder,
            IsClosed = IsClosed,
        };
    }
}
