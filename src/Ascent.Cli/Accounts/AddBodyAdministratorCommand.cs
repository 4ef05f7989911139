using System.CommandLine;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class AddBodyAdministratorCommand
{
    private static readonly Permission[] Reports = [.. PermissionCatalogue.Body.Where(p => p.Group != PermissionGroup.Administration).Select(p => p.Permission)];
    // A School Improvement Partner administers nothing, and "Other" would have to be said in words.
    private static readonly JobRole[] Roles = [.. JobRoles.InBodies.Select(r => r.Role).Where(r => r is not (JobRole.Other or JobRole.SchoolImprovementPartner))];

    public static Command Create(Server server)
    {
        var body = Options.Body();
        var forename = new Option<string>("--forename") { Required = true, HelpName = "NAME" };
        var surname = new Option<string>("--surname") { Required = true, HelpName = "NAME" };
        var email = new Option<string>("--email") { Required = true, HelpName = "ADDRESS", Description = "Becomes the user name; the sign-up link is mailed there" };
        var role = new Option<JobRole>("--role")
        {
            HelpName = "ROLE",
            Description = $"The job role, which grants nothing: {string.Join(", ", Roles)} [{JobRole.Administrator}]",
            DefaultValueFactory = _ => JobRole.Administrator,
            CustomParser = result => Options.ReadName(result, result.Tokens[0].Value, Roles) ?? default,
        };
        var reports = new Option<PermissionSet>("--reports")
        {
            HelpName = "LIST",
            Description = $"What the person may open beside the setup, of all linked schools, with commas between: {string.Join(", ", Reports)} [nothing]",
            CustomParser = result => AddAdministratorCommand.ReadReports(result, Reports),
        };
        var mixed = Options.AcceptMixedScript();
        var json = Options.Json();
        var command = new Command("add-administrator", "Add an administrator (LA or Trust setup) to an authority or trust, as a pending user") { body, forename, surname, email, role, reports, mixed, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var added = await services.GetRequiredService<AddBodyAdministrator>().ExecuteAsync(
                new(parse.GetRequiredValue(body), parse.GetValue(forename), parse.GetValue(surname), parse.GetValue(email), parse.GetValue(mixed), parse.GetValue(role), parse.GetValue(reports)), cancellationToken);
            if (!added.Succeeded)
                return server.Terminal.Refuse(added.Refusals, parse.GetValue(json), AddAdministratorCommand.InOptions);
            Tell(server.Terminal, added.Value, services.GetRequiredService<ServerSettings>(), parse.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Terminal terminal, BodyAdministratorAdded added, ServerSettings settings, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(added);
            return;
        }
        terminal.Say(added.WasWaiting
            ? $"{added.Email} was a pending administrator of {added.Body} already. The old link is dead, a new one is on its way."
            : $"{added.Email} is a pending administrator of {added.Body}.");
        terminal.Say(Options.WhereTheMailIs(settings));
        if (added.Code is null)
        {
            terminal.Say("The activation code is told by the administrators that there are already.");
            return;
        }
        terminal.Say("");
        terminal.Say($"Activation code: {added.Code}");
        terminal.Say("");
        terminal.Say("Tell it by telephone or in person. Nobody there can show it yet, and it is in no mail.");
    }
}
