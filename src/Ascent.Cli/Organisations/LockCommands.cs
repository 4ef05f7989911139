using System.CommandLine;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

/// <summary>Closing a school to everybody, and opening it again, whoever locked it.</summary>
internal static class LockCommands
{
    public static Command Lock(Server server)
    {
        var urn = Options.Urn();
        var reason = new Option<string>("--reason") { Required = true, HelpName = "TEXT", Description = "For those who will unlock it; the school does not see it" };
        var json = Options.Json();
        var command = new Command("lock", "Close a school to everybody from the next request on") { urn, reason, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var done = await services.GetRequiredService<LockSchool>().ExecuteAsync(new(parse.GetRequiredValue(urn), parse.GetValue(reason)), Actor.Operator, cancellationToken);
            if (!done.Succeeded)
                return server.Terminal.Refuse(done.Refusals, parse.GetValue(json), refusal => refusal is LockReasonRefusal ? $"--reason: {refusal.Message}" : refusal.Message);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(done.Value);
            else
                server.Terminal.Say(done.Value.Changed ? $"{done.Value.School} is locked. Its administrators are told by mail." : $"{done.Value.School} was locked already.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Unlock(Server server)
    {
        var urn = Options.Urn();
        var json = Options.Json();
        var command = new Command("unlock", "Open a locked school again") { urn, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var done = await services.GetRequiredService<UnlockSchool>().ExecuteAsync(parse.GetRequiredValue(urn), Actor.Operator, cancellationToken);
            if (!done.Succeeded)
                return server.Terminal.Refuse(done.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
                server.Terminal.WriteJson(done.Value);
            else
                server.Terminal.Say(done.Value.Changed ? $"{done.Value.School} is open again. Its administrators are told by mail." : $"{done.Value.School} was not locked.");
            return ExitCode.Done;
        });
        return command;
    }
}
