using Ascent.Accounts;
using Ascent.Accounts.Reviews;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Accounts.Review;

/// <summary>What the review shows, as its address says it.</summary>
public sealed record ReviewView
{
    private static readonly (ReviewShow Show, string Word, string Label)[] ShowChoices =
        [(ReviewShow.ToLookAt, "open", "Still to look at"), (ReviewShow.Confirmed, "confirmed", "Confirmed"), (ReviewShow.Everybody, "all", "Everybody in the review")];

    public string? Search { get; init; }

    public ReviewShow Show { get; init; }

    public JobRole? Role { get; init; }

    public string? After { get; init; }

    public ReviewQuery Query => new(Search, Show, Role, After);

    public bool IsFiltered => Search is not null || Role is not null;

    /// <summary>From the beginning, with these changes.</summary>
    public ReviewView First => this with { After = null };

    /// <summary>What the address does not know is passed over, so that an old link shows a list and no error.</summary>
    public static ReviewView Read(IQueryCollection query) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null,
        Show = ShowChoices.FirstOrDefault(c => c.Word == query["show"]).Show,
        Role = JobRoles.All.FirstOrDefault(r => r.Role.ToString() == query["role"])?.Role,
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
    };

    /// <summary>An address of the review with this view.</summary>
    public string In(string address) => QueryHelpers.AddQueryString(address, Pairs());

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => (First with { Search = null }).Pairs();

    public static string Label(ReviewShow show) => ShowChoices.Single(c => c.Show == show).Label;

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Search is not null)
            yield return new("q", Search);
        if (Show != ReviewShow.ToLookAt)
            yield return new("show", ShowChoices.Single(c => c.Show == Show).Word);
        if (Role is { } role)
            yield return new("role", role.ToString());
        if (After is not null)
            yield return new("after", After);
    }
}
