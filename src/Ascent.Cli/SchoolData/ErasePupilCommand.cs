using System.CommandLine;
using Ascent.Accounts.Operators;
using Ascent.Privacy;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.SchoolData;

internal static class ErasePupilCommand
{
    public static Command Create(Server server)
    {
        var (urn, which) = (Options.Urn(), new Argument<string>("PUPIL") { Description = "The pupil’s UPN, or the number of the record as the log has it" });
        var (yes, json) = (Options.Yes(), Options.Json());
        var command = new Command("erase", "Delete everything held on one pupil of a school, whether deleted before or not. It cannot be undone") { urn, which, yes, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var (asJson, erasePupil) = (parse.GetValue(json), services.GetRequiredService<ErasePupil>());
            var school = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetRequiredValue(urn), cancellationToken);
            if (!school.Succeeded)
                return server.Terminal.Refuse(school.Refusals, asJson);
            var found = await erasePupil.FindAsync(parse.GetRequiredValue(which), school.Value.Actor, cancellationToken);
            if (!found.Succeeded)
                return server.Terminal.Refuse(found.Refusals, asJson);
            if (server.Terminal.Confirm($"Erase everything that {school.Value.Name} holds on {found.Value.FullName}, born {InWords.Date(found.Value.BornOn)}, for good?", parse.GetValue(yes), asJson) is { } refused)
                return refused;
            var erased = await erasePupil.ExecuteAsync(found.Value.Id, school.Value.Actor, cancellationToken);
            if (!erased.Succeeded)
                return server.Terminal.Refuse(erased.Refusals, asJson);
            if (asJson)
                server.Terminal.WriteJson(erased.Value);
            else
                Tell(server.Terminal, erased.Value, services.GetRequiredService<ErasureList>().Path);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Terminal terminal, PupilErasureReceipt receipt, string list)
    {
        terminal.Say($"Erased on {InWords.Date(receipt.At)}. Receipt {receipt.Receipt}, for whoever asked for it.");
        terminal.Say("");
        terminal.Say($"Deleted: {InWords.List(["the record", .. receipt.Ties.Select(t => t.Words), InWords.Count(receipt.Imports.Rows, "row of an import", "rows of imports"), InWords.Count(receipt.Imports.Uploads, "uploaded file", "uploaded files")])}.");
        if (receipt.Imports.NoUndo > 0)
            terminal.Say($"{InWords.Count(receipt.Imports.NoUndo, "import", "imports")} cannot be undone any more.");
        terminal.Say($"Kept: entries of the log, which know the pupil as {receipt.PupilId:N} and by no name.");
        terminal.Say($"Listed in {list}: keep that file apart from the backups, a restore has to apply it.");
    }
}
