using System.CommandLine;
using System.CommandLine.Parsing;
using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class AddAdministratorCommand
{
    // Administration is what the command gives anyway, and "Other" would have to be said in words.
    private static readonly Permission[] Reports = [.. PermissionCatalogue.All.Where(p => p.Group != PermissionGroup.Administration).Select(p => p.Permission)];
    private static readonly JobRole[] Roles = [.. JobRoles.All.Select(r => r.Role).Where(r => r != JobRole.Other)];

    public static Command Create(Server server)
    {
        var urn = Options.Urn();
        var forename = new Option<string>("--forename") { Required = true, HelpName = "NAME" };
        var surname = new Option<string>("--surname") { Required = true, HelpName = "NAME" };
        var email = new Option<string>("--email") { Required = true, HelpName = "ADDRESS", Description = "Becomes the user name; the sign-up link is mailed there" };
        var role = Role();
        var reports = new Option<PermissionSet>("--reports")
        {
            HelpName = "LIST",
            Description = $"What the person may open beside School setup, with commas between: {string.Join(", ", Reports)} [nothing]",
            CustomParser = result => ReadReports(result, Reports),
        };
        var mixed = Options.AcceptMixedScript();
        var json = Options.Json();
        var command = new Command("add-administrator", "Add an administrator (School setup) to a school, as a pending user") { urn, forename, surname, email, role, reports, mixed, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var request = new AddSchoolAdministratorRequest(parse.GetRequiredValue(urn), parse.GetValue(forename), parse.GetValue(surname), parse.GetValue(email),
                parse.GetValue(mixed), parse.GetValue(role), parse.GetValue(reports));
            var added = await services.GetRequiredService<AddSchoolAdministrator>().ExecuteAsync(request, cancellationToken);
            if (!added.Succeeded)
                return server.Terminal.Refuse(added.Refusals, parse.GetValue(json), InOptions);
            Tell(server.Terminal, added.Value, services.GetRequiredService<ServerSettings>(), parse.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    internal static Option<JobRole> Role() => new("--role")
    {
        HelpName = "ROLE",
        Description = $"The job role, which grants nothing: {string.Join(", ", Roles)} [{JobRole.Administrator}]",
        DefaultValueFactory = _ => JobRole.Administrator,
        CustomParser = result => Options.ReadName(result, result.Tokens[0].Value, Roles) ?? default,
    };

    internal static void Tell(Terminal terminal, SchoolAdministratorAdded added, ServerSettings settings, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(added);
            return;
        }
        terminal.Say(added.WasWaiting
            ? $"{added.Email} was a pending administrator of {added.School} already. The old link is dead, a new one is on its way."
            : $"{added.Email} is a pending administrator of {added.School}.");
        terminal.Say(Options.WhereTheMailIs(settings));
        if (added.Code is null)
        {
            terminal.Say("The activation code is under Pending users: the school has administrators who can show it.");
            return;
        }
        terminal.Say("");
        terminal.Say($"Activation code: {added.Code}");
        terminal.Say("");
        terminal.Say("Tell it by telephone or in person. Nobody at the school can show it yet, and it is in no mail.");
    }

    internal static PermissionSet ReadReports(ArgumentResult result, Permission[] reports)
    {
        var set = PermissionSet.None;
        foreach (var typed in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            if (Options.ReadName(result, typed, reports) is { } permission)
                set = set.With(permission);
        return set;
    }

    internal static string InOptions(Refusal refusal) => refusal is AccessRefusal access ? $"--reports: {access.Message}" : Options.AtOption(refusal);
}
