using System.CommandLine;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Audit;

internal static class AuditCommands
{
    public static Command Verify(Server server)
    {
        var heads = new Option<FileInfo?>("--heads") { HelpName = "FILE", Description = "A file of heads, as the server writes one a day to heads/ in its data folder: finds entries cut off the end since then" };
        var json = Options.Json();
        var command = new Command("verify", "Read the whole log and name every place where it was changed, cut or forged") { heads, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            AuditHeads? kept = null;
            if (parse.GetValue(heads) is { } file)
            {
                var read = await ReadAsync(file, services.GetRequiredService<HeadsFile>(), cancellationToken);
                if (!read.Succeeded)
                    return server.Terminal.Refuse(read.Refusals, parse.GetValue(json));
                kept = read.Value;
            }
            var report = await services.GetRequiredService<VerifyAudit>().ExecuteAsync(cancellationToken, kept);
            await TellAsync(server.Terminal, report, kept, services.GetRequiredService<NameOrganisations>(), parse.GetValue(json), cancellationToken);
            return report.Holds ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    public static Command Seal(Server server)
    {
        var command = new Command("seal", "Seal entries that wait; the running server does this by itself");
        server.Handle(command, Needs.Database, async (_, services, cancellationToken) =>
        {
            var sealedNow = await services.GetRequiredService<SealAudit>().ExecuteAsync(cancellationToken);
            server.Terminal.Say($"{InWords.Count(sealedNow, "entry", "entries")} sealed.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Heads(Server server)
    {
        var command = new Command("heads", "Write today’s file of heads; the running server does this by itself, once a day");
        server.Handle(command, Needs.Database, async (_, services, cancellationToken) =>
        {
            var written = await services.GetRequiredService<WriteHeads>().ExecuteAsync(cancellationToken);
            var path = HeadsFile.PathOf(services.GetRequiredService<ServerSettings>().DataFolder, DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().Now()));
            server.Terminal.Say(written is not null ? $"Written to {written}." : $"Today’s heads are written already, another node is at it, or nothing is sealed yet: {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<Result<AuditHeads>> ReadAsync(FileInfo file, HeadsFile heads, CancellationToken cancellationToken) =>
        file.Exists ? heads.Read(await File.ReadAllTextAsync(file.FullName, cancellationToken)) : new NoSuchFile(file.FullName);

    private static async Task TellAsync(Terminal terminal, AuditReport report, AuditHeads? heads, NameOrganisations nameOrganisations, bool asJson, CancellationToken cancellationToken)
    {
        var ids = report.Findings.Select(f => f.OrganisationId).Concat(report.Erasures.Select(e => e.OrganisationId)).Concat(report.Restores.Select(r => r.OrganisationId))
            .Concat(report.Retirements.Select(r => r.OrganisationId)).Distinct();
        var names = await nameOrganisations.ExecuteAsync([.. ids], cancellationToken);
        var places = report.Findings.Select(f => new { f.OrganisationId, Chain = ChainName(names, f.OrganisationId), f.Place, f.Problem }).ToArray();
        if (asJson)
            terminal.WriteJson(new { report.Holds, report.Chains, report.Entries, report.Unsealed, HeadsOf = heads?.At, Findings = places, report.Erasures, report.Restores, report.Retirements });
        else
        {
            terminal.Say($"{InWords.Count(report.Entries, "entry", "entries")} in {InWords.Count(report.Chains, "chain", "chains")}: {(report.Holds ? "the log holds" : "the log does NOT hold")}."
                + (report.Unsealed > 0 ? $" {InWords.Count(report.Unsealed, "entry waits", "entries wait")} to be sealed." : "")
                + (heads is null ? "" : $" Held against the heads of {InWords.Date(heads.At)}."));
            foreach (var erasure in report.Erasures)
                terminal.Say($"{ChainName(names, erasure.OrganisationId)}: {erasure.Place} erased person {erasure.AccountId:N} on {InWords.Date(erasure.At)} (receipt {erasure.Receipt}), details in {InWords.Count(erasure.Details, "entry", "entries")}.");
            foreach (var retired in report.Retirements)
                terminal.Say($"{ChainName(names, retired.OrganisationId)}: {retired.Place} says that details before {InWords.Date(retired.Before)} went by their age, of {InWords.Count(retired.Entries, "entry", "entries")}.");
            foreach (var restore in report.Restores)
                terminal.Say($"{ChainName(names, restore.OrganisationId)}: {restore.Place} says that an older copy of the database was put back, found on {InWords.Date(restore.At)}: entries {restore.After + 1} to {restore.Last}, known on {InWords.Date(restore.HeadsAt)}, are lost.");
        }
        foreach (var place in places)
            terminal.Complain($"{place.Chain}: {place.Place} {place.Problem}");
    }

    private static string ChainName(Dictionary<Guid, string> names, Guid chain) =>
        chain == AuditTrail.Server ? "The server" : names.GetValueOrDefault(chain) ?? $"Organisation {chain}, which is gone";

    private sealed record NoSuchFile(string Path) : Refusal("no-such-file", $"There is no file {Path}.", RefusalKind.NotFound);
}
