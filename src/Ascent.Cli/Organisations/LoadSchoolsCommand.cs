using System.CommandLine;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Ascent.Cli.Organisations;

internal static class LoadSchoolsCommand
{
    private const int RefusedShown = 50;

    public static Command Create(Server server)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The register’s list of all establishments, edubasealldata….csv" }.AcceptExistingOnly();
        var json = Options.Json();
        var command = new Command("load", "Load or update schools, local authorities and trusts from the register (GIAS)") { file, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            using var stream = Open(server.Terminal, parse.GetRequiredValue(file));
            if (stream is null)
                return ExitCode.Refused;
            var asJson = parse.GetValue(json);
            var load = await LoadAsync(server.Terminal, services.GetRequiredService<LoadSchools>(), stream, asJson, cancellationToken);
            if (!load.Succeeded)
                return server.Terminal.Refuse(load.Refusals, asJson);
            var tooMany = await OpenSeatsAsync(server.Terminal, services.GetRequiredService<OpenSeats>(), asJson, cancellationToken);
            return Tell(server.Terminal, load.Value, tooMany, asJson);
        });
        return command;
    }

    internal static FileStream? Open(Terminal terminal, FileInfo file)
    {
        try
        {
            var stream = file.OpenRead();
            if (stream.CanSeek)
                return stream;
            stream.Dispose();
            terminal.Complain($"{file.Name} has to be a file on a disk: it is read twice.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.Complain($"The file cannot be read: {exception.Message}");
        }
        return null;
    }

    internal static async Task<Result<SchoolsLoad>> LoadAsync(Terminal terminal, LoadSchools load, Stream stream, bool asJson, CancellationToken cancellationToken)
    {
        if (!terminal.IsTerminal || asJson)
            return await load.ExecuteAsync(stream, Actor.Operator, null, cancellationToken);
        return await terminal.Console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("Loading schools", maxValue: 1);
            return await load.ExecuteAsync(stream, Actor.Operator, new Reporter(progress =>
            {
                task.Description = $"{InWords.Count(progress.Rows, "row", "rows")}";
                task.Value = progress.Fraction;
            }), cancellationToken);
        });
    }

    internal static async Task<IReadOnlyList<TooManyHolders>> OpenSeatsAsync(Terminal terminal, OpenSeats openSeats, bool asJson, CancellationToken cancellationToken) =>
        !terminal.IsTerminal || asJson
            ? await openSeats.ExecuteAsync(Actor.Operator, cancellationToken)
            : await terminal.Console.Status().StartAsync("Opening seats", _ => openSeats.ExecuteAsync(Actor.Operator, cancellationToken));

    private static int Tell(Terminal terminal, SchoolsLoad load, IReadOnlyList<TooManyHolders> tooMany, bool asJson)
    {
        if (asJson)
            terminal.WriteJson(new { load.Added, load.Updated, load.Unchanged, load.Closed, load.LocalAuthorities, load.Trusts, load.RefusedCount, load.Refused, load.MissingColumns, load.GaveUp, NoSeatsOpened = tooMany });
        else
            terminal.WriteTable(["", "Added", "Updated", "Unchanged"],
            [
                ["Schools", N(load.Added), N(load.Updated), N(load.Unchanged)],
                ["Local authorities", N(load.LocalAuthorities.Added), N(load.LocalAuthorities.Renamed), ""],
                ["Trusts", N(load.Trusts.Added), N(load.Trusts.Renamed), ""],
            ]);
        if (!asJson)
            terminal.Say($"{InWords.Count(load.Loaded, "school", "schools")} loaded, {InWords.Count(load.Closed, "of them is", "of them are")} closed; {InWords.Count(load.RefusedCount, "row was", "rows were")} left out.");
        Complain(terminal, load, tooMany);
        return load.RefusedCount == 0 && !load.GaveUp && tooMany.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    internal static void Complain(Terminal terminal, SchoolsLoad load, IReadOnlyList<TooManyHolders> tooMany)
    {
        foreach (var row in load.Refused.Take(RefusedShown))
            terminal.Complain(row.Urn is null ? $"Line {row.Line}: {row.Reason}" : $"Line {row.Line}, URN {row.Urn}: {row.Reason}");
        if (load.RefusedCount > RefusedShown)
            terminal.Complain($"… and {InWords.Count(load.RefusedCount - RefusedShown, "row", "rows")} more; --json lists the first {LoadSchools.MostRefusedKept:N0}.");
        if (load.GaveUp)
            terminal.Complain("Reading stopped there: too many rows cannot be told apart. The rest of the file was not read.");
        if (load.MissingColumns.Count > 0)
            terminal.Complain($"The file has no column {InWords.List(load.MissingColumns, "or")}; what was known of it stays as it was.");
        foreach (var school in tooMany)
            terminal.Complain($"No seats were opened: {school.InWords}");
    }

    private static string N(int count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    // Progress<T> reports on another thread, later; a bar that is gone by then must not be touched.
    private sealed class Reporter(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
