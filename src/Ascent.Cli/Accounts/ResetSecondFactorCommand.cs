using System.CommandLine;
using Ascent.Accounts.Factors;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class ResetSecondFactorCommand
{
    public static Command Create(Server server)
    {
        var email = new Argument<string>("EMAIL") { Description = "The person’s user name" };
        var school = new Option<string>("--school") { HelpName = "URN", Description = "The school that the new second factor is to open", Required = true };
        var json = Options.Json();
        var command = new Command("reset-second-factor", "Let somebody add a new second factor whose school has no other administrator to reset it") { email, school, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var told = await services.GetRequiredService<ResetFactor>().TellAsync(parse.GetRequiredValue(email), parse.GetRequiredValue(school), Actor.Operator, cancellationToken);
            if (!told.Succeeded)
                return server.Terminal.Refuse(told.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
            {
                server.Terminal.WriteJson(told.Value);
                return ExitCode.Done;
            }
            server.Terminal.Say($"{told.Value.FullName}, {told.Value.School} ({told.Value.Urn}): a mail with a link is on its way.");
            server.Terminal.Say("");
            server.Terminal.Say($"Code: {told.Value.Code}");
            server.Terminal.Say("");
            server.Terminal.Say($"Link and code work until {InWords.Moment(told.Value.ExpiresAt, services.GetRequiredService<TimeProvider>().Now())}. Be sure that it is them: call back on a number that you know, or see them in person. The school’s log says that you told it.");
            return ExitCode.Done;
        });
        return command;
    }
}
