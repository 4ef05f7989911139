namespace Ascent.Web.Pages.SignIn;

/// <summary>A browser and its system in words that people recognise in a list of their sessions: "Firefox on Windows".</summary>
public static class Device
{
    // Order matters: most browsers also claim to be others.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    public static string Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return $"{Find(Browsers, agent, "Unknown browser")} on {Find(Systems, agent, "unknown system")}";
    }

    private static string Find((string Mark, string Name)[] known, string agent, string otherwise) =>
        known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name ?? otherwise;
}
