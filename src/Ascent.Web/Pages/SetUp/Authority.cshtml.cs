using Ascent.Organisations;
using Ascent.SetUp;
using Ascent.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SetUp;

/// <summary>One local authority by hand; its schools come after it.</summary>
public sealed class AuthorityModel(FirstRun firstRun, AddLocalAuthority addLocalAuthority) : SetUpStep(firstRun, 2)
{
    [BindProperty]
    public string? AuthorityCode { get; set; }

    [BindProperty]
    public string? AuthorityName { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        await FirstRun.NoteOrganisationsAsync(HttpContext.RequestAborted);
        var added = await addLocalAuthority.ExecuteAsync(new(AuthorityCode, AuthorityName), Actor.Operator, HttpContext.RequestAborted);
        return added.Succeeded ? Redirect(SetUpLinks.Schools(Token)) : this.Refused(added.Refusals);
    }
}
