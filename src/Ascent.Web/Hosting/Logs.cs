namespace Ascent.Web.Hosting;

/// <summary>What goes to the console: lines for people at a terminal, one JSON object a line for programs. Nobody's name, address or code.</summary>
internal static class Logs
{
    private const string Setting = "ASCENT_LOG";

    /// <exception cref="FormatException">The setting is neither "json" nor "text".</exception>
    public static void AddConsoleLogs(this WebApplicationBuilder builder)
    {
        var asJson = builder.Configuration[Setting] switch
        {
            null or "" => Console.IsOutputRedirected,
            "json" => true,
            "text" => false,
            _ => throw new FormatException($"{Setting} has to be json or text."),
        };
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // What is logged here repeats addresses of pages, and a sign-up link is one.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (asJson)
            builder.Logging.AddJsonConsole(json =>
            {
                // The scopes of a request hold its path, and with it the tokens of links.
                json.IncludeScopes = false;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
    }
}
