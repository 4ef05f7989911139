using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>The addresses of second factors, and the one way in that all pages with a sign-in share.</summary>
public static class SignInLinks
{
    public const string AddFactor = "/profile/second-factor/add";

    public const string RecoveryCodes = "/profile/second-factor/recovery-codes";

    /// <summary>Asks for the second factor, then goes on.</summary>
    public static string Factor(string back) => $"/second-factor?back={Uri.EscapeDataString(back)}";

    /// <summary>Where one is enrolled because a place requires it.</summary>
    /// <param name="urn">The school; null for the operator's pages.</param>
    public static string FactorGate(string? urn, string back) => $"{AddFactor}?for={urn ?? "server"}&back={Uri.EscapeDataString(back)}";

    public static string FactorDoor(string urn) => $"/schools/{urn}/second-factor";

    public static string FactorReset(string token) => $"/second-factor/reset/{token}";

    public static string RemoveFactor(Guid id) => $"/profile/second-factor/{id:N}/remove";

    /// <summary>Gives the browser its session, and leads on: to the second factor first, for who has one.</summary>
    public static IActionResult Enter(this PageModel page, SessionCookie cookie, OpenedSession opened, string back)
    {
        cookie.Write(page.Response, opened.Token);
        return new RedirectResult(opened.AwaitsFactor ? Factor(back) : back);
    }
}

/// <summary>A page that asks for a second factor beside other things.</summary>
public interface IAsksFactorCode
{
    string? FactorCode { get; }
}
