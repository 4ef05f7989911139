using Ascent.Organisations;
using Ascent.SetUp;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SetUp;

/// <summary>Finds the school of the first administrator; passed over where there is only one.</summary>
public sealed class WhichSchoolModel(FirstRun firstRun, ListSchools listSchools) : SetUpStep(firstRun, 3)
{
    private const int Most = 20;

    [FromQuery(Name = "find")]
    public string? Find { get; set; }

    /// <summary>What was found; null before anything was asked.</summary>
    public SchoolList? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var all = await listSchools.ExecuteAsync(null, withClosed: false, most: 2, HttpContext.RequestAborted);
        if (all.Total == 0)
            return Redirect(SetUpLinks.Schools(Token));
        if (all.Total == 1)
            return Redirect(SetUpLinks.Administrator(Token, all.Schools[0].Urn));
        if (Find is null)
            return Page();
        if (string.IsNullOrWhiteSpace(Find))
        {
            ModelState.AddModelError(nameof(Find), "Enter a name, a URN or a DfE number");
            return Page();
        }
        Found = await listSchools.ExecuteAsync(Find, withClosed: false, Most, HttpContext.RequestAborted);
        return Page();
    }
}
