using Ascent.Organisations;
using Ascent.SetUp;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SetUp;

/// <summary>Which schools this server is for: all of the register, one by hand, or an authority first.</summary>
public sealed class SchoolsModel(FirstRun firstRun, CountOrganisations countOrganisations) : SetUpStep(firstRun, 2)
{
    public const string Register = "register";
    public const string One = "one";
    public const string Authority = "authority";

    [BindProperty]
    public string? How { get; set; }

    public OrganisationCount Count { get; private set; } = null!;

    public async Task OnGetAsync() => Count = await countOrganisations.ExecuteAsync(HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        switch (How)
        {
            case Register: return Redirect(SetUpLinks.Register(Token));
            case One: return Redirect(SetUpLinks.OneSchool(Token));
            case Authority: return Redirect(SetUpLinks.Authority(Token));
            default:
                await OnGetAsync();
                ModelState.AddModelError(nameof(How), "Choose how the first schools get here");
                return Page();
        }
    }
}
