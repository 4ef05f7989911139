using System.CommandLine;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

/// <summary>Deeds on one user, by the use cases of Manage users and Pending users.</summary>
internal static class UserDeedCommands
{
    private delegate Task<Result<string>> Deed(IServiceProvider services, SchoolUser user, Actor actor, ParseResult parse, CancellationToken cancellationToken);

    public static Command Reset(Server server) => Create(server,
        new("reset", "Close the school to an active person and have them sign up anew: a new link, a new code"),
        (user, school) => $"Have {user.FullName} sign up anew at {school.Name}?",
        async (services, user, actor, _, cancellationToken) => await services.GetRequiredService<ResetSignUp>().ExecuteAsync(user.MembershipId, actor, cancellationToken),
        (name, school) => $"{name} has to sign up anew at {school.Name}: a new link is on its way. {UserWords.WhereTheCodeIs}");

    public static Command Deactivate(Server server) => Create(server,
        new("deactivate", "Close the school to an active person at once; seats are given back, settings are kept"),
        (user, school) => $"Close {school.Name} to {user.FullName}?",
        async (services, user, actor, _, cancellationToken) => await services.GetRequiredService<DeactivateUser>().ExecuteAsync(user.MembershipId, actor, cancellationToken),
        (name, school) => $"{school.Name} is closed to {name}.");

    public static Command Reactivate(Server server)
    {
        var endsOn = Options.Day("--ends-on", "The last day of access from now on; an old one does not come back");
        var command = new Command("reactivate", "Bring back somebody whose access was closed or has ended, as a pending user: seats have to be free") { endsOn };
        return Create(server, command, null,
            async (services, user, actor, parse, cancellationToken) => await services.GetRequiredService<ReactivateUser>().ExecuteAsync(new(user.MembershipId, parse.GetValue(endsOn)), actor, cancellationToken),
            (name, school) => $"{name} is a pending user of {school.Name} again: a new link is on its way. {UserWords.WhereTheCodeIs}");
    }

    public static Command Delete(Server server) => Create(server,
        new("delete", "Take a person out of the school, or an invitation back. The address can be used anew"),
        (user, school) => $"Delete {user.FullName} ({user.State}) from {school.Name}?",
        async (services, user, actor, _, cancellationToken) => user.State == SchoolUserState.Pending
            ? await services.GetRequiredService<DeletePendingUser>().ExecuteAsync(user.MembershipId, actor, cancellationToken)
            // The page has the name typed to confirm; here the question, or --yes, stands for it.
            : await services.GetRequiredService<DeleteUser>().ExecuteAsync(new(user.MembershipId, user.FullName), actor, cancellationToken),
        (name, school) => $"{name} is deleted from {school.Name}.");

    /// <param name="question">Null when the deed can be taken back and nobody is asked.</param>
    private static Command Create(Server server, Command command, Func<SchoolUser, SchoolAtConsole, string>? question, Deed deed, Func<string, SchoolAtConsole, string> done)
    {
        var (email, school, yes, json) = (OneUser.Email(), Options.School(), Options.Yes(), Options.Json());
        command.Arguments.Add(email);
        foreach (var option in (Option[])[school, .. question is null ? Array.Empty<Option>() : [yes], json])
            command.Options.Add(option);
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var asJson = parse.GetValue(json);
            var found = await OneUser.FindAsync(services, parse.GetRequiredValue(school), parse.GetRequiredValue(email), cancellationToken);
            if (!found.Succeeded)
                return server.Terminal.Refuse(found.Refusals, asJson);
            var (entered, user) = found.Value;
            if (question is not null && server.Terminal.Confirm(question(user, entered), parse.GetValue(yes), asJson) is { } refused)
                return refused;
            var result = await deed(services, user, entered.Actor, parse, cancellationToken);
            if (!result.Succeeded)
                return server.Terminal.Refuse(result.Refusals, asJson, UserWords.AtOption);
            if (!asJson)
                server.Terminal.Say(done(result.Value, entered));
            else
            {
                var after = await services.GetRequiredService<ListSchoolUsers>().FindAsync(user.Email, entered.Actor, cancellationToken);
                server.Terminal.WriteJson(new { School = new { entered.Urn, entered.Name }, User = after.Succeeded ? UserWords.AsJson(after.Value) : null });
            }
            return ExitCode.Done;
        });
        return command;
    }
}
