using System.Security.Claims;
using System.Text.Encodings.Web;
using Ascent.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Ascent.Web.Authorization;

/// <summary>Knows the person by the session behind the cookie, read from the database for every request.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionCookie cookie, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await sessions.ReadAsync(token, counts: !IsLooking(), Context.RequestAborted) is not { } person)
            return AuthenticateResult.NoResult();
        Context.Features.Set(person);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.AccountId.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private bool IsLooking() => Request.Path == "/session";

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method))
        {
            Response.Redirect($"/sign-in?back={UrlEncoder.Encode(Request.Path + Request.QueryString)}{(Context.Person() is null ? "" : "&again=1")}");
            return;
        }
        // A form that was filled in for a while must not be lost with the session: the page behind 401 offers it again.
        Context.Features.Set(await LostPost.ReadAsync(Request));
        Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}

public static class SignInSessions
{
    public static void AddSignInSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionCookie>();
        services.AddAuthentication(SessionHandler.Name).AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, null);
    }

    /// <summary>Who is signed in; null for nobody.</summary>
    public static SignedInPerson? Person(this HttpContext context) => context.Features.Get<SignedInPerson>();

    /// <summary>What the browser sent for its session: passkeys are asked and answered with it.</summary>
    public static string? SessionToken(this HttpContext context) => context.RequestServices.GetRequiredService<SessionCookie>().Read(context.Request);

    /// <summary>The session goes on under another token.</summary>
    public static void RenewSession(this HttpContext context, string token) => context.RequestServices.GetRequiredService<SessionCookie>().Write(context.Response, token);
}
