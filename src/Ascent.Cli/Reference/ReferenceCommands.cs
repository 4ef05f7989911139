using System.CommandLine;
using System.Globalization;
using Ascent.Measures;
using Ascent.Reference.National;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Reference;

internal static class ReferenceCommands
{
    public static Command Load(Server server)
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Where the published files lie, under the names that docs/operating.md lists" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and compare everything, and change nothing" };
        var json = Options.Json();
        var command = new Command("load", "Load published national figures, which reports compare with") { folder, dryRun, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var (asJson, dry) = (parse.GetValue(json), parse.GetValue(dryRun));
            var load = await services.GetRequiredService<LoadReference>().ExecuteAsync(parse.GetRequiredValue(folder), Actor.Operator, dry, cancellationToken);
            return load.Succeeded ? Tell(server.Terminal, load.Value, dry, asJson) : server.Terminal.Refuse(load.Refusals, asJson);
        });
        return command;
    }

    public static Command List(Server server)
    {
        var json = Options.Json();
        var command = new Command("list", "The national figures that are loaded: what, of which year, how final, from where") { json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var loaded = await services.GetRequiredService<ListReference>().ExecuteAsync(cancellationToken);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(loaded.Select(l => new { l.Kind, Year = $"{l.Year}", l.Status, l.FileName, l.FileSha256, l.LoadedAt }));
            else if (loaded.Count == 0)
                server.Terminal.Say("Nothing is loaded: reports compare with Illustrative England, which is invented, and say so.");
            else
                server.Terminal.WriteTable(["Figures", "Year", "Status", "File", "Loaded"], loaded.Select(l => (IReadOnlyList<string>)[Words(l.Kind), $"{l.Year}", $"{l.Status}", l.FileName, LondonTime.ToLocal(l.LoadedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]));
            return ExitCode.Done;
        });
        return command;
    }

    private static int Tell(Terminal terminal, ReferenceLoad load, bool dryRun, bool asJson)
    {
        if (asJson)
            terminal.WriteJson(new
            {
                DryRun = dryRun,
                Files = load.Files.Select(f => new { f.Name, f.Kind, f.Added, f.Changed, f.Unchanged, f.LeftOut, Refused = f.Refused?.Message }),
                load.PassedOver,
            });
        else
            terminal.WriteTable(["File", "Figures", "Added", "Changed", "Unchanged", "Rows left out"], load.Files.Select(f => f.Refused is null
                ? (IReadOnlyList<string>)[f.Name, Words(f.Kind), N(f.Added), N(f.Changed), N(f.Unchanged), N(f.LeftOut)]
                : [f.Name, Words(f.Kind), "refused", "", "", ""]));
        if (!asJson)
            terminal.Say(dryRun ? "Nothing was changed: this was a dry run." : $"{InWords.Count(load.Files.Sum(f => f.Added + f.Changed), "edition is", "editions are")} new.");
        foreach (var file in load.Files)
            if (file.Refused is { } refused)
                terminal.Complain($"{file.Name}: {refused.Message} Nothing of it was taken.");
        if (load.PassedOver.Count > 0)
            terminal.Complain($"Passed over, because no report uses them: {string.Join(", ", load.PassedOver)}.");
        return load.Files.All(f => f.Refused is null) ? ExitCode.Done : ExitCode.Refused;
    }

    private static string Words(NationalKind kind) => kind switch
    {
        NationalKind.Attainment8Estimates => "Attainment 8 estimates",
        NationalKind.Progress8Deviations => "Progress 8 standard deviations",
        NationalKind.EBaccEstimates => "EBacc subject estimates",
        NationalKind.EBaccDeviations => "EBacc subject standard deviations",
        NationalKind.GcseTransition => "GCSE grades by KS2",
        NationalKind.CombinedScienceTransition => "Combined Science grades by KS2",
        NationalKind.GcseGrades => "GCSE grades",
        NationalKind.Headlines => "Headlines (table)",
        NationalKind.HeadlineSeries => "Headlines (series)",
        NationalKind.SchoolDistributions => "Percentiles of schools",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string N(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
