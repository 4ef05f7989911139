using Ascent.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>What the list shows, as its address says it. Every page that leads back to the list carries it along.</summary>
public sealed record PendingUsersView
{
    private static readonly (PendingLink Link, string Word, string Label)[] LinkChoices =
        [(PendingLink.WaitingForCode, "waiting", "Waiting for the code"), (PendingLink.RunOut, "run-out", "Run out, or asked for a new one"), (PendingLink.NotSent, "not-sent", "Not sent")];

    private static readonly (PendingAccess Access, string Word, string Label)[] AccessChoices =
        [(PendingAccess.SchoolSetup, "school-setup", "School setup"), (PendingAccess.ManageData, "manage-data", "Manage data"), (PendingAccess.PupilNames, "pupil-names", "Pupil names")];

    private static readonly (PendingSort Sort, string Word, string Label)[] SortChoices =
        [(PendingSort.Newest, "newest", "Newest first"), (PendingSort.Name, "name", "By surname"), (PendingSort.LinkEnd, "link-end", "Link ends first")];

    public string? Search { get; init; }

    public PendingLink? Link { get; init; }

    public PendingAccess? Access { get; init; }

    public PendingSort Sort { get; init; }

    public string? After { get; init; }

    public PendingUsersQuery Query => new(Search, Link, Access, Sort, After);

    public bool IsFiltered => Search is not null || Link is not null || Access is not null;

    /// <summary>From the beginning, with these changes.</summary>
    public PendingUsersView First => this with { After = null };

    /// <summary>What the address does not know is passed over, so that an old link shows a list and no error.</summary>
    public static PendingUsersView Read(IQueryCollection query) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null,
        Link = Find(LinkChoices, c => c.Word == query["link"])?.Link,
        Access = Find(AccessChoices, c => c.Word == query["access"])?.Access,
        Sort = Find(SortChoices, c => c.Word == query["sort"])?.Sort ?? PendingSort.Newest,
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
    };

    /// <summary>An address of the list, or of a page that leads back to it, with this view.</summary>
    public string In(string address) => QueryHelpers.AddQueryString(address, Pairs());

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => (First with { Search = null }).Pairs();

    public static string Label(PendingLink link) => LinkChoices.Single(c => c.Link == link).Label;

    /// <summary>The same in the words of a place.</summary>
    public static string Label(PendingAccess access, Ascent.Web.Authorization.Staff staff) => access == PendingAccess.SchoolSetup ? staff.Setup : Label(access);

    public static string Label(PendingAccess access) => AccessChoices.Single(c => c.Access == access).Label;

    public static string Label(PendingSort sort) => SortChoices.Single(c => c.Sort == sort).Label;

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Search is not null)
            yield return new("q", Search);
        if (Link is { } link)
            yield return new("link", LinkChoices.Single(c => c.Link == link).Word);
        if (Access is { } access)
            yield return new("access", AccessChoices.Single(c => c.Access == access).Word);
        if (Sort != PendingSort.Newest)
            yield return new("sort", SortChoices.Single(c => c.Sort == Sort).Word);
        if (After is not null)
            yield return new("after", After);
    }

    private static T? Find<T>(T[] choices, Func<T, bool> isIt) where T : struct => choices.Where(isIt).Cast<T?>().FirstOrDefault();
}
