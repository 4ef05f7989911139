using System.CommandLine;
using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

internal static class SecondFactorCommand
{
    public static Command Create(Server server)
    {
        var urn = Options.Urn();
        var rule = new Argument<string>("RULE") { Description = "offered (nobody has to), default (who administers or sees pupils’ names or marks), or everybody" }.AcceptOnlyFromAmong("offered", "default", "everybody");
        var json = Options.Json();
        var command = new Command("second-factor", "Decide who in a school has to have a second factor") { urn, rule, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var chosen = Enum.Parse<FactorRule>(parse.GetRequiredValue(rule), ignoreCase: true);
            var set = await services.GetRequiredService<SetFactorRule>().ExecuteAsync(parse.GetRequiredValue(urn), chosen, Actor.Operator, cancellationToken);
            if (!set.Succeeded)
                return server.Terminal.Refuse(set.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
                server.Terminal.WriteJson(set.Value);
            else
                server.Terminal.Say($"{set.Value.Organisation}: {parse.GetRequiredValue(rule)}. {(set.Value.Changed ? $"{InWords.Count(set.Value.WithoutFactor, "person has", "people have")} to add a second factor before the next page." : "Nothing changed.")}");
            return ExitCode.Done;
        });
        return command;
    }
}
