using Ascent.Accounts;
using Ascent.Demo;
using Ascent.Demo.Pupils;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.SetUp;
using Ascent.Shared;

namespace Ascent.Web.Hosting;

/// <summary>What has to be done before the first page: tables, seats, the demonstration, and a word on the console.</summary>
internal static class Startup
{
    /// <returns>Why it cannot start, or null.</returns>
    public static async Task<string?> PrepareAsync(WebApplication app, StartOptions start, ServerSettings settings)
    {
        var stop = app.Lifetime.ApplicationStopping;
        // A single node upgrades its file by itself; servers that share a database must not do it at once.
        var migratesItself = DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Sqlite;
        if ((await app.Services.GetRequiredService<CheckDatabase>().ExecuteAsync(migratesItself, stop)).Refusals is [var problem, ..])
            return problem.Message;
        if (migratesItself)
            await app.Services.GetRequiredService<MigrateDatabase>().ExecuteAsync(stop);
        foreach (var gap in await app.Services.GetRequiredService<MigrateDatabase>().GapsAsync(stop))
            app.Logger.LogWarning("{Gap}", gap);
        // Before anything answers: somebody who was erased is not to be found, also not for a moment.
        await app.Services.GetRequiredService<MendRestore>().ExecuteAsync(stop);
        foreach (var refused in await app.Services.GetRequiredService<OpenSeats>().ExecuteAsync(Actor.System, stop))
            app.Logger.LogWarning("No seats were opened: {Reason}", $"school {refused.Urn} has {refused.Holders.Count} holders of {refused.Label}, the limit is {refused.Limit}");
        var seed = app.Services.GetRequiredService<SeedDemonstration>();
        var isOther = start.WantsDemonstration && !(await seed.ExecuteAsync(stop)).Succeeded;
        if (start.WantsDemonstration && !isOther)
            await app.Services.GetRequiredService<SeedPupils>().ExecuteAsync(stop);
        var demonstration = app.Services.GetRequiredService<Demonstration>();
        demonstration.IsOn = await seed.IsDemonstrationAsync(stop);
        if (demonstration.IsOn && !start.ExposeDemonstration && IsExposed(app))
            return "The demonstration's passwords are known to everybody, so it listens on this machine only. Use --demo --expose if you mean it, or --no-demo with another --data folder.";
        var gate = app.Services.GetRequiredService<FirstRunGate>();
        var token = gate.IsOver ? null : await app.Services.GetRequiredService<FirstRun>().BeginAsync(stop);
        gate.IsOver = token is null;
        app.Lifetime.ApplicationStarted.Register(() => Greet(settings, demonstration.IsOn, isOther, token));
        return null;
    }

    private static bool IsExposed(WebApplication app) =>
        (app.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Any(url => !BindingAddress.Parse(url).Host.IsLoopback());

    private static bool IsLoopback(this string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    private static void Greet(ServerSettings settings, bool isDemonstration, bool isOther, string? setUpToken)
    {
        var lines = new List<string> { "", $"Ascent is running at {settings.PublicAddress}", $"Data, keys and mail: {settings.DataFolder}" };
        if (isDemonstration)
        {
            var width = DemoPeople.SignIns.Max(s => s.Email.Length);
            lines.Add($"Demonstration. Every sign-in has the password: {SeedDemonstration.Password}");
            lines.AddRange(DemoPeople.SignIns.Select(s => $"  {s.Email.PadRight(width)}  {s.What}"));
            lines.Add($"Mail that it would send: {settings.Address("demo/outbox")}");
        }
        else if (setUpToken is not null)
            // The one place where this token stands: whoever reads the console may set the server up.
            lines.AddRange(["There is nothing on this server yet. Set it up here; the link works until there is a first administrator, or the server starts again:", $"  {settings.Address($"set-up/{setUpToken}")}"]);
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
