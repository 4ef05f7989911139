using System.Net;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SignIn;

/// <summary>The second half of a sign-in; the one page that a half session opens.</summary>
public sealed class FactorModel(Sessions sessions, CompleteSignIn completeSignIn, Passkeys passkeys, SessionCookie cookie) : PageModel
{
    /// <summary>Where to go afterwards: a page of this server.</summary>
    [FromQuery(Name = "back")]
    public string? Back { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? RecoveryFactorCode { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public bool AsksPasskey => Person.HasPasskey && passkeys.IsPossible;

    public HalfSignedIn Person { get; private set; } = null!;

    public bool WantsRecovery { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await sessions.ReadHalfWayAsync(cookie.Read(Request), HttpContext.RequestAborted) is { } person)
        {
            Person = person;
            await next();
        }
        else
            context.Result = HttpContext.Person() is not null ? Redirect(this.LocalOr(Back, "/")) : Redirect(Again());
    }

    public Task<IActionResult> OnPostAsync() => CompleteAsync(FactorCode, null, nameof(FactorCode));

    public Task<IActionResult> OnPostPasskeyAsync() => CompleteAsync(null, Passkey ?? "", nameof(Passkey));

    public async Task<IActionResult> OnPostQuestionAsync() => this.Question(await passkeys.BeginProofAsync(Person.AccountId, cookie.Read(Request), HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRecoveryAsync()
    {
        WantsRecovery = true;
        return CompleteAsync(RecoveryFactorCode, null, nameof(RecoveryFactorCode));
    }

    private async Task<IActionResult> CompleteAsync(string? code, string? passkey, string field)
    {
        var network = HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        var signedIn = await completeSignIn.ExecuteAsync(new(cookie.Read(Request), code, network, cookie.ReadDevice(Request)) { Passkey = passkey }, HttpContext.RequestAborted);
        if (signedIn.Succeeded)
        {
            cookie.Write(Response, signedIn.Value.Token);
            cookie.WriteDevice(Response, signedIn.Value.DeviceToken!);
            return Redirect(this.LocalOr(Back, "/"));
        }
        return signedIn.Refusals is [NotHalfWay] ? Redirect(Again()) : this.Refused([.. signedIn.Refusals.Select(r => r with { Field = field })]);
    }

    private string Again() => $"/sign-in?back={Uri.EscapeDataString(this.LocalOr(Back, "/"))}";
}
