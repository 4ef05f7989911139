using System.CommandLine;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class EraseCommand
{
    public static Command Create(Server server)
    {
        var email = new Argument<string>("EMAIL") { Description = "The person’s user name" };
        var (yes, json) = (Options.Yes(), Options.Json());
        var command = new Command("erase", "Delete everything held on a person who has no place in any organisation any more. It cannot be undone") { email, yes, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            if (server.Terminal.Confirm($"Erase everything held on {parse.GetRequiredValue(email)}, for good?", parse.GetValue(yes), parse.GetValue(json)) is { } refused)
                return refused;
            var erased = await services.GetRequiredService<EraseAccount>().ExecuteAsync(parse.GetRequiredValue(email), Actor.Operator, cancellationToken);
            if (!erased.Succeeded)
                return server.Terminal.Refuse(erased.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
                server.Terminal.WriteJson(erased.Value);
            else
                Tell(server.Terminal, erased.Value, services.GetRequiredService<ErasureList>().Path);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Asked(Server server)
    {
        var json = Options.Json();
        var command = new Command("asked", "Who has asked to be erased, and is not yet") { json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var wishes = await services.GetRequiredService<ListErasureWishes>().ExecuteAsync(cancellationToken);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(wishes);
            else if (wishes.Count > 0)
                server.Terminal.WriteTable(["User name", "Name", "Asked on", "Places left"], wishes.Select(w => (string[])[w.Email, w.Name, InWords.Date(w.AskedAt), $"{w.Places}"]));
            if (!parse.GetValue(json))
                server.Terminal.Say($"{InWords.Count(wishes.Count, "person", "people")}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Terminal terminal, ErasureReceipt receipt, string list)
    {
        terminal.Say($"Erased on {InWords.Date(receipt.At)}. Receipt {receipt.Receipt}, for the person.");
        terminal.Say("");
        terminal.Say($"Deleted: name, email address, password, devices and sessions; {InWords.Count(receipt.Details, "text", "texts")} beside the log; {InWords.Count(receipt.Mails, "mail", "mails")} to them or naming them.");
        terminal.Say($"Kept: account {receipt.AccountId:N} without a name, and an entry in {InWords.Count(receipt.Chains, "chain", "chains")} of the log that says so.");
        terminal.Say($"Listed in {list}: keep that file apart from the backups, a restore has to apply it.");
    }
}
