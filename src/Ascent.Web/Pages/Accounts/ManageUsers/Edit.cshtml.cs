using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Ascent.Web.Pages.Accounts.EditAccess;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>Everything about one user that an administrator may change, and what else can be done for them.</summary>
public sealed class EditModel(FindUser findUser, ReadSeats readSeats, ChangeAccess changeAccess, ConfirmPassword confirmPassword, TimeProvider clock)
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

    public string ListHref => View.ListHref(School.Home);

    public string ReviewHref => $"{AccountLinks.EditUser(School.Home, Id)}?handler=Review";

    public string Deed(string deed) => View.In(AccountLinks.UserDeed(School.Home, Id, deed));

    protected override (string? By, DateTime? At) LastChange => (Found.ChangedBy, Found.ChangedAt);

    protected override string SavedHref => View.AfterHref(School.Home, "changed", Id);

    protected override async Task<Result<EditAccessContext>> FindAsync(CancellationToken cancellationToken)
    {
        var found = await findUser.ExecuteAsync(Id, School.Actor, cancellationToken);
        if (!found.Succeeded)
            return Result.Refuse<EditAccessContext>(found.Refusals);
        Found = found.Value;
        var seats = await readSeats.ExecuteAsync(School.OrganisationId, cancellationToken);
        var counts = IsClosed ? $"It counts when {Person.Forename} is reactivated." : Person.IsYou ? "The new access counts from your next click." : $"The new access counts from {InWords.Possessive(Person.Forename)} next click.";
        return new EditAccessContext(School, Id, Person.Forename, Person.Access, Person.Version, seats, counts, ListHref)
        {
            IsOwn = Person.IsYou,
            IsLastHolder = Found.IsLastHolder,
            IsClosed = IsClosed,
        };
    }
}
