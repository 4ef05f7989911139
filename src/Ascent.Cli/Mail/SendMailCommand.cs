using System.CommandLine;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Mail;

internal static class SendMailCommand
{
    public static Command Create(Server server)
    {
        var json = Options.Json();
        var command = new Command("send", "Send what is due, once; the running server does this by itself") { json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var sent = await services.GetRequiredService<SendDueMail>().ExecuteAsync(cancellationToken);
            var left = await services.GetRequiredService<CountMail>().ExecuteAsync(cancellationToken);
            if (parse.GetValue(json))
            {
                server.Terminal.WriteJson(new { Sent = sent, left.Waiting, left.Dead });
                return ExitCode.Done;
            }
            var settings = services.GetRequiredService<ServerSettings>();
            var where = string.IsNullOrWhiteSpace(settings.Smtp) ? $"written to {Path.Combine(settings.DataFolder, "mail")}" : "handed to the mail server";
            server.Terminal.Say($"{InWords.Count(sent, "mail", "mails")} {where}.");
            if (left.Waiting > 0)
                server.Terminal.Say($"{InWords.Count(left.Waiting, "mail waits", "mails wait")} for a later try.");
            if (left.Dead > 0)
                server.Terminal.Say($"{InWords.Count(left.Dead, "mail was", "mails were")} given up after the last try.");
            return ExitCode.Done;
        });
        return command;
    }
}
