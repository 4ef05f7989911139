using Ascent.Accounts.Above;
using Ascent.Shared.Permissions;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>Of the body's own users: may they manage users and locks?</summary>
public sealed class AdministrationModel(BodyUserJourney journeys, EnterFromAbove enter) : BodyUserStep(journeys, enter, BodyUserSteps.Administration)
{
    public BodyBox Box => new(Permission.LaSetup, Body.Place, Answers.Permissions().Has(Permission.LaSetup));

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var isTicked = Request.Form[nameof(Permission.LaSetup)] == "true";
        return await KeepAsync(answers => answers with { PermissionBits = (isTicked ? answers.Permissions().With(Permission.LaSetup) : answers.Permissions().Without(Permission.LaSetup)).Bits });
    }
}
