using System.CommandLine;
using Ascent.Organisations;
using Ascent.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

internal static class SetPrimaryCommand
{
    private const string ByRegister = "by-register";

    public static Command Create(Server server)
    {
        var urn = Options.Urn();
        var decision = new Argument<string>("DECISION") { Description = "yes, no, or by-register to leave it to the register again" }.AcceptOnlyFromAmong("yes", "no", ByRegister);
        var json = Options.Json();
        var command = new Command("set-primary", "Decide whether a school counts as primary, and so has Pupil Tracking") { urn, decision, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            bool? isPrimary = parse.GetRequiredValue(decision) switch { "yes" => true, "no" => false, _ => null };
            var set = await services.GetRequiredService<SetPrimary>().ExecuteAsync(new(parse.GetRequiredValue(urn), isPrimary), Actor.Operator, cancellationToken);
            if (!set.Succeeded)
                return server.Terminal.Refuse(set.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
                server.Terminal.WriteJson(set.Value);
            else
                server.Terminal.Say($"{set.Value.School}: {(set.Value.IsPrimary ? "primary" : "not primary")}, {set.Value.Reason}.{(set.Value.Changed ? "" : " Nothing changed.")}");
            return ExitCode.Done;
        });
        return command;
    }
}
