using Ascent.Accounts;
using Ascent.Demo;
using Ascent.Persistence;
using Ascent.Shared;

namespace Ascent.Web.Hosting;

/// <summary>What has to be done before the first page: tables, seats, the demonstration, and a word on the console.</summary>
internal static class Startup
{
    /// <returns>Why it cannot start, or null.</returns>
    public static async Task<string?> PrepareAsync(WebApplication app, StartOptions start, ServerSettings settings)
    {
        var stop = app.Lifetime.ApplicationStopping;
        var migrate = app.Services.GetRequiredService<MigrateDatabase>();
        if (DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Sqlite)
            await migrate.ExecuteAsync(stop);
        else if ((await migrate.PendingAsync(stop)).Count > 0)
            return "The database is not at this version yet. Run `./dev cli database migrate` first; with several servers, once.";
        foreach (var refused in await app.Services.GetRequiredService<OpenSeats>().ExecuteAsync(Actor.System, stop))
            app.Logger.LogWarning("No seats were opened: {Reason}", $"school {refused.Urn} has {refused.Holders.Count} holders of {refused.Label}, the limit is {refused.Limit}");
        var seed = app.Services.GetRequiredService<SeedDemonstration>();
        var isOther = start.WantsDemonstration && !(await seed.ExecuteAsync(stop)).Succeeded;
        var demonstration = app.Services.GetRequiredService<Demonstration>();
        demonstration.IsOn = await seed.IsDemonstrationAsync(stop);
        if (demonstration.IsOn && !start.ExposeDemonstration && IsExposed(app))
            return "The demonstration's passwords are known to everybody, so it listens on this machine only. Use --demo --expose if you mean it, or --no-demo with another --data folder.";
        app.Lifetime.ApplicationStarted.Register(() => Greet(app, settings, demonstration.IsOn, isOther));
        return null;
    }

    private static bool IsExposed(WebApplication app) =>
        (app.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Any(url => !BindingAddress.Parse(url).Host.IsLoopback());

    private static bool IsLoopback(this string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    private static void Greet(WebApplication app, ServerSettings settings, bool isDemonstration, bool isOther)
    {
        var lines = new List<string> { "", $"Ascent is running at {settings.PublicAddress}", $"Data, keys and mail: {settings.DataFolder}" };
        if (isDemonstration)
        {
            var width = DemoPeople.SignIns.Max(s => s.Email.Length);
            lines.Add($"Demonstration. Every sign-in has the password: {SeedDemonstration.Password}");
            lines.AddRange(DemoPeople.SignIns.Select(s => $"  {s.Email.PadRight(width)}  {s.What}"));
            lines.Add($"Mail that it would send: {settings.Address("demo/outbox")}");
        }
        else if (isOther)
            lines.Add("This database has accounts of its own, so the demonstration was not loaded.");
        Console.WriteLine(string.Join(Environment.NewLine, lines) + Environment.NewLine);
    }
}

/// <summary>Whether this database is the demonstration; only the banner and the outbox page ask.</summary>
public sealed class Demonstration
{
    public bool IsOn { get; set; }
}
