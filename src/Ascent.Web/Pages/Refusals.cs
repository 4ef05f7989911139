using System.Globalization;
using Ascent.Shared;
using Ascent.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages;

/// <summary>How the refusals of use cases show on a page: one place maps kinds to answers.</summary>
public static class Refusals
{
    /// <summary>
    /// Puts refusals at their fields and shows the page again with what was typed; what is not here or not allowed answers with its status.
    /// </summary>
    public static IActionResult Refused(this PageModel page, IReadOnlyList<Refusal> refusals)
    {
        page.HttpContext.Features.Set(new RefusedCodes([.. refusals.Select(r => r.Code)]));
        if (refusals.Any(r => r.Kind == RefusalKind.NotAllowed))
            return new StatusCodeResult(StatusCodes.Status403Forbidden);
        if (refusals.Any(r => r.Kind == RefusalKind.NotFound))
            return new StatusCodeResult(StatusCodes.Status404NotFound);
        if (refusals.Any(r => r.Kind == RefusalKind.Confirm))
            return page.ConfirmPassword();
        foreach (var refusal in refusals)
            page.ModelState.AddModelError(refusal.Field ?? "", refusal.Message);
        if (refusals.Any(r => r.Kind == RefusalKind.TryLater))
            page.Response.TryLater(refusals.Max(r => r.RetryAfter));
        return page.Page();
    }

    private static void TryLater(this HttpResponse response, TimeSpan? after)
    {
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (after is { } wait)
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Asks for the password again and then comes back to this page; what was typed on the way is kept by the journey or asked once more.</summary>
    private static RedirectResult ConfirmPassword(this PageModel page)
    {
        var query = QueryString.Create(page.Request.Query.Where(q => q.Key != "handler").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)));
        return new($"/confirm-password?back={Uri.EscapeDataString(page.Request.Path + query)}");
    }

    /// <summary>An address to go to afterwards, if it is one of this server's pages; never another site.</summary>
    public static string LocalOr(this PageModel page, string? address, string otherwise) => page.Url.IsLocalUrl(address) ? address! : otherwise;
}
