using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>The addresses of second factors, and the one way in that all pages with a sign-in share.</summary>
public static class SignInLinks
{
    public const string AddFactor = "/profile/second-factor/add";

    public const string AddPasskey = "/profile/second-factor/passkey";

    /// <summary>Where the script of a page, whose person is signed in, fetches what a passkey is to sign.</summary>
    public const string ConfirmQuestion = "/confirm-password?handler=Question";

    public const string RecoveryCodes = "/profile/second-factor/recovery-codes";

    /// <summary>Asks for the second factor, then goes on.</summary>
    public static string Factor(string back) => $"/second-factor?back={Uri.EscapeDataString(back)}";

    /// <summary>Where one is enrolled because a place requires it.</summary>
    /// <param name="place">The school by its URN, the body by its address; null for the operator's pages.</param>
    public static string FactorGate(string? place, string back) => $"{AddFactor}?for={place ?? "server"}&back={Uri.EscapeDataString(back)}";

    public static string FactorDoor(string urn) => $"/schools/{urn}/second-factor";

    public static string FactorReset(string token) => $"/second-factor/reset/{token}";

    public static string RenameFactor(Guid id) => $"/profile/second-factor/{id:N}/rename";

    public static string RemoveFactor(Guid id) => $"/profile/second-factor/{id:N}/remove";

    /// <summary>Gives the browser its session, and leads on: to the second factor first, for who has one.</summary>
    public static IActionResult Enter(this PageModel page, SessionCookie cookie, OpenedSession opened, string back)
    {
        cookie.Write(page.Response, opened.Token);
        return new RedirectResult(opened.AwaitsFactor ? Factor(back) : back);
    }
}

/// <summary>A page that asks for a second factor beside other things.</summary>
public interface IAsksFactor
{
    string? FactorCode { get; }

    FactorWays Ways { get; }
}

/// <summary>By which second factors somebody can show who they are.</summary>
/// <param name="Question">Where the script fetches what a passkey is to sign.</param>
/// <param name="IsEnough">A passkey stands for the password too.</param>
public sealed record FactorWays(bool HasApp, bool HasPasskey, string Question, bool IsEnough)
{
    public static FactorWays Of(SignedInPerson person, bool isEnough) => new(person.HasApp, person.HasPasskey, SignInLinks.ConfirmQuestion, isEnough);
}

/// <summary>Questions for passkeys, as the pages' scripts fetch them.</summary>
public static class PasskeyQuestions
{
    /// <param name="options">Null when there is nothing to bind the question to.</param>
    public static IActionResult Question(this PageModel page, string? options)
    {
        page.Response.Headers.CacheControl = "no-store";
        return options is null ? new StatusCodeResult(StatusCodes.Status409Conflict) : new ContentResult { Content = options, ContentType = "application/json" };
    }

    public static IActionResult Question(this PageModel page, IReadOnlyList<Refusal> refusals)
    {
        page.Refused(refusals);
        page.Response.Headers.CacheControl = "no-store";
        return new JsonResult(new { said = refusals[0].Message }) { StatusCode = refusals[0].Kind == RefusalKind.TryLater ? StatusCodes.Status429TooManyRequests : StatusCodes.Status409Conflict };
    }
}
