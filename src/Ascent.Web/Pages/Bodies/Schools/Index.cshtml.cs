using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>What was done, said above the list.</summary>
public sealed record SchoolsNotice(string Title, string Heading, string Text);

/// <summary>The schools of an authority or trust: who is in them, limits, and locks.</summary>
public sealed class IndexModel(ListBodySchools listSchools, ListAskedSchools listAsked, TimeProvider clock) : PageModel
{
    public BodyAccess Body => HttpContext.Body();

    public BodySchoolsPage List { get; private set; } = null!;

    public string? Search { get; private set; }

    public bool OnlyLocked { get; private set; }

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => OnlyLocked ? [new("show", "locked")] : [];

    /// <summary>How many schools were asked for a link and have not answered.</summary>
    public int Waiting { get; private set; }

    public SchoolsNotice? Notice { get; private set; }

    public DateTime Now => clock.Now();

    public async Task<IActionResult> OnGetAsync()
    {
        var typed = Request.Query["q"].ToString().Trim();
        (Search, OnlyLocked) = (typed.Length is > 0 and <= 200 ? typed : null, Request.Query["show"] == "locked");
        var list = await listSchools.ExecuteAsync(Body.Actor, new(Search, OnlyLocked, Request.Query["after"]), HttpContext.RequestAborted);
        if (!list.Succeeded)
            return this.Refused(list.Refusals);
        List = list.Value;
        Waiting = (await listAsked.ExecuteAsync(Body.Actor, HttpContext.RequestAborted)).Value.Waiting.Count;
        Notice = await SayAsync(Request.Query["done"], Request.Query["school"]);
        return Page();
    }

    public string Href(string? search, bool onlyLocked, string? after = null)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in ((string, string?)[])[("q", search), ("show", onlyLocked ? "locked" : null), ("after", after)])
            if (value is not null)
                query.Add(key, value);
        return BodyLinks.Schools(Body.Address) + query;
    }

    // Only of a school that is linked, and only when it is so.
    private async Task<SchoolsNotice?> SayAsync(string? done, string? urn)
    {
        if (done is not ("locked" or "unlocked") || string.IsNullOrEmpty(urn))
            return null;
        var found = await listSchools.ExecuteAsync(Body.Actor, new(urn), HttpContext.RequestAborted);
        if (!found.Succeeded || found.Value.Rows.FirstOrDefault(r => r.Urn == urn) is not { } school || school.Lock is not null != (done == "locked"))
            return null;
        return done == "locked"
            ? new("Locked", $"{school.Name} is locked", "Nobody opens it from now on, also who is signed in. Its administrators are told by mail.")
            : new("Unlocked", $"{school.Name} is open again", "Everybody opens it as before. Its administrators are told by mail.");
    }
}
