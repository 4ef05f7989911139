using System.CommandLine;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Audit;

internal static class AuditCommands
{
    public static Command Verify(Server server)
    {
        var json = Options.Json();
        var command = new Command("verify", "Read the whole log and name every place where it was changed, cut or forged") { json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var report = await services.GetRequiredService<VerifyAudit>().ExecuteAsync(cancellationToken);
            var names = await services.GetRequiredService<NameOrganisations>().ExecuteAsync([.. report.Findings.Select(f => f.OrganisationId).Distinct()], cancellationToken);
            var places = report.Findings.Select(f => new { f.OrganisationId, Chain = ChainName(names, f.OrganisationId), f.Place, f.Problem }).ToArray();
            if (parse.GetValue(json))
                server.Terminal.WriteJson(new { report.Holds, report.Chains, report.Entries, report.Unsealed, Findings = places });
            else
                server.Terminal.Say($"{InWords.Count(report.Entries, "entry", "entries")} in {InWords.Count(report.Chains, "chain", "chains")}: {(report.Holds ? "the log holds" : "the log does NOT hold")}."
                    + (report.Unsealed > 0 ? $" {InWords.Count(report.Unsealed, "entry waits", "entries wait")} to be sealed." : ""));
            foreach (var place in places)
                server.Terminal.Complain($"{place.Chain}: {place.Place} {place.Problem}");
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

    private static string ChainName(Dictionary<Guid, string> names, Guid chain) =>
        chain == AuditTrail.Server ? "The server" : names.GetValueOrDefault(chain) ?? $"Organisation {chain}, which is gone";
}
