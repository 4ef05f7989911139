using System.Net;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

public sealed class SignInModel(SignInWithPassword signIn, SignInWithPasskey signInWithPasskey, Passkeys passkeys, SessionCookie cookie) : PageModel
{
    /// <summary>Where to go afterwards: a page of this server.</summary>
    [FromQuery(Name = "back")]
    public string? Back { get; set; }

    /// <summary>Somebody is signed in, and has to do so once more: an administrator ended their sessions.</summary>
    [FromQuery(Name = "again")]
    public string? Again { get; set; }

    [FromQuery(Name = "signed-out")]
    public string? SignedOut { get; set; }

    /// <summary>A new password has just been chosen.</summary>
    [FromQuery(Name = "reset")]
    public string? WasReset { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public bool AsksPasskey => passkeys.IsPossible;

    public IActionResult OnGet() => HttpContext.Person() is null || Again is not null ? Page() : Redirect(this.LocalOr(Back, "/"));

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Email))
            ModelState.AddModelError(nameof(Email), "Enter your user name: it is your email address");
        if (string.IsNullOrEmpty(Password))
            ModelState.AddModelError(nameof(Password), "Enter your password");
        if (!ModelState.IsValid)
            return Page();
        var network = HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        var request = new SignInRequest(Email, Password, network, Device.Of(Request), cookie.Read(Request), cookie.ReadDevice(Request));
        var signedIn = await signIn.ExecuteAsync(request, HttpContext.RequestAborted);
        if (!signedIn.Succeeded)
            return this.Refused(signedIn.Refusals);
        // A browser is known once the sign-in is complete.
        if (signedIn.Value.DeviceToken is { } device)
            cookie.WriteDevice(Response, device);
        return this.Enter(cookie, new(signedIn.Value.Token, signedIn.Value.AwaitsFactor), this.LocalOr(Back, "/"));
    }

    /// <summary>Says what any passkey of this server may answer; whose there are is not asked.</summary>
    public async Task<IActionResult> OnPostQuestionAsync()
    {
        var question = await signInWithPasskey.BeginAsync(HttpContext.Connection.RemoteIpAddress ?? IPAddress.None, HttpContext.RequestAborted);
        if (!question.Succeeded)
            return this.Question(question.Refusals);
        cookie.WriteQuestion(Response, question.Value.Bound);
        return this.Question(question.Value.Options);
    }

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        var network = HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        var request = new PasskeySignInRequest(Passkey, cookie.ReadQuestion(Request), network, Device.Of(Request), cookie.Read(Request), cookie.ReadDevice(Request));
        var signedIn = await signInWithPasskey.ExecuteAsync(request, HttpContext.RequestAborted);
        if (!signedIn.Succeeded)
            return this.Refused(signedIn.Refusals);
        cookie.WriteDevice(Response, signedIn.Value.DeviceToken!);
        return this.Enter(cookie, new(signedIn.Value.Token, AwaitsFactor: false), this.LocalOr(Back, "/"));
    }
}
