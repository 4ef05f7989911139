using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.SignInRules;

/// <summary>Who has to have a second factor in the school.</summary>
public sealed class IndexModel(ReadFactorRule readRule, SetFactorRule setRule) : PageModel
{
    [BindProperty]
    public FactorRule? Rule { get; set; }

    [FromQuery(Name = "saved")]
    public string? Saved { get; set; }

    public Staff Staff => HttpContext.Staff();

    public FactorRuleView Now { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Now = await readRule.ExecuteAsync(Staff.Actor, HttpContext.RequestAborted);
        Rule ??= Now.Rule;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Now = await readRule.ExecuteAsync(Staff.Actor, HttpContext.RequestAborted);
        if (Rule is not { } rule || !ModelState.IsValid || !Enum.IsDefined(rule))
        {
            ModelState.Clear();
            ModelState.AddModelError(nameof(Rule), "Choose who has to have a second factor");
            return Page();
        }
        var set = await setRule.ExecuteAsync(rule, Staff.Actor, HttpContext.RequestAborted);
        return set.Succeeded ? Redirect($"{AccountLinks.SignInRules(Staff.Home)}?saved=1") : this.Refused(set.Refusals);
    }
}
