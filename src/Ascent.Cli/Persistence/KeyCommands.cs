using System.CommandLine;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Persistence;

internal static class KeyCommands
{
    private const string Lost =
        """
        With the old master key these are lost for good:
          - every session: people sign in again, with the passwords that they have
          - activation codes and reset codes that wait: make new ones, or delete the pending users and create them again
          - mails that wait and carry a link: send the link again from Pending users
          - the proof that older log entries are unchanged: `ascent audit verify` names them from now on
        """;

    public static Command Replace(Server server)
    {
        var confirm = new Option<bool>("--lost-for-good") { Description = "The old key is lost, and what was kept under it may go" };
        var command = new Command("replace", "Go on under another master key when the right one is lost; says first what goes with it") { confirm };
        // Not Needs.Database: that refuses to begin without the right key.
        server.Handle(command, Needs.Settings, async (parse, services, cancellationToken) =>
        {
            var status = await services.GetRequiredService<MigrateDatabase>().StatusAsync(cancellationToken);
            if (!status.IsCurrent)
            {
                server.Terminal.Complain("The database is not of this version. `ascent database status` says more.");
                return ExitCode.NoDatabase;
            }
            if (!parse.GetValue(confirm))
            {
                server.Terminal.Complain(Lost);
                server.Terminal.Complain("Look once more for the key: in backups, and in ASCENT_MASTER_KEY of the old server. If it is nowhere, repeat the command with --lost-for-good.");
                return ExitCode.Refused;
            }
            var replaced = await services.GetRequiredService<ReplaceMasterKey>().ExecuteAsync(Actor.Operator, cancellationToken);
            if (!replaced.Succeeded)
                return server.Terminal.Refuse(replaced.Refusals, json: false);
            server.Terminal.Say($"{InWords.Count(replaced.Value, "key", "keys")} forgotten. The server starts again, and keeps what is secret under the key that is here from now on.");
            return ExitCode.Done;
        });
        return command;
    }
}
