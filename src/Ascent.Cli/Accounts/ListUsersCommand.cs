using System.CommandLine;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class ListUsersCommand
{
    private const int Most = 200;

    public static Command Create(Server server)
    {
        var school = Options.School();
        var search = new Option<string?>("--search") { Description = "The beginning of a forename, a surname or an email address", HelpName = "TEXT" };
        var state = Options.OneOf<SchoolUserState>("--state", "Only those who are");
        var access = Options.OneOf<UsersAccess>("--access", "Only those who may, or None");
        var role = Options.OneOf<JobRole>("--role", "Only those with the job role");
        var (most, json) = (Options.Most(Most), Options.Json());
        var command = new Command("list", "The people of a school by name, pending ones too. Shows names and addresses") { school, search, state, access, role, most, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var entered = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetRequiredValue(school), cancellationToken);
            if (!entered.Succeeded)
                return server.Terminal.Refuse(entered.Refusals, parse.GetValue(json));
            var asked = new SchoolUsersQuery(parse.GetValue(search), parse.GetValue(state), parse.GetValue(access), parse.GetValue(role), parse.GetValue(most));
            var found = await services.GetRequiredService<ListSchoolUsers>().ExecuteAsync(entered.Value.Actor, asked, cancellationToken);
            Tell(server.Terminal, entered.Value, found, parse.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Terminal terminal, SchoolAtConsole school, SchoolUsers found, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(new { School = new { school.Urn, school.Name }, found.Total, Users = found.Users.Select(UserWords.AsJson) });
            return;
        }
        if (found.Users.Count > 0)
            terminal.WriteTable(["User name", "Name", "Job role", "Access", "Last day", "State"], found.Users.Select(UserWords.AsRow));
        terminal.Say(found.Users.Count == found.Total
            ? $"{InWords.Count(found.Total, "person", "people")} at {school.Name}."
            : $"The first {found.Users.Count:N0} of {InWords.Count(found.Total, "person", "people")} at {school.Name}; --search finds one, --most shows more.");
    }
}
