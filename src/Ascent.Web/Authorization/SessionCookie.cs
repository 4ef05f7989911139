using Ascent.Shared;

namespace Ascent.Web.Authorization;

/// <summary>The cookie with the session's token. No script can read it, and no other site can send it.</summary>
public sealed class SessionCookie(ServerSettings settings)
{
    private readonly string name = IsSecure(settings) ? "__Host-ascent" : "ascent";

    /// <summary>Only a server on this machine may do without https: the demonstration.</summary>
    public static bool IsSecure(ServerSettings settings) => settings.PublicAddress.Scheme == Uri.UriSchemeHttps || !settings.PublicAddress.IsLoopback;

    public string? Read(HttpRequest request) => request.Cookies[name];

    public void Write(HttpResponse response, string token) => response.Cookies.Append(name, token, Options());

    public void Clear(HttpResponse response) => response.Cookies.Delete(name, Options());

    // Lax, not Strict: a link in a mail must find the person signed in.
    private CookieOptions Options() => new() { HttpOnly = true, Secure = IsSecure(settings), SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
