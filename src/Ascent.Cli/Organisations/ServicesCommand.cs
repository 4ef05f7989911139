using System.CommandLine;
using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

/// <summary>Which services a school has.</summary>
internal static class ServicesCommand
{
    public static Command Create(Server server)
    {
        var urn = Options.Urn();
        var terms = ServiceCatalogue.All.ToDictionary(info => info.Service, Term);
        var json = Options.Json();
        var command = new Command("services", "Show which services a school has, or switch them on, off, or on until a day") { urn, json };
        foreach (var term in terms.Values)
            command.Add(term);
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var (place, terminal) = (parse.GetRequiredValue(urn), server.Terminal);
            var chosen = terms.Where(t => parse.GetValue(t.Value) is not null).ToDictionary(t => t.Key, t => parse.GetValue(t.Value)!.Value);
            if (chosen.Count > 0)
            {
                var set = await services.GetRequiredService<SetServices>().ExecuteAsync(new(place, chosen), Actor.Operator, cancellationToken);
                if (!set.Succeeded)
                    return terminal.Refuse(set.Refusals, parse.GetValue(json));
                if (parse.GetValue(json))
                    terminal.WriteJson(new { set.Value.School, Changes = set.Value.Changes.Select(c => new { c.Service, Before = c.Before.ToString(), After = c.After.ToString() }) });
                else if (set.Value.Changes.Count == 0)
                    terminal.Say($"{set.Value.School}: nothing changed, it is so already.");
                else
                    terminal.Say($"{set.Value.School}: {InWords.List(set.Value.Changes.Select(c => $"{c.Label} {c.After.Words}"))}. It holds from everybody’s next request, and its administrators are told by mail.");
                return ExitCode.Done;
            }
            if (await services.GetRequiredService<ReadOrganisation>().ExecuteAsync(place, cancellationToken) is not { School: not null } view)
                return terminal.Refuse([new NotFound($"school with URN {place}")], parse.GetValue(json));
            if (parse.GetValue(json))
                terminal.WriteJson(new { School = view.Organisation.Name, Services = view.Services.Select(s => new { s.Info.Service, Term = s.Term.ToString(), s.Holders }) });
            else
                terminal.WriteFacts([.. view.Services.Select(s => (s.Info.Label, $"{s.Term.Words}; {InWords.Count(s.Holders, "user holds", "users hold")} something of it"))]);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<ServiceTerm?> Term(ServiceInfo info) => new($"--{info.Option}")
    {
        HelpName = "on|off|until DATE",
        Description = $"{info.Label}: on, off, or on until the end of a day, such as until 2027-08-31",
        Arity = new ArgumentArity(1, 2),
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            var typed = string.Join(' ', result.Tokens.Select(t => t.Value));
            if (ServiceTerm.Read(typed) is { } term)
                return term;
            result.AddError($"--{info.Option}: “{typed}” is none of on, off, or until and a day, such as until 2027-08-31.");
            return null;
        },
    };
}
