using System.CommandLine;
using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Accounts;

internal static class ResetCodeCommand
{
    public static Command Create(Server server)
    {
        var email = new Argument<string>("EMAIL") { Description = "The person’s user name" };
        var school = new Option<string?>("--school") { HelpName = "URN", Description = "Which school, when the person needs a code in several" };
        var json = Options.Json();
        var command = new Command("reset-code", "Tell the reset code of somebody whose school has no other administrator to show it") { email, school, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var request = new TellResetCodeRequest(parse.GetRequiredValue(email), parse.GetValue(school));
            var told = await services.GetRequiredService<TellResetCode>().ExecuteAsync(request, Actor.Operator, cancellationToken);
            if (!told.Succeeded)
                return server.Terminal.Refuse(told.Refusals, parse.GetValue(json), refusal => refusal is SeveralResetCodes ? $"{refusal.Message}: --school URN." : $"{refusal.Message}.");
            Tell(server.Terminal, told.Value, services.GetRequiredService<TimeProvider>().Now(), parse.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Terminal terminal, ToldResetCode told, DateTime now, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(told);
            return;
        }
        terminal.Say($"{told.FullName}, {told.School} ({told.Urn})");
        terminal.Say("");
        terminal.Say($"Reset code: {told.Code}");
        terminal.Say("");
        terminal.Say($"It works until {InWords.Moment(told.ExpiresAt, now)}. Be sure that it is them: call back on a number that you know, or see them in person. The school’s log says that you told it.");
    }
}
