using System.CommandLine;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class ShowUserCommand
{
    public static Command Create(Server server)
    {
        var (email, school, json) = (OneUser.Email(), Options.School(), Options.Json());
        var command = new Command("show", "One person of a school: access, state, link. Never the code") { email, school, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var found = await OneUser.FindAsync(services, parse.GetRequiredValue(school), parse.GetRequiredValue(email), cancellationToken);
            if (!found.Succeeded)
                return server.Terminal.Refuse(found.Refusals, parse.GetValue(json));
            var (entered, user) = found.Value;
            if (parse.GetValue(json))
                server.Terminal.WriteJson(new { School = new { entered.Urn, entered.Name }, User = UserWords.AsJson(user) });
            else
                server.Terminal.WriteFacts([.. await FactsAsync(services, entered, user, cancellationToken)]);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IEnumerable<(string Name, string Value)>> FactsAsync(IServiceProvider services, SchoolAtConsole school, SchoolUser user, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().Now();
        List<(string, string)> facts =
        [
            ("Name", user.FullName), ("User name", user.Email), ("School", $"{school.Name} ({school.Urn})"), ("Job role", JobRoles.Label(user.Access.JobRole, user.Access.OtherRole)),
            ("State", $"{user.State}, since {InWords.Moment(user.StateSince, now)}"), ("Last day", user.Access.EndsOn is { } day ? InWords.Date(day) : "none"),
        ];
        var held = user.Access.Permissions.Effective(school.HasTracking).Held().Select(p => PermissionCatalogue.Label(p, school.HasTracking) + (UserWords.OwnClasses(user.Access.Permissions).Contains(p) ? " (own classes)" : "")).ToList();
        facts.Add(("Access", held.Count == 0 ? "none" : held[0]));
        facts.AddRange(held.Skip(1).Select(p => ("", p)));
        if (user.State == SchoolUserState.Pending)
        {
            var pending = await services.GetRequiredService<FindPendingUser>().ExecuteAsync(user.MembershipId, school.Actor, cancellationToken);
            facts.Add(("Link", pending?.Person is { } person ? $"{Words(person.Link)}; works until {InWords.Moment(person.ExpiresAt, now)}; {InWords.Count(person.WrongTries, "wrong try", "wrong tries")} of the code" : "none"));
            facts.Add(("Code", "with the school’s administrators, under Pending users"));
            return facts;
        }
        facts.Add(("Last opened", user.LastOpenedAt is { } opened ? InWords.Moment(opened, now) : "never"));
        if (await services.GetRequiredService<FindUser>().ExecuteAsync(user.MembershipId, school.Actor, cancellationToken) is { Succeeded: true, Value: { IsLastHolder: true } })
            facts.Add(("", "The last holder of School setup: cannot be taken away"));
        return facts;
    }

    private static string Words(LinkState link) => link switch
    {
        LinkState.NotSentYet => "not sent yet",
        LinkState.Sent => "sent",
        LinkState.Undeliverable => "could not be delivered",
        _ => "has run out",
    };
}

/// <summary>What every command about one user of a school has in common.</summary>
internal static class OneUser
{
    public static Argument<string> Email() => new("EMAIL") { Description = "The address under which the school knows the person" };

    public static async Task<Result<(SchoolAtConsole School, SchoolUser User)>> FindAsync(IServiceProvider services, string urn, string email, CancellationToken cancellationToken)
    {
        var entered = await services.GetRequiredService<EnterSchool>().ExecuteAsync(urn, cancellationToken);
        if (!entered.Succeeded)
            return Result.Refuse<(SchoolAtConsole, SchoolUser)>(entered.Refusals);
        var found = await services.GetRequiredService<ListSchoolUsers>().FindAsync(email, entered.Value.Actor, cancellationToken);
        return found.Succeeded ? (entered.Value, found.Value) : Result.Refuse<(SchoolAtConsole, SchoolUser)>(found.Refusals);
    }
}
