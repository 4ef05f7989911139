using System.CommandLine;
using System.CommandLine.Parsing;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class CreateUserCommand
{
    private const string OwnClasses = ":own-classes";

    private static readonly Permission[] All = [.. PermissionCatalogue.All.Select(p => p.Permission)];

    public static Command Create(Server server)
    {
        var typed = new Typed();
        var command = new Command("create", "Create a pending user of a school: the sign-up link goes by mail, the code stays with the school");
        foreach (var option in typed.All)
            command.Options.Add(option);
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var json = parse.GetValue(typed.Json);
            var entered = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetRequiredValue(typed.School), cancellationToken);
            if (!entered.Succeeded)
                return server.Terminal.Refuse(entered.Refusals, json);
            var created = await services.GetRequiredService<CreateUser>().ExecuteAsync(typed.Read(parse), entered.Value.Actor, cancellationToken);
            if (!created.Succeeded)
                return server.Terminal.Refuse(created.Refusals, json, UserWords.AtOption);
            var user = await services.GetRequiredService<ListSchoolUsers>().FindAsync(parse.GetRequiredValue(typed.Email), entered.Value.Actor, cancellationToken);
            var hasHolder = (await services.GetRequiredService<ListAdministrators>().ExecuteAsync(entered.Value.Id, cancellationToken)).Count > 0;
            if (json)
                server.Terminal.WriteJson(new { School = new { entered.Value.Urn, entered.Value.Name }, User = UserWords.AsJson(user.Value) });
            else
                Tell(server.Terminal, entered.Value, user.Value, hasHolder, services.GetRequiredService<ServerSettings>());
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Terminal terminal, SchoolAtConsole school, SchoolUser user, bool hasHolder, ServerSettings settings)
    {
        terminal.Say($"{user.FullName} ({user.Email}) is a pending user of {school.Name}.");
        terminal.Say(Options.WhereTheMailIs(settings));
        terminal.Say(hasHolder ? UserWords.WhereTheCodeIs
            : $"{UserWords.WhereTheCodeIs} {school.Name} has no active one yet: `ascent schools add-administrator {school.Urn}` makes one, and prints that one’s code.");
    }

    private static PermissionSet ReadPermissions(ArgumentResult result)
    {
        var set = PermissionSet.None;
        foreach (var typed in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var isOwn = typed.EndsWith(OwnClasses, StringComparison.OrdinalIgnoreCase);
            if (Options.ReadName(result, isOwn ? typed[..^OwnClasses.Length] : typed, All) is not { } permission)
                continue;
            if (isOwn && !PermissionCatalogue.Of(permission).HasScope)
                result.AddError($"{permission} has no own classes.");
            else
                set = isOwn ? set.With(permission, PupilScope.OwnClasses) : set.With(permission);
        }
        return set;
    }

    private sealed class Typed
    {
        private readonly Option<string> forename = new("--forename") { Required = true, HelpName = "NAME" };
        private readonly Option<string> surname = new("--surname") { Required = true, HelpName = "NAME" };
        private readonly Option<JobRole?> role = Options.OneOf<JobRole>("--role", "The job role, which grants nothing");
        private readonly Option<string?> otherRole = new("--other-role") { HelpName = "TEXT", Description = "The role in words, with --role Other" };
        private readonly Option<PermissionSet> permissions = new("--permissions")
        {
            HelpName = "LIST",
            Description = $"What the person may do, with commas between: {string.Join(", ", CreateUserCommand.All)}; {nameof(Permission.PupilReports)}{OwnClasses} for own classes only [nothing]",
            CustomParser = ReadPermissions,
        };
        private readonly Option<DateOnly?> endsOn = Options.Day("--ends-on", "The last day of access");
        private readonly Option<bool> mixed = Options.AcceptMixedScript();

        public Typed() => role.Required = true;

        public Option<string> School { get; } = Options.School();

        public Option<string> Email { get; } = new("--email") { Required = true, HelpName = "ADDRESS", Description = "Becomes the user name; the sign-up link is mailed there" };

        public Option<bool> Json { get; } = Options.Json();

        public IEnumerable<Option> All => [School, forename, surname, Email, role, otherRole, permissions, endsOn, mixed, Json];

        public CreateUserRequest Read(ParseResult parse) => new(null, parse.GetValue(forename), parse.GetValue(surname), parse.GetValue(Email), parse.GetValue(mixed),
            parse.GetValue(role)!.Value, parse.GetValue(otherRole), parse.GetValue(permissions), parse.GetValue(endsOn));
    }
}
