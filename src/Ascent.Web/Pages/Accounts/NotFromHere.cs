using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts;

/// <summary>The page is about somebody whom only the school itself looks after; read when the answer is written.</summary>
internal sealed record HoldersOnlyPage;

internal static class NotFromHereAnswer
{
    /// <summary>403, in words. The use cases ask the same in their save.</summary>
    public static IActionResult NotFromHere(this PageModel page)
    {
        page.HttpContext.Features.Set(new HoldersOnlyPage());
        return new StatusCodeResult(StatusCodes.Status403Forbidden);
    }
}
