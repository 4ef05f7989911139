using System.CommandLine;
using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Ascent.Cli.Accounts;

/// <summary>The same lists as Create multiple users, by the same use cases: what the page shows before Confirm is shown here, too.</summary>
internal static class ImportUsersCommand
{
    public static Command Create(Server server)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A list of people, CSV or XLSX, as Create multiple users takes it" }.AcceptExistingOnly();
        var (school, rows) = (Options.School(), RowNumbers.Option());
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say of every row what would come of it" };
        var (yes, json) = (Options.Yes(), Options.Json());
        var command = new Command("import", "Create pending users of a school from a list. Nobody is created before it is confirmed") { file, school, rows, dryRun, yes, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var asJson = parse.GetValue(json);
            var entered = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetRequiredValue(school), cancellationToken);
            if (!entered.Succeeded)
                return server.Terminal.Refuse(entered.Refusals, asJson);
            var import = new Import(server.Terminal, services, entered.Value, parse.GetRequiredValue(file), parse.GetValue(rows), asJson);
            return await import.RunAsync(parse.GetValue(dryRun), parse.GetValue(yes), cancellationToken);
        });
        return command;
    }

    private sealed class Import(Terminal terminal, IServiceProvider services, SchoolAtConsole school, FileInfo file, IReadOnlySet<int>? rows, bool asJson)
    {
        public async Task<int> RunAsync(bool dryRun, bool yes, CancellationToken cancellationToken)
        {
            var read = Read();
            if (!read.Succeeded)
                return terminal.Refuse(read.Refusals, asJson);
            var checkedList = await services.GetRequiredService<StaffListJourney>().PreviewAsync(read.Value, rows, school.Actor, cancellationToken);
            var chosen = checkedList.Chosen.Select(r => r.Number).ToHashSet();
            if (!asJson)
                Preview(read.Value, checkedList);
            Complain(checkedList);
            if (rows?.Except(chosen).ToArray() is { Length: > 0 } impossible)
                return End(read.Value, checkedList, dryRun, null, new RowsImpossible(impossible));
            if (chosen.Count == 0)
                return End(read.Value, checkedList, dryRun, null, checkedList.Rows.All(r => r.State == RowState.HereAlready) ? null : new NobodyToCreate());
            if (dryRun)
                return End(read.Value, checkedList, dryRun, null, null);
            if (terminal.Confirm($"Create {InWords.Count(chosen.Count, "person", "people")} at {school.Name}?", yes, asJson) is { } refused)
                return refused;
            var created = await CreateAsync(read.Value, chosen, cancellationToken);
            return created.Succeeded ? End(read.Value, checkedList, dryRun, created.Value, null) : terminal.Refuse(created.Refusals, asJson);
        }

        private Result<StaffList> Read()
        {
            try
            {
                using var stream = file.OpenRead();
                return stream.CanSeek ? ReadStaffList.FromFile(stream, file.Name) : new UnreadableFile("it has to be a file on a disk");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return new UnreadableFile(exception.Message);
            }
        }

        private async Task<Result<CreateUsersOutcome>> CreateAsync(StaffList list, HashSet<int> chosen, CancellationToken cancellationToken)
        {
            var journey = await services.GetRequiredService<StaffListJourney>().BeginAsync(list, file.Name, school.Actor, cancellationToken, chosen: chosen);
            return terminal.IsErrorTerminal
                ? await terminal.ErrorConsole.Progress().AutoClear(true).StartAsync(async context =>
                {
                    var task = context.AddTask("Creating people", maxValue: chosen.Count);
                    return await CreateAsync(journey, done => task.Value = done, cancellationToken);
                })
                : await CreateAsync(journey, _ => { }, cancellationToken);
        }

        private async Task<Result<CreateUsersOutcome>> CreateAsync(Guid journey, Action<int> report, CancellationToken cancellationToken)
        {
            var createUsers = services.GetRequiredService<CreateUsers>();
            var progress = await createUsers.ConfirmAsync(journey, school.Actor, cancellationToken);
            while (progress.Succeeded && progress.Value.Outcome is null)
            {
                report(progress.Value.Done);
                progress = await createUsers.ContinueAsync(school.Id, journey, cancellationToken);
            }
            return progress.Succeeded ? progress.Value.Outcome! : Result.Refuse<CreateUsersOutcome>(progress.Refusals);
        }

        private void Preview(StaffList list, CheckedList checkedList)
        {
            terminal.WriteTable(["Row", "Name", "User name", "Access", "What comes of it"], checkedList.Rows.Select(r => (string[])
                [$"{r.Number}", r.Name, r.Row.Cell(StaffColumns.Email), string.Join(", ", UserWords.Tags(r.Permissions)), Words(r)]));
            if (list.NotRead.Count > 0)
                terminal.Say($"Columns that mean nothing here: {InWords.List(list.NotRead)}.");
            foreach (var seat in checkedList.Seats)
                terminal.Say($"{PermissionCatalogue.Label(seat.Permission, school.HasTracking)}: {seat.InWords}; this list takes {checkedList.Takers(seat.Permission).Count()}.");
        }

        private string Words(CheckedRow row) => row switch
        {
            { IsChosen: true } => "is created",
            { State: RowState.HereAlready } => "is here already",
            { State: RowState.Ready } => "not chosen",
            { State: RowState.ToDecide } when rows is null => "to be looked at: --rows takes it",
            { State: RowState.ToDecide } => "not chosen",
            _ => "cannot be created",
        };

        /// <summary>Of rows that were wanted and are not created, each with its reasons.</summary>
        private void Complain(CheckedList checkedList)
        {
            foreach (var row in checkedList.Rows.Where(IsLeftOut))
                terminal.Complain($"Row {row.Number}: {string.Join("; ", row.Reasons.Select(r => r.Message))}");
        }

        private bool IsLeftOut(CheckedRow row) => !row.IsChosen && row.Reasons.Count > 0 && (rows is null ? row.State != RowState.HereAlready : rows.Contains(row.Number));

        private int End(StaffList list, CheckedList checkedList, bool dryRun, CreateUsersOutcome? outcome, Refusal? refusal)
        {
            if (asJson)
                terminal.WriteJson(new
                {
                    School = new { school.Urn, school.Name },
                    DryRun = dryRun,
                    Rows = checkedList.Rows.Select(r => new
                    {
                        r.Number, r.Name, Email = r.Row.Cell(StaffColumns.Email), r.State, r.IsChosen, Permissions = r.Permissions.Held(), Reasons = r.Reasons.Select(x => new { x.Code, x.Message, x.Field }),
                    }),
                    Seats = checkedList.Seats.Select(s => new { s.Permission, s.Limit, s.Used, Takes = checkedList.Takers(s.Permission).Count() }),
                    list.NotRead,
                    Created = outcome?.MembershipIds ?? [],
                    NotMade = outcome?.NotMade ?? [],
                    Refused = refusal is null ? [] : (object[])[new { refusal.Code, refusal.Message, refusal.Field }],
                });
            if (refusal is not null)
                terminal.Complain(refusal.Message);
            else if (!asJson)
                Say(checkedList, dryRun, outcome);
            foreach (var number in outcome?.NotMade ?? [])
                terminal.Complain($"Row {number} was not created after all: the person came into the school by another way meanwhile.");
            return refusal is null && outcome?.NotMade is not { Count: > 0 } && !checkedList.Rows.Any(IsLeftOut) ? ExitCode.Done : ExitCode.Refused;
        }

        private void Say(CheckedList checkedList, bool dryRun, CreateUsersOutcome? outcome)
        {
            if (outcome is not null)
            {
                terminal.Say($"{InWords.Count(outcome.MembershipIds.Count, "person", "people")} created at {school.Name}, as pending users. {UserWords.WhereTheCodeIs}");
                terminal.Say(Options.WhereTheMailIs(services.GetRequiredService<ServerSettings>()));
            }
            else
                terminal.Say(dryRun ? $"{InWords.Count(checkedList.Chosen.Count(), "person", "people")} would be created. Nothing was done." : "Everybody on the list is here already.");
        }
    }

    private sealed record UnreadableFile(string Why) : Refusal("file-unreadable", $"The file cannot be read: {Why}", RefusalKind.Refused);

    private sealed record RowsImpossible(IReadOnlyList<int> Numbers)
        : Refusal("rows-impossible", $"Nobody was created: {(Numbers.Count == 1 ? "row" : "rows")} {InWords.List(Numbers.Take(20).Select(n => $"{n}"))} cannot be. Leave them out of --rows, or mend the list.", RefusalKind.Conflict);

    private sealed record NobodyToCreate() : Refusal("nobody-to-create", "No row of the list can be created.", RefusalKind.Refused);
}
