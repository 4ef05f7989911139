using System.CommandLine;
using System.Globalization;
using Ascent.Accounts.Log;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Audit;

/// <summary>Options by which entries are found, the same as on the log page.</summary>
internal sealed class LogFilter
{
    public Option<string?> School { get; } = new("--school") { HelpName = "URN", Description = "The log of this school; without it, the server’s own" };

    public Option<string?> Person { get; } = new("--person")
    {
        HelpName = "TEXT",
        Description = "By or about somebody: the beginning of a name or address in a school’s log, a whole address in the server’s",
    };

    public Option<LogPart?> Part { get; } = Options.OneOf<LogPart>("--part", "With --person, what they have to do with it");

    public Option<LogGroup?> Group { get; } = Options.OneOf<LogGroup>("--group", "Only a group of kinds, in a school’s log");

    public Option<string?> Kind { get; } = new("--kind") { HelpName = "KIND", Description = "Only one kind, such as user-created (docs/audit-events.md)" };

    public Option<DateOnly?> From { get; } = Options.Day("--from", "First day, in England");

    public Option<DateOnly?> To { get; } = Options.Day("--to", "Last day, in England");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[School, Person, Part, Group, Kind, From, To])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(School) is null && result.GetResult(Group) is not null)
                result.AddError("--group is for the log of a school (--school); the server’s has --kind.");
            if (result.GetResult(Group) is not null && result.GetResult(Kind) is not null)
                result.AddError("Say --group or --kind, not both.");
        });
    }

    public LogQuery OfSchool(ParseResult parse) =>
        new(parse.GetValue(Person), parse.GetValue(Part) ?? LogPart.Either, parse.GetValue(Group), parse.GetValue(From), parse.GetValue(To), Kind: parse.GetValue(Kind));

    public ChainQuery OfServer(ParseResult parse, int most) =>
        new(parse.GetValue(Person), parse.GetValue(Part) ?? LogPart.Either, parse.GetValue(Kind), parse.GetValue(From), parse.GetValue(To), most);
}

internal static class ListLogCommand
{
    private const int Most = 50;

    public static Command Create(Server server)
    {
        var (filter, most, json) = (new LogFilter(), Options.Most(Most), Options.Json());
        var command = new Command("list", "What was done, the newest first. Shows names") { most, json };
        filter.AddTo(command);
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            if (parse.GetValue(filter.School) is not { } urn)
            {
                var entries = await services.GetRequiredService<ReadChain>().ListAsync(AuditTrail.Server, filter.OfServer(parse, parse.GetValue(most)), cancellationToken);
                if (!entries.Succeeded)
                    return server.Terminal.Refuse(entries.Refusals, parse.GetValue(json));
                Tell(server.Terminal, entries.Value, parse.GetValue(json));
                return ExitCode.Done;
            }
            var school = await services.GetRequiredService<EnterSchool>().ExecuteAsync(urn, cancellationToken);
            if (!school.Succeeded)
                return server.Terminal.Refuse(school.Refusals, parse.GetValue(json));
            var (rows, tooMany) = await ReadAsync(services.GetRequiredService<ListLog>(), school.Value.Actor, filter.OfSchool(parse), parse.GetValue(most), cancellationToken);
            Tell(server.Terminal, school.Value, rows, parse.GetValue(json));
            if (tooMany)
                server.Terminal.Complain("More people fit --person than it looks at: only the first by name were looked for.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<(List<LogRow> Rows, bool TooMany)> ReadAsync(ListLog listLog, Actor actor, LogQuery query, int most, CancellationToken cancellationToken)
    {
        var rows = new List<LogRow>();
        while (true)
        {
            var page = await listLog.ExecuteAsync(actor, query, cancellationToken);
            rows.AddRange(page.Rows.Take(most - rows.Count));
            if (page.Next is null || rows.Count == most)
                return (rows, page.TooMany);
            query = query with { After = page.Next };
        }
    }

    private static void Tell(Terminal terminal, SchoolAtConsole school, List<LogRow> rows, bool asJson)
    {
        if (asJson)
            terminal.WriteJson(new { School = new { school.Urn, school.Name }, Entries = rows.Select(LogJson.Of) });
        else if (rows.Count > 0)
            terminal.WriteTable(["Entry", "Time", "By whom", "What happened"], rows.Select(r => (string[])[Number(r.Sequence), Time(r.At), r.By.Name, string.Join("; ", [r.What.Sentence, .. r.What.Lines.Select(LogJson.Line)])]));
        if (!asJson)
            terminal.Say($"{InWords.Count(rows.Count, "entry", "entries")} of {school.Name}.");
    }

    private static void Tell(Terminal terminal, IReadOnlyList<ChainEntry> entries, bool asJson)
    {
        if (asJson)
            terminal.WriteJson(new { School = (object?)null, Entries = entries });
        else if (entries.Count > 0)
            terminal.WriteTable(["Entry", "Time", "By whom", "Kind", "Facts"], entries.Select(e => (string[])[Number(e.Sequence), Time(e.At), LogJson.By(e), e.Kind, e.Facts.ToString()]));
        if (!asJson)
            terminal.Say($"{InWords.Count(entries.Count, "entry", "entries")} of the server.");
    }

    private static string Number(long? sequence) => sequence?.ToString(CultureInfo.InvariantCulture) ?? "not sealed";

    private static string Time(DateTime at) => LondonTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

internal static class ShowEntryCommand
{
    public static Command Create(Server server)
    {
        var which = new Argument<string>("ENTRY") { Description = "Its number in the log, or its id" };
        var school = new LogFilter().School;
        var json = Options.Json();
        var command = new Command("show", "One entry with all its facts, and what lies beside it") { which, school, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var chain = AuditTrail.Server;
            if (parse.GetValue(school) is { } urn)
            {
                var entered = await services.GetRequiredService<EnterSchool>().ExecuteAsync(urn, cancellationToken);
                if (!entered.Succeeded)
                    return server.Terminal.Refuse(entered.Refusals, parse.GetValue(json));
                chain = entered.Value.Id;
            }
            var entry = await services.GetRequiredService<ReadChain>().FindAsync(chain, parse.GetRequiredValue(which), cancellationToken);
            if (!entry.Succeeded)
                return server.Terminal.Refuse(entry.Refusals, parse.GetValue(json));
            if (parse.GetValue(json))
                server.Terminal.WriteJson(entry.Value);
            else
                server.Terminal.WriteFacts([.. Facts(entry.Value)]);
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string, string)> Facts(ChainEntry entry)
    {
        yield return ("Entry", entry.Sequence is { } number ? $"{number}" : "not sealed yet");
        yield return ("Id", $"{entry.Id}");
        yield return ("Time", entry.At.ToString("O", CultureInfo.InvariantCulture));
        yield return ("By whom", LogJson.By(entry));
        yield return ("Kind", entry.Kind);
        foreach (var fact in entry.Facts.EnumerateObject())
            yield return (fact.Name, fact.Value.ToString());
        foreach (var detail in entry.Details)
            yield return ("About", $"{detail.Person:N}: {string.Join("; ", detail.Texts.Select(t => $"{t.Key}: {t.Value}"))}");
        yield return ("Hash", entry.Hash ?? "none yet");
    }
}

internal static class ExportLogCommand
{
    public static Command Create(Server server)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A CSV file to be made; one that is there already is left alone" };
        var (filter, json) = (new LogFilter(), Options.Json());
        filter.School.Required = true;
        filter.School.Description = "The log of this school";
        var command = new Command("export", "The log of a school as a CSV file, with names; the log says that it went out") { file, json };
        filter.AddTo(command);
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var school = await services.GetRequiredService<EnterSchool>().ExecuteAsync(parse.GetValue(filter.School)!, cancellationToken);
            if (!school.Succeeded)
                return server.Terminal.Refuse(school.Refusals, parse.GetValue(json));
            var (to, query, export) = (parse.GetRequiredValue(file), filter.OfSchool(parse), services.GetRequiredService<ExportLog>());
            try
            {
                // Before the log says that it went out: a file that cannot be made is no export.
                await using var stream = Make(to.FullName);
                var begun = await export.BeginAsync(query, school.Value.Actor, cancellationToken);
                if (!begun.Succeeded)
                    return server.Terminal.Refuse(begun.Refusals, parse.GetValue(json));
                await export.WriteAsync(query, school.Value.Actor, stream, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return server.Terminal.Refuse([new CannotWrite(exception.Message)], parse.GetValue(json));
            }
            if (parse.GetValue(json))
                server.Terminal.WriteJson(new { School = new { school.Value.Urn, school.Value.Name }, File = to.FullName });
            else
                server.Terminal.Say($"Written to {to.FullName}. It holds names: keep it as safe as the log.");
            return ExitCode.Done;
        });
        return command;
    }

    // Nobody else on the machine reads it.
    private static FileStream Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    private sealed record CannotWrite(string Why) : Refusal("cannot-write", $"The file cannot be made: {Why}", RefusalKind.Refused);
}

internal static class LogJson
{
    /// <summary>The stable shape: fields are added, never renamed.</summary>
    public static object Of(LogRow row) => new
    {
        row.Sequence, row.Id, row.At, row.Kind, By = new { row.By.Name, row.By.Line }, row.What.Group, row.What.Sentence, Lines = row.What.Lines.Select(l => new { l.Label, l.Before, l.After }),
    };

    public static string Line(LogLine line) => (line.Label.Length > 0 ? $"{line.Label}: " : "") + (line.Before is null ? line.After : AuditPerson.Change(line.Before, line.After));

    public static string By(ChainEntry entry) => entry.ActorKind switch
    {
        ActorKind.System => "Ascent, by itself",
        ActorKind.Operator => entry.By is null ? "The command line" : $"{entry.By}, who runs the server",
        _ => entry.By ?? "Somebody",
    };
}
