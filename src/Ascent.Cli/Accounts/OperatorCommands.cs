using System.CommandLine;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

/// <summary>Accounts that open /operator in the browser. They are made here only.</summary>
internal static class OperatorCommands
{
    public static Command Add(Server server)
    {
        var email = Email();
        var forename = new Option<string>("--forename") { Required = true, HelpName = "NAME" };
        var surname = new Option<string>("--surname") { Required = true, HelpName = "NAME" };
        var mixed = Options.AcceptMixedScript();
        var json = Options.Json();
        var command = new Command("add", "Give somebody an operator account: the link goes by mail, the code is printed here") { email, forename, surname, mixed, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var request = new AddOperatorRequest(parse.GetValue(email), parse.GetValue(forename), parse.GetValue(surname), parse.GetValue(mixed));
            var added = await services.GetRequiredService<AddOperator>().ExecuteAsync(request, Actor.Operator, cancellationToken);
            if (!added.Succeeded)
                return server.Terminal.Refuse(added.Refusals, parse.GetValue(json), Options.AtOption);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(added.Value);
            else
                Tell(server.Terminal, added.Value, services.GetRequiredService<ServerSettings>());
            return ExitCode.Done;
        });
        return command;
    }

    public static Command List(Server server)
    {
        var json = Options.Json();
        var command = new Command("list", "Who has an operator account, or is invited to one") { json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var operators = await services.GetRequiredService<ListOperators>().ExecuteAsync(cancellationToken);
            var now = services.GetRequiredService<TimeProvider>().Now();
            if (parse.GetValue(json))
                server.Terminal.WriteJson(operators);
            else if (operators.Count > 0)
                server.Terminal.WriteTable(["User name", "Name", "State"], operators.Select(o => (string[])[o.Email, o.Name, State(o, now)]));
            if (!parse.GetValue(json))
                server.Terminal.Say($"{InWords.Count(operators.Count, "operator", "operators")}.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Remove(Server server)
    {
        var email = Email();
        var json = Options.Json();
        var command = new Command("remove", "Take an operator account away, at once and on every device") { email, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var removed = await services.GetRequiredService<RemoveOperator>().ExecuteAsync(parse.GetRequiredValue(email), Actor.Operator, cancellationToken);
            if (!removed.Succeeded)
                return server.Terminal.Refuse(removed.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
                server.Terminal.WriteJson(new { Removed = parse.GetRequiredValue(email) });
            else
                server.Terminal.Say($"{removed.Value} is no operator any more.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Email() => new("EMAIL") { Description = "The user name: an address that belongs to no member of a school" };

    private static string State(OperatorLine line, DateTime now) =>
        line.ActivatedAt is { } since ? $"active since {InWords.Date(since)}"
        : line.LinkExpiresAt > now ? $"pending, the link works until {InWords.Moment(line.LinkExpiresAt.Value, now)}"
        : "pending, the link has run out";

    private static void Tell(Terminal terminal, OperatorAdded added, ServerSettings settings)
    {
        terminal.Say(added.WasWaiting
            ? $"{added.Email} was invited already. The old link and code are dead, new ones take their place."
            : $"{added.Email} is invited to run this server.");
        terminal.Say(Options.WhereTheMailIs(settings));
        terminal.Say("");
        terminal.Say($"Activation code: {added.Code}");
        terminal.Say("");
        terminal.Say("Tell it by telephone or in person. It is in no mail, and nobody can show it again.");
    }
}
