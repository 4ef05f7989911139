using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Operator.Organisations;

/// <summary>The schools, authorities and trusts of the server, in counts.</summary>
public sealed class IndexModel(ListOrganisations listOrganisations) : PageModel
{
    private const int LongestSearch = 200;

    /// <summary>The words of the filters in addresses.</summary>
    public static IReadOnlyList<(OrganisationKind Kind, string Word, string Label)> Kinds { get; } =
        [(OrganisationKind.School, "schools", "Schools"), (OrganisationKind.LocalAuthority, "authorities", "Local authorities"), (OrganisationKind.Trust, "trusts", "Trusts")];

    public static IReadOnlyList<(OrganisationsShown Show, string Word, string Label)> Shown { get; } =
        [(OrganisationsShown.WithUsers, "with-users", "With users"), (OrganisationsShown.Locked, "locked", "Locked")];

    public OrganisationsPage List { get; private set; } = null!;

    public OrganisationsQuery Asked { get; private set; } = new();

    public bool IsFiltered => Asked.Search is not null || Asked.Kind is not null || Asked.Show != OrganisationsShown.All;

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => Query(Asked with { Search = null, After = null });

    public async Task OnGetAsync()
    {
        var typed = Request.Query["q"].ToString().Trim();
        var (kind, show) = (Request.Query["kind"].ToString(), Request.Query["show"].ToString());
        Asked = new(typed.Length is > 0 and <= LongestSearch ? typed : null,
            Kinds.Where(k => k.Word == kind).Select(k => (OrganisationKind?)k.Kind).FirstOrDefault(), Shown.Where(s => s.Word == show).Select(s => s.Show).FirstOrDefault(), Request.Query["after"]);
        List = await listOrganisations.ExecuteAsync(Asked, HttpContext.RequestAborted);
    }

    public string Href(OrganisationsQuery asked) => OperatorLinks.Organisations + new QueryBuilder(Query(asked)!);

    private static IEnumerable<KeyValuePair<string, string?>> Query(OrganisationsQuery asked)
    {
        (string Key, string? Value)[] all =
        [
            ("q", asked.Search), ("kind", Kinds.Where(k => k.Kind == asked.Kind).Select(k => k.Word).FirstOrDefault()),
            ("show", Shown.Where(s => s.Show == asked.Show).Select(s => s.Word).FirstOrDefault()), ("after", asked.After),
        ];
        return all.Where(a => !string.IsNullOrEmpty(a.Value)).Select(a => new KeyValuePair<string, string?>(a.Key, a.Value));
    }
}
