using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.Explain;

/// <summary>Who can see what, and why: from a person and a page, or from a page alone.</summary>
public sealed class IndexModel(ExplainAccess explainAccess, ListPeopleAbove listAbove, ListUsers listUsers) : PageModel
{
    private const int MostFound = 10;

    /// <summary>More people from above are counted and not listed.</summary>
    public const int MostAbove = 100;

    /// <summary>The beginning of a name or an address.</summary>
    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "person")]
    public Guid? Person { get; set; }

    /// <summary>The path of a door below the school.</summary>
    [FromQuery(Name = "page")]
    public string? PagePath { get; set; }

    [FromQuery(Name = "after")]
    public string? After { get; set; }

    public SchoolAccess School => HttpContext.School();

    /// <summary>Every page of the school that a permission opens, once each; those of services that are off too, because that is why nobody opens them.</summary>
    public IReadOnlyList<Door> Pages => [.. Doors.All.Where(d => d.BelongsTo(School)).DistinctBy(d => d.Path)];

    public Door? Chosen => Pages.FirstOrDefault(d => d.Path == PagePath);

    /// <summary>The service of the chosen page, when it is off.</summary>
    public ServiceInfo? Off => Chosen is { Service: not SchoolServices.None and var service } && !School.Services.Has(service) ? ServiceCatalogue.Of(service) : null;

    public IReadOnlyList<UserRow> Found { get; private set; } = [];

    public ExplainedAccess? Explained { get; private set; }

    public PeopleWhoCan? WhoCan { get; private set; }

    /// <summary>People of an authority or trust who can open the page now; of those who are searched for, when somebody is.</summary>
    public IReadOnlyList<PersonAbove> Above { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        // An id that cannot be read is not the same as none, which means everybody.
        if (!ModelState.IsValid)
            return NotFound();
        var stop = HttpContext.RequestAborted;
        if (Chosen is { } door && Person is { } id)
        {
            Explained = await explainAccess.ExecuteAsync(new(id, door.Permission, door.Service), School.Actor, stop);
            return Explained is null ? NotFound() : Page();
        }
        if (Chosen is { } page && string.IsNullOrWhiteSpace(Search))
            WhoCan = await explainAccess.WhoCanAsync(page.Permission, page.Service, After, School.Actor, stop);
        if (!string.IsNullOrWhiteSpace(Search))
            Found = [.. (await listUsers.ExecuteAsync(School.Actor, new(Search), stop)).Rows.Take(MostFound)];
        if (Chosen is { } opened)
            Above = [.. (await listAbove.ExecuteAsync(opened.Permission, School.Actor, stop)).Where(IsMeant)];
        return Page();
    }

    private bool IsMeant(PersonAbove person) =>
        PlainText.SearchKey(Search ?? "") is var key && (PlainText.SearchKey(person.FullName).StartsWith(key, StringComparison.Ordinal) || PlainText.SearchKey(person.Surname).StartsWith(key, StringComparison.Ordinal));

    public static string Label(Door door) => door.Place <= DoorPlace.Data && door.Place.ToString() != door.Label ? $"{door.Place}: {char.ToLowerInvariant(door.Label[0])}{door.Label[1..]}" : door.Label;
}
