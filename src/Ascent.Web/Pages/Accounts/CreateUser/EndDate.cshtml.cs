using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Components;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class EndDateModel(CreateUserJourney journeys, TimeProvider clock) : CreateUserStep(journeys, CreateUserSteps.EndDate)
{
    [BindProperty]
    public DateParts EndsOn { get; set; } = new();

    public void OnGet()
    {
        if (Answers.EndsOn is { } day)
            EndsOn = DateParts.From(day);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (EndsOn.IsEmpty)
            return await KeepAsync(answers => answers with { EndsOn = null });
        if (EndsOn.Date is not { } day)
            return this.Refused([new EndDateRefusal("Enter a day that exists, such as 31 8 2027, or leave all three boxes empty")]);
        var refusals = AccessRules.CheckEndDate(day, clock.Today());
        return refusals.Count > 0 ? this.Refused(refusals) : await KeepAsync(answers => answers with { EndsOn = day });
    }
}
