using System.Globalization;
using System.Net;
using Ascent.Shared;

namespace Ascent.Web.Hosting;

/// <summary>What stands behind `./dev run`.</summary>
/// <param name="Urls">Where to listen; null leaves it to the host's own settings (ASPNETCORE_URLS).</param>
/// <param name="WantsDemonstration">Load the invented schools into an empty database.</param>
/// <param name="ExposeDemonstration">Listen beyond this machine although the demonstration's passwords are known to everybody.</param>
public sealed record StartOptions(string DataFolder, string? Urls, bool WantsDemonstration, bool ExposeDemonstration)
{
    private const int StandardPort = 5080;

    public const string Usage = "Options: --port N, --data DIR, --no-demo, --demo --expose.";

    /// <exception cref="FormatException">An option that does not exist or has no value.</exception>
    public static StartOptions Read(string[] args, IConfiguration configuration)
    {
        var data = configuration["ASCENT_DATA"] ?? "data";
        // The tests' host, and servers that run behind a proxy, say themselves where they listen.
        var urls = configuration["urls"] is null ? Local(StandardPort) : null;
        var demo = configuration["ASCENT_DEMO"] != "0";
        var (expose, demoAsked) = (false, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--port": urls = Local(Port(Value(args, ref i))); break;
                case "--data": data = Value(args, ref i); break;
                case "--no-demo": demo = false; break;
                case "--demo": demoAsked = true; break;
                case "--expose": expose = true; break;
                case { } setting when IsHostSetting(setting): break;
                default: throw new FormatException($"There is no option {args[i]}. {Usage}");
            }
        }
        if (expose && urls is not null)
            urls = urls.Replace("localhost", "*", StringComparison.Ordinal);
        return new(Path.GetFullPath(data), urls, demo || demoAsked, demoAsked && expose);
    }

    public ServerSettings Settings(IConfiguration configuration) =>
        ServerSettings.Read(name => configuration[name], DataFolder, Urls?.Replace("*", Dns.GetHostName(), StringComparison.Ordinal));

    /// <summary>Settings of the host in the form --name=value, as process managers and the tests give them.</summary>
    public static bool IsHostSetting(string argument) =>
        argument.Contains('=', StringComparison.Ordinal)
        && (argument.StartsWith("--ASCENT_", StringComparison.Ordinal) || HostSettings.Contains(argument[2..argument.IndexOf('=', StringComparison.Ordinal)], StringComparer.OrdinalIgnoreCase));

    private static readonly string[] HostSettings = ["environment", "contentRoot", "applicationName", "urls"];

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new FormatException("--port takes a number from 1 to 65535.");

    private static string Value(string[] args, ref int i) =>
        i + 1 < args.Length ? args[++i] : throw new FormatException($"{args[i]} takes a value. {Usage}");
}
