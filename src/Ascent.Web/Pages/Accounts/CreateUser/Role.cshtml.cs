using Ascent.Accounts;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class RoleModel(CreateUserJourney journeys) : CreateUserStep(journeys, CreateUserSteps.Role)
{
    [BindProperty]
    public string? JobRole { get; set; }

    [BindProperty]
    public string? OtherRole { get; set; }

    public void OnGet()
    {
        if (IsAnswered)
            (JobRole, OtherRole) = (Answers.JobRole.ToString(), Answers.OtherRole);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // A role that is not on the list is none: a number would be read as one otherwise.
        var role = Enum.TryParse<JobRole>(JobRole, out var read) && JobRole == read.ToString() ? read : (JobRole)(-1);
        var other = AccessRules.ReadRole(role, OtherRole);
        if (!other.Succeeded)
            return this.Refused(other.Refusals);
        return await KeepAsync(answers => answers with { JobRole = role, OtherRole = other.Value });
    }
}
