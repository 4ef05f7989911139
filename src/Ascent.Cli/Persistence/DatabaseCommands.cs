using System.CommandLine;
using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Persistence;

internal static class DatabaseCommands
{
    public static Command Migrate(Server server)
    {
        var command = new Command("migrate", "Make the database, or bring it to this version; there is no way back but a backup");
        server.Handle(command, Needs.Settings, async (_, services, cancellationToken) =>
        {
            var migrate = services.GetRequiredService<MigrateDatabase>();
            var status = await migrate.StatusAsync(cancellationToken);
            if (status.Unknown.Count > 0)
            {
                server.Terminal.Complain(new DatabaseLater().Message);
                return ExitCode.NoDatabase;
            }
            await migrate.ExecuteAsync(cancellationToken);
            server.Terminal.Say(status.Pending.Count == 0
                ? $"{migrate.Place} is up to date."
                : $"{InWords.Count(status.Pending.Count, "migration", "migrations")} applied to {migrate.Place}.");
            if (status.Applied.Count > 0)
            {
                // Only with the right key: the files that tell of a restore are under it.
                var check = await services.GetRequiredService<CheckDatabase>().ExecuteAsync(migratesItself: false, cancellationToken);
                if (!check.Succeeded)
                {
                    server.Terminal.Complain(check.Refusals[0].Message);
                    return ExitCode.NoDatabase;
                }
                await services.GetRequiredService<MendRestore>().ExecuteAsync(cancellationToken);
            }
            var tooMany = await services.GetRequiredService<OpenSeats>().ExecuteAsync(Actor.Operator, cancellationToken);
            foreach (var school in tooMany)
                server.Terminal.Complain($"No seats were opened: {school.InWords}");
            return tooMany.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    public static Command Status(Server server)
    {
        var json = Options.Json();
        var command = new Command("status", "Does the database fit this version?") { json };
        server.Handle(command, Needs.Settings, async (parse, services, cancellationToken) =>
        {
            var migrate = services.GetRequiredService<MigrateDatabase>();
            var status = await migrate.StatusAsync(cancellationToken);
            var gaps = status.IsCurrent ? await migrate.GapsAsync(cancellationToken) : [];
            if (parse.GetValue(json))
                server.Terminal.WriteJson(new { migrate.Place, status.Applied, status.Pending, status.Unknown, status.IsCurrent, Gaps = gaps });
            else
                server.Terminal.Say(status switch
                {
                    { Applied.Count: 0 } => $"There is no Ascent database in {migrate.Place} yet. `ascent database migrate` makes it.",
                    { Unknown.Count: > 0 } => new DatabaseLater().Message,
                    { Pending.Count: > 0 } => $"{migrate.Place} lacks {InWords.List(status.Pending)}. Make a backup, then run `ascent database migrate`.",
                    _ => $"{migrate.Place} is up to date.",
                });
            foreach (var gap in parse.GetValue(json) ? [] : gaps)
                server.Terminal.Complain(gap);
            return status.IsCurrent && gaps.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }
}
