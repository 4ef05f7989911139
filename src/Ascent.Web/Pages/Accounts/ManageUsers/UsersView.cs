using Ascent.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>What the list shows, as its address says it. Every page that leads back to the list carries it along.</summary>
public sealed record UsersView
{
    private static readonly (UserStatus Status, string Word, string Label)[] StatusChoices =
        [(UserStatus.Active, "active", "Active"), (UserStatus.Ended, "ended", "Ended"), (UserStatus.Deactivated, "deactivated", "Deactivated")];

    private static readonly (UsersAccess Access, string Word, string Label)[] AccessChoices =
    [
        (UsersAccess.SchoolSetup, "school-setup", "School setup"), (UsersAccess.ManageData, "manage-data", "Manage data, also with School setup"), (UsersAccess.PupilNames, "pupil-names", "Pupil names"),
        (UsersAccess.Collaborate, "collaborate", "Collaborate"), (UsersAccess.None, "none", "No access yet"),
    ];

    private static readonly (UsersAttention Attention, string Word, string Label)[] AttentionChoices =
        [(UsersAttention.EndsSoon, "ends-soon", "Ends within 30 days"), (UsersAttention.Dormant, "dormant", "Not opened for 6 months"), (UsersAttention.Unconfirmed, "unconfirmed", "Not confirmed in the access review")];

    private static readonly (UsersSort Sort, string Word, string Label)[] SortChoices =
        [(UsersSort.Name, "name", "By surname"), (UsersSort.OpenedLast, "opened", "Opened last first"), (UsersSort.OpenedLongestAgo, "longest-ago", "Opened longest ago first")];

    private static readonly (UsersFactor Factor, string Word, string Label)[] FactorChoices =
        [(UsersFactor.With, "yes", "With a second factor"), (UsersFactor.Without, "no", "Without a second factor")];

    public string? Search { get; init; }

    public UserStatus? Status { get; init; }

    public UsersAccess? Access { get; init; }

    public JobRole? Role { get; init; }

    public UsersAttention? Attention { get; init; }

    public UsersFactor? Factor { get; init; }

    public UsersSort Sort { get; init; }

    public string? After { get; init; }

    /// <summary>Came from the access review, and goes back there.</summary>
    public bool FromReview { get; init; }

    public UsersQuery Query => new(Search, Status, Access, Role, Attention, Factor, Sort, After);

    public bool IsFiltered => Search is not null || HasFilter;

    public bool HasFilter => Status is not null || Access is not null || Role is not null || Attention is not null || Factor is not null;

    /// <summary>From the beginning, with these changes.</summary>
    public UsersView First => this with { After = null };

    /// <summary>What the address does not know is passed over, so that an old link shows a list and no error.</summary>
    public static UsersView Read(IQueryCollection query) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null,
        Status = Find(StatusChoices, c => c.Word == query["status"])?.Status,
        Access = Find(AccessChoices, c => c.Word == query["access"])?.Access,
        Role = Find(JobRoles.All, r => r.Role.ToString() == query["role"])?.Role,
        Attention = Find(AttentionChoices, c => c.Word == query["attention"])?.Attention,
        Factor = Find(FactorChoices, c => c.Word == query["factor"])?.Factor,
        Sort = Find(SortChoices, c => c.Word == query["sort"])?.Sort ?? UsersSort.Name,
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
        FromReview = query["from"] == "review",
    };

    /// <summary>Where the pages about one person lead back to.</summary>
    public string ListHref(string home) => FromReview ? AccountLinks.AccessReview(home) : In(AccountLinks.ManageUsers(home));

    /// <summary>The same, saying what was done for the person.</summary>
    public string AfterHref(string home, string what, Guid membershipId) =>
        FromReview && (what is "changed" or "deactivated") ? AccountLinks.AccessReviewAfter(home, what, membershipId) : (this with { FromReview = false }).In(AccountLinks.ManageUsersAfter(home, what, membershipId));

    /// <summary>An address of the list, or of a page that leads back to it, with this view.</summary>
    public string In(string address) => QueryHelpers.AddQueryString(address, Pairs());

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => (First with { Search = null }).Pairs();

    public static string Label(UserStatus status) => StatusChoices.Single(c => c.Status == status).Label;

    /// <summary>The same in the words of a place.</summary>
    public static string Label(UsersAccess access, Ascent.Web.Authorization.Staff staff) => access == UsersAccess.SchoolSetup ? staff.Setup : Label(access);

    /// <summary>What there is to filter by: data are not managed above schools.</summary>
    public static IEnumerable<UsersAccess> AccessIn(Ascent.Web.Authorization.Staff staff) => Enum.GetValues<UsersAccess>().Where(a => a != UsersAccess.ManageData || !staff.IsBody);

    /// <summary>Access is reviewed in schools, by themselves.</summary>
    public static IEnumerable<UsersAttention> AttentionIn(Ascent.Web.Authorization.Staff staff) => Enum.GetValues<UsersAttention>().Where(a => a != UsersAttention.Unconfirmed || staff.IsOwnSchool);

    public static string Label(UsersAccess access) => AccessChoices.Single(c => c.Access == access).Label;

    public static string Label(UsersAttention attention) => AttentionChoices.Single(c => c.Attention == attention).Label;

    public static string Label(UsersFactor factor) => FactorChoices.Single(c => c.Factor == factor).Label;

    /// <summary>A dash where it is not this school's to know.</summary>
    public static string FactorWord(bool? hasFactor) => hasFactor switch { true => "Yes", false => "No", null => "–" };

    public static string Label(UsersSort sort) => SortChoices.Single(c => c.Sort == sort).Label;

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Search is not null)
            yield return new("q", Search);
        if (Status is { } status)
            yield return new("status", StatusChoices.Single(c => c.Status == status).Word);
        if (Access is { } access)
            yield return new("access", AccessChoices.Single(c => c.Access == access).Word);
        if (Role is { } role)
            yield return new("role", role.ToString());
        if (Attention is { } attention)
            yield return new("attention", AttentionChoices.Single(c => c.Attention == attention).Word);
        if (Factor is { } factor)
            yield return new("factor", FactorChoices.Single(c => c.Factor == factor).Word);
        if (Sort != UsersSort.Name)
            yield return new("sort", SortChoices.Single(c => c.Sort == Sort).Word);
        if (After is not null)
            yield return new("after", After);
        if (FromReview)
            yield return new("from", "review");
    }

    private static T? Find<T>(IReadOnlyList<T> choices, Func<T, bool> isIt) where T : struct => choices.Where(isIt).Cast<T?>().FirstOrDefault();

    private static JobRoleInfo? Find(IReadOnlyList<JobRoleInfo> roles, Func<JobRoleInfo, bool> isIt) => roles.FirstOrDefault(isIt);
}
