using System.CommandLine;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Organisations;

/// <summary>Looking at schools.</summary>
internal static class SchoolCommands
{
    private const int Most = 50;

    public static Command List(Server server)
    {
        var search = new Option<string?>("--search") { Description = "A part of the name, or the whole URN or DfE number", HelpName = "TEXT" };
        var closed = new Option<bool>("--closed") { Description = "Closed schools too" };
        var most = Options.Most(Most);
        var json = Options.Json();
        var command = new Command("list", "List schools by name") { search, closed, most, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var list = await services.GetRequiredService<ListSchools>().ExecuteAsync(parse.GetValue(search), parse.GetValue(closed), parse.GetValue(most), cancellationToken);
            if (parse.GetValue(json))
            {
                server.Terminal.WriteJson(list);
                return ExitCode.Done;
            }
            if (list.Schools.Count > 0)
                server.Terminal.WriteTable(["URN", "DfE number", "Name", "Local authority", "Phase", "Primary"], list.Schools.Select(s => (string[])
                    [s.Urn, s.DfeNumber ?? "", s.IsClosed ? $"{s.Name} (closed)" : s.Name, s.LocalAuthority ?? "", SchoolPhases.Label(s.Phase), YesNo(s.IsPrimary)]));
            server.Terminal.Say(list.Schools.Count == list.Total
                ? $"{InWords.Count(list.Total, "school", "schools")}."
                : $"The first {list.Schools.Count:N0} of {InWords.Count(list.Total, "school", "schools")}; --search finds one, --most shows more.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Show(Server server)
    {
        var urn = Options.Urn();
        var json = Options.Json();
        var command = new Command("show", "Show one school: the register’s facts, primary or not and why, seats") { urn, json };
        server.Handle(command, Needs.Database, async (parse, services, cancellationToken) =>
        {
            var found = await services.GetRequiredService<ReadSchool>().ExecuteAsync(parse.GetRequiredValue(urn), cancellationToken);
            if (!found.Succeeded)
                return server.Terminal.Refuse(found.Refusals, parse.GetValue(json));
            var seats = await services.GetRequiredService<ReadSeats>().ExecuteAsync(found.Value.School.Id, cancellationToken);
            if (parse.GetValue(json))
                server.Terminal.WriteJson(AsJson(found.Value, seats));
            else
                server.Terminal.WriteFacts([.. Facts(found.Value, seats)]);
            return ExitCode.Done;
        });
        return command;
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static object AsJson(SchoolFacts facts, IReadOnlyList<SeatCount> seats)
    {
        var school = facts.School;
        return new
        {
            Urn = school.Code,
            school.DfeNumber,
            school.Name,
            school.LocalAuthorityCode,
            LocalAuthority = school.LocalAuthorityName,
            school.TrustCode,
            facts.Trust,
            school.Phase,
            school.LowAge,
            school.HighAge,
            school.Town,
            school.Postcode,
            school.IsClosed,
            facts.Former,
            facts.Became,
            school.IsPrimary,
            school.PrimaryReason,
            school.PrimaryOverride,
            Seats = seats.Select(s => new { s.Permission, s.Limit, s.Used, s.Pending, Holders = s.Holders.Select(h => new { h.Name, h.IsPending }) }),
        };
    }

    private static IEnumerable<(string Name, string Value)> Facts(SchoolFacts facts, IReadOnlyList<SeatCount> seats)
    {
        var school = facts.School;
        yield return ("URN", school.Code);
        yield return ("DfE number", school.DfeNumber ?? "none");
        yield return ("Name", school.IsClosed ? $"{school.Name} (closed)" : school.Name);
        if (facts.Became is { } became)
            yield return ("Became", $"{became.Name} ({became.Urn})");
        if (facts.Former.Count > 0)
            yield return ("Was before", InWords.List(facts.Former.Select(f => $"{f.Name} ({f.Urn})")));
        yield return ("Local authority", school.LocalAuthorityCode is null ? "none" : $"{school.LocalAuthorityName} ({school.LocalAuthorityCode})");
        yield return ("Trust", school.TrustCode is null ? "none" : $"{facts.Trust} ({school.TrustCode})");
        yield return ("Phase", SchoolPhases.Label(school.Phase));
        yield return ("Ages", school.LowAge is null && school.HighAge is null ? "not known" : $"{school.LowAge} to {school.HighAge}");
        yield return ("Primary", $"{YesNo(school.IsPrimary)}: {school.PrimaryReason}");
        foreach (var seat in seats)
        {
            var holders = seat.Holders.Count == 0 ? "" : $": {InWords.List(seat.Holders.Select(h => h.IsPending ? $"{h.Name} (pending)" : h.Name))}";
            yield return (PermissionCatalogue.Label(seat.Permission, school.HasTracking), seat.InWords + holders);
        }
    }
}
