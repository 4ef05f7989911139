using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

public sealed class RecoveryCodesModel(MakeRecoveryCodes makeCodes) : ProfilePage
{
    public IReadOnlyList<string>? Codes { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var made = await makeCodes.ExecuteAsync(Person, HttpContext.RequestAborted);
        if (!made.Succeeded)
            return this.Refused(made.Refusals);
        Codes = made.Value;
        return Page();
    }
}
