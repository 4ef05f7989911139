using System.CommandLine;
using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

/// <summary>A school that closes and becomes another: looked at, done, undone or made one for good.</summary>
internal static class ConvertCommand
{
    public static Command Create(Server server)
    {
        var old = new Argument<string>("OLDURN") { Description = "The number of the school that closes" };
        var now = new Argument<string>("NEWURN") { Description = "The number of the school that it becomes" };
        var confirm = new Option<string?>("--confirm") { HelpName = "MARK", Description = "Do what the preview said that ended with this mark" };
        var undo = new Option<bool>("--undo") { Description = "Make it again what it was; nothing done meanwhile is lost" };
        var commit = new Option<bool>("--commit") { Description = "Make it one for good: it cannot be undone any more" };
        var (yes, json) = (Options.Yes(), Options.Json());
        var command = new Command("convert", "Make a school the one that it has become; without an option it only says what would be carried") { old, now, confirm, undo, commit, yes, json };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetResult(confirm) is not null, result.GetValue(undo), result.GetValue(commit) }.Count(given => given) > 1)
                result.AddError("--confirm, --undo and --commit are three different things: give one of them.");
        });
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var (asked, asJson) = (new ConversionRequest(parse.GetRequiredValue(old), parse.GetRequiredValue(now)), parse.GetValue(json));
            if (parse.GetValue(commit))
                return server.Terminal.Confirm($"Commit that {asked.PredecessorUrn} became {asked.SuccessorUrn}, for good?", parse.GetValue(yes), asJson)
                    ?? Tell(server, await services.GetRequiredService<CommitConversion>().ExecuteAsync(asked, Actor.Operator, cancellationToken), asJson);
            if (parse.GetValue(undo))
                return Tell(server, await services.GetRequiredService<UndoConversion>().ExecuteAsync(asked, Actor.Operator, cancellationToken), asJson);
            if (parse.GetResult(confirm) is not null)
                return Tell(server, await services.GetRequiredService<ConvertSchool>().ExecuteAsync(new(asked.PredecessorUrn, asked.SuccessorUrn, parse.GetValue(confirm)), Actor.Operator, cancellationToken), asJson);
            var preview = await services.GetRequiredService<PreviewConversion>().ExecuteAsync(asked, Actor.Operator, cancellationToken);
            if (!preview.Succeeded)
                return server.Terminal.Refuse(preview.Refusals, asJson);
            if (asJson)
                server.Terminal.WriteJson(preview.Value);
            else
                foreach (var line in Lines(preview.Value))
                    server.Terminal.Say(line);
            return preview.Value.Obstacles.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    public static Command List(Server server)
    {
        var json = Options.Json();
        var command = new Command("conversions", "List the schools that became others, the newest first") { json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var list = await services.GetRequiredService<ListConversions>().ExecuteAsync(Actor.Operator, cancellationToken);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(list.Value);
            else if (list.Value.Count == 0)
                server.Terminal.Say("None.");
            else
                server.Terminal.WriteTable(["Was", "Became", "On", "State"], list.Value.Select(c => (string[])
                    [$"{c.Conversion.Predecessor} ({c.Conversion.PredecessorUrn})", $"{c.Conversion.Successor} ({c.Conversion.SuccessorUrn})", InWords.Date(c.DoneAt), State(c)]));
            return ExitCode.Done;
        });
        return command;
    }

    private static string State(ListedConversion listed) => listed.Conversion.State switch
    {
        ConversionState.Done => "can be undone",
        ConversionState.Undone => $"undone {InWords.Date(listed.DecidedAt!.Value)}",
        _ => $"for good since {InWords.Date(listed.DecidedAt!.Value)}",
    };

    private static int Tell(Server server, Result<ConversionDone> done, bool json)
    {
        if (!done.Succeeded)
            return server.Terminal.Refuse(done.Refusals, json);
        var it = done.Value;
        if (json)
            server.Terminal.WriteJson(it);
        else
            server.Terminal.Say(it.State switch
            {
                ConversionState.Done => $"{it.Predecessor} ({it.PredecessorUrn}) is now {it.Successor} ({it.SuccessorUrn}). Its administrators are told by mail. Until it is committed, --undo makes it again what it was.",
                ConversionState.Undone => $"It is {it.Predecessor} ({it.PredecessorUrn}) again, with everything that was done meanwhile. Its administrators are told by mail.",
                _ => $"{it.Predecessor} ({it.PredecessorUrn}) is {it.Successor} ({it.SuccessorUrn}) for good.",
            });
        return ExitCode.Done;
    }

    private static IEnumerable<string> Lines(ConversionPreview p)
    {
        yield return $"{School(p.Predecessor)} would become {School(p.Successor)}.";
        yield return "";
        yield return "Carried, as it is, with sign-in, links, codes, log and reports of the years before:";
        foreach (var count in p.Carried)
            yield return $"  {count.Words}";
        foreach (var limit in p.Limits)
            yield return $"  {PermissionCatalogue.Label(limit.Permission, p.Successor.IsPrimary)} seats: {limit.Used} of {limit.Limit} used";
        yield return "";
        yield return $"Not carried: what authorities and trusts reach. Now: {Words(p.LinksOfPredecessor)}. After it: {Words(p.LinksOfSuccessor)}.";
        foreach (var place in p.InBoth)
            yield return $"{place.Name} has a place in both ({place.State} in {p.Successor.Name}): the one in {p.Predecessor.Name} goes on, the other sleeps until it is committed and then goes.";
        foreach (var doubt in p.Doubts)
            yield return $"Look at this: {doubt}.";
        yield return "";
        if (p.Obstacles.Count == 0)
        {
            yield return "Nothing has been changed. To do exactly this:";
            yield return $"  ascent schools convert {p.Predecessor.Urn} {p.Successor.Urn} --confirm {p.Mark}";
            yield break;
        }
        yield return "It cannot be done as things stand:";
        foreach (var obstacle in p.Obstacles)
            yield return $"  {obstacle}.";
    }

    private static string School(ConversionSchool school) => $"{school.Name} ({school.Urn}, {SchoolPhases.Label(school.Phase)}{(school.IsClosed ? ", closed" : "")})";

    private static string Words(IReadOnlyList<string> links) => links.Count == 0 ? "nobody" : InWords.List(links);
}
