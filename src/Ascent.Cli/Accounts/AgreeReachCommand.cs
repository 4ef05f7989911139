using System.CommandLine;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class AgreeReachCommand
{
    private const string None = "none";

    public static Command Create(Server server)
    {
        var body = Options.Body();
        var school = Options.School();
        var level = new Option<string>("--level") { Required = true, HelpName = "LEVEL", Description = "administration, school (school-level reports too), pupil (pupils’ names too), or none to end the link" }
            .AcceptOnlyFromAmong("administration", "school", "pupil", None);
        var agreement = new Option<string?>("--agreement") { HelpName = "TEXT", Description = "What was agreed between them, when, and for what; shown to the school" };
        var json = Options.Json();
        var command = new Command("link", "Name the agreement by which an authority or trust reaches a school") { body, school, level, agreement, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var chosen = parse.GetRequiredValue(level);
            var agreed = await services.GetRequiredService<AgreeReach>().ExecuteAsync(
                new(parse.GetRequiredValue(school), parse.GetRequiredValue(body), chosen == None ? null : Enum.Parse<ReachLevel>(chosen, ignoreCase: true), parse.GetValue(agreement)), Actor.Operator, cancellationToken);
            if (!agreed.Succeeded)
                return server.Terminal.Refuse(agreed.Refusals, parse.GetValue(json), refusal => refusal is AgreementRefusal ? $"--agreement: {refusal.Message}" : refusal.Message);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(agreed.Value);
            else
                server.Terminal.Say(!agreed.Value.Changed ? "Nothing changed: it is so already."
                    : agreed.Value.Level is { } now ? $"{agreed.Value.Body} reaches {agreed.Value.School} from now on, for {now.Words()}. Its administrators are told by mail."
                    : $"{agreed.Value.Body} does not reach {agreed.Value.School} any more. Its administrators are told by mail.");
            return ExitCode.Done;
        });
        return command;
    }
}
