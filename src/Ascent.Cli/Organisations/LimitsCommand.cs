using System.CommandLine;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

/// <summary>How many people of a school may hold a limited permission.</summary>
internal static class LimitsCommand
{
    public static Command Create(Server server)
    {
        var urn = Options.Urn();
        var setup = Number("--school-setup", Permission.SchoolSetup);
        var data = Number("--manage-data", Permission.ManageData);
        var json = Options.Json();
        var command = new Command("limits", "Show how many people of a school may hold a limited permission, or change it") { urn, setup, data, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var (place, terminal) = (parse.GetRequiredValue(urn), server.Terminal);
            var limits = new[] { (Permission: Permission.SchoolSetup, Limit: parse.GetValue(setup)), (Permission: Permission.ManageData, Limit: parse.GetValue(data)) }
                .Where(l => l.Limit is not null).ToDictionary(l => l.Permission, l => l.Limit!.Value);
            if (limits.Count > 0)
            {
                var set = await services.GetRequiredService<SetLimits>().ExecuteAsync(new(place, limits), Actor.Operator, cancellationToken);
                if (!set.Succeeded)
                    return terminal.Refuse(set.Refusals, parse.GetValue(json));
                if (parse.GetValue(json))
                    terminal.WriteJson(set.Value);
                else if (set.Value.Changes.Count == 0)
                    terminal.Say($"{set.Value.School}: nothing changed, it is so already.");
                else
                    terminal.Say($"{set.Value.School}: {InWords.List(set.Value.Changes.Select(c => $"{c.Label} from {c.Before} to {c.After}"))}. Its administrators are told by mail.");
                return ExitCode.Done;
            }
            if (await services.GetRequiredService<ReadOrganisation>().ExecuteAsync(place, cancellationToken) is not { School: not null } view)
                return terminal.Refuse([new NotFound($"school with URN {place}")], parse.GetValue(json));
            if (parse.GetValue(json))
                terminal.WriteJson(new { School = view.Organisation.Name, view.Line.Limits });
            else
                terminal.WriteFacts([.. view.Line.Limits.Select(l => (l.Label, l.Limit == 0 ? "no seats opened" : $"{l.Used} of {l.Limit} used{(l.Pending > 0 ? $", {l.Pending} of them pending" : "")}"))]);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<int?> Number(string name, Permission permission) => new(name)
    {
        HelpName = "N",
        Description = $"How many people may hold {PermissionCatalogue.Label(permission, false)}, {SetLimits.Lowest} to {SetLimits.Highest}; not fewer than hold it now",
    };
}
