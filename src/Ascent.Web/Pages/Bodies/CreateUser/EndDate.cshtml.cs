using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Web.Components;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>The last day of access. A School Improvement Partner always has one; others may.</summary>
public sealed class EndDateModel(BodyUserJourney journeys, EnterFromAbove enter, TimeProvider clock) : BodyUserStep(journeys, enter, BodyUserSteps.EndDate)
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
            return Answers.IsPartner
                ? this.Refused([new EndDateRefusal("Enter the last day of access: a School Improvement Partner always has one")])
                : await KeepAsync(answers => answers with { EndsOn = null });
        if (EndsOn.Date is not { } day)
            return this.Refused([new EndDateRefusal($"Enter a day that exists, such as 31 8 2027{(Answers.IsPartner ? "" : ", or leave all three boxes empty")}")]);
        var refusals = AccessRules.CheckEndDate(day, clock.Today());
        return refusals.Count > 0 ? this.Refused(refusals) : await KeepAsync(answers => answers with { EndsOn = day });
    }
}
