using Ascent.Shared;
using Ascent.SignIn.Factors;

namespace Ascent.Web.Authorization;

/// <summary>The cookie with the session's token. No script can read it, and no other site can send it.</summary>
public sealed class SessionCookie(ServerSettings settings)
{
    private static readonly TimeSpan DeviceLife = TimeSpan.FromDays(365);

    private readonly string name = IsSecure(settings) ? "__Host-ascent" : "ascent";
    private readonly string questionName = IsSecure(settings) ? "__Host-ascent-passkey" : "ascent-passkey";
    private readonly string deviceName = IsSecure(settings) ? "__Host-ascent-device" : "ascent-device";

    /// <summary>Only a server on this machine may do without https: the demonstration.</summary>
    public static bool IsSecure(ServerSettings settings) => settings.PublicAddress.Scheme == Uri.UriSchemeHttps || !settings.PublicAddress.IsLoopback;

    public string? Read(HttpRequest request) => request.Cookies[name];

    public void Write(HttpResponse response, string token) => response.Cookies.Append(name, token, Options());

    public void Clear(HttpResponse response) => response.Cookies.Delete(name, Options());

    /// <summary>The cookie by which a browser is known that has signed in before. It opens nothing.</summary>
    public string? ReadDevice(HttpRequest request) => request.Cookies[deviceName];

    public void WriteDevice(HttpResponse response, string token)
    {
        var options = Options();
        options.MaxAge = DeviceLife;
        response.Cookies.Append(deviceName, token, options);
    }

    /// <summary>With it the answer of a passkey has to come that was asked before anybody was known.</summary>
    public string? ReadQuestion(HttpRequest request) => request.Cookies[questionName];

    public void WriteQuestion(HttpResponse response, string token)
    {
        var options = Options();
        (options.MaxAge, options.SameSite) = (PasskeyChallenge.Life, SameSiteMode.Strict);
        response.Cookies.Append(questionName, token, options);
    }

    // Lax, not Strict: a link in a mail must find the person signed in.
    private CookieOptions Options() => new() { HttpOnly = true, Secure = IsSecure(settings), SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
