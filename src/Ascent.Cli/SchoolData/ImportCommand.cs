using System.CommandLine;
using Ascent.Accounts.Operators;
using Ascent.Cli.Accounts;
using Ascent.SchoolData;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.SchoolData;

/// <summary>The same files as Update pupils &amp; classes, by the same use cases. What waits for a decision is left to the pages.</summary>
internal static class ImportCommand
{
    public static Command Create(Server server)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A Common Transfer File (XML), a list of pupils or a table of results as XLSX or CSV" }.AcceptExistingOnly();
        var school = Options.School();
        var whole = new Option<bool>("--whole-roll") { Description = "Who is on the roll and not in the file has left" };
        var asAt = new Option<string?>("--as-at") { Description = "The day on which the file was true, like 31/01/2026; today without it" };
        var any = new Option<bool>("--any-destination") { Description = "Take a transfer file that names another school" };
        var results = new Option<bool>("--results") { Description = "It is a table of results, whatever its headings are" };
        var year = new Option<string?>("--year") { Description = "The school year of all its results, like 2024/25, where the table does not say it" };
        var again = new Option<bool>("--again") { Description = "Check a file once more that was here before" };
        var review = new Option<bool>("--review") { Description = "Only check it; a data manager reviews and confirms on the pages" };
        var (yes, json) = (Options.Yes(), Options.Json());
        var command = new Command("import", "Update a school’s pupils and classes, or take in results, from a file. Nothing changes before it is confirmed") { file, school, whole, asAt, results, year, any, again, review, yes, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var asJson = parse.GetValue(json);
            var entered = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetRequiredValue(school), cancellationToken);
            if (!entered.Succeeded)
                return server.Terminal.Refuse(entered.Refusals, asJson);
            var run = new Run(server.Terminal, services, entered.Value, asJson);
            return await run.ExecuteAsync(parse.GetRequiredValue(file), new(parse.GetValue(whole), parse.GetValue(asAt), parse.GetValue(again), parse.GetValue(any), parse.GetValue(results), parse.GetValue(year)), parse.GetValue(review), parse.GetValue(yes), cancellationToken);
        });
        return command;
    }

    private sealed record Said(bool WholeRoll, string? AsAt, bool Again, bool AnyDestination, bool Results, string? Year);

    private sealed class Run(Terminal terminal, IServiceProvider services, SchoolAtConsole school, bool asJson)
    {
        public async Task<int> ExecuteAsync(FileInfo file, Said said, bool reviewOnly, bool yes, CancellationToken cancellationToken)
        {
            var day = said.AsAt is null ? null : DayText.Read(said.AsAt);
            if (said.AsAt is not null && day is null)
                return terminal.Refuse([new UploadRefused(DayText.WhyNot(said.AsAt, "day"), "AsAt")], asJson);
            var year = said.Year is null ? null : ResultsYears.Read(said.Year);
            if (said.Year is not null && year is null)
                return terminal.Refuse([new UploadRefused($"The school year: {ResultsYears.WhyNot(said.Year).TrimEnd('.')}", "Year")], asJson);
            var received = await ReceiveAsync(file, said, day, year, cancellationToken);
            if (!received.Succeeded)
                return terminal.Refuse(received.Refusals, asJson);
            if (received.Value.NeedsColumns)
                return terminal.Refuse([new UploadRefused("Some headings of the file, or the school year of its results (--year), are not known yet. A data manager says on Manage imports what they are; the next file is then understood")], asJson);
            await services.GetRequiredService<CheckImport>().ExecuteAsync(school.Id, received.Value.ImportId, cancellationToken);
            var (import, counts) = (await services.GetRequiredService<ReadImports>().FindAsync(received.Value.ImportId, school.Actor, cancellationToken))!.Value;
            if (import.WhyRefused is { } why)
                return terminal.Refuse([new UploadRefused(why)], asJson);
            var hasResults = import.Format == ImportFormat.Results;
            if (!asJson && hasResults)
                terminal.WriteFacts([("New results", $"{counts.NewResults:N0}"), ("Another value", $"{counts.OtherResults:N0}"), ("Rows to decide", $"{counts.Waiting:N0}"), ("Rows with errors", $"{counts.Errors:N0}"), ("Rows without a change", $"{counts.Same:N0}")]);
            else if (!asJson)
                terminal.WriteFacts([("To add", $"{counts.Added:N0}"), ("To change", $"{counts.Changed:N0}"), ("To remove", $"{counts.Removed:N0}"), ("To decide", $"{counts.Waiting:N0}"), ("Errors", $"{counts.Errors:N0}"), ("No change", $"{counts.Same + counts.WithoutEffect:N0}")]);
            foreach (var fault in import.ColumnFaults)
                terminal.Complain($"{fault.What}. {fault.Mend}");
            await ComplainAsync(import.Id, cancellationToken);
            if (reviewOnly || counts.ToDo == 0)
                return End(import, counts, confirmed: false);
            var question = hasResults ? $"Take in {ImportWords.Results(counts)} at {school.Name}?" : $"Add {counts.Added:N0}, change {counts.Changed:N0} and mark {counts.Removed:N0} pupils as left at {school.Name}?";
            if (terminal.Confirm(question, yes, asJson) is { } refused)
                return refused;
            var done = await services.GetRequiredService<ConfirmImport>().ExecuteAsync(import.Id, import.Version, school.Actor, cancellationToken);
            return done.Succeeded ? End(import, counts, confirmed: true) : terminal.Refuse(done.Refusals, asJson);
        }

        private async Task<Result<ReceivedImport>> ReceiveAsync(FileInfo file, Said said, DateOnly? day, AcademicYear? year, CancellationToken cancellationToken)
        {
            try
            {
                await using var stream = file.OpenRead();
                return stream.CanSeek
                    ? await services.GetRequiredService<ReceiveImport>().ExecuteAsync(new(file.Name, stream, said.WholeRoll, day, said.Again, said.AnyDestination) { HoldsResults = said.Results, YearOfResults = year }, school.Actor, cancellationToken)
                    : new UnreadableFile("It has to be a file on a disk.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return new UnreadableFile(exception.Message);
            }
        }

        private async Task ComplainAsync(Guid importId, CancellationToken cancellationToken)
        {
            await foreach (var row in services.GetRequiredService<ListImportRows>().AllAsync(importId, ImportRowKind.Error, school.Actor, cancellationToken))
                terminal.Complain($"Row {row.Number}: {string.Join("; ", row.Remarks.Select(r => $"{r.What}: {r.Mend}"))}");
        }

        private int End(ImportSummary import, ImportCounts counts, bool confirmed)
        {
            if (asJson)
                terminal.WriteJson(new { Import = import.Id, Confirmed = confirmed, counts.Added, counts.Changed, counts.Removed, counts.NewResults, counts.OtherResults, counts.Waiting, counts.Errors, Same = counts.Same + counts.WithoutEffect });
            else
                terminal.Say(!confirmed ? counts.ToDo == 0 ? "The file changes nothing." : "Nothing was changed. It waits on Manage imports."
                    : import.Format == ImportFormat.Results ? $"Done: {ImportWords.Results(counts)}."
                    : $"Done: {InWords.Count(counts.Added, "pupil", "pupils")} added, {counts.Changed:N0} changed, {counts.Removed:N0} marked as left.");
            return counts.Errors + counts.Waiting > 0 ? ExitCode.Refused : ExitCode.Done;
        }
    }
}
