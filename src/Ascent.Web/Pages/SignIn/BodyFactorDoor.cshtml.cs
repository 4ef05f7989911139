using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>Says why a second factor that another organisation reset does not open this authority or trust, and what does.</summary>
public sealed class BodyFactorDoorModel : PageModel
{
    public BodyAccess Body => HttpContext.Body();
}
