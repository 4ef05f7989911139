using System.Globalization;
using Ascent.Accounts.Log;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Accounts.Log;

/// <summary>What the log shows, as its address says it.</summary>
public sealed record LogView
{
    /// <summary>How many lines an entry shows at once; a list of the whole staff may change hundreds of people.</summary>
    public const int MostLines = 12;

    private static readonly (LogGroup Group, string Word, string Label, string Icon)[] GroupChoices =
    [
        (LogGroup.People, "people", "People come and go", "user-plus"), (LogGroup.Access, "access", "Access", "pencil"), (LogGroup.Codes, "codes", "Links and codes", "key"),
        (LogGroup.Exports, "exports", "Exports", "download"), (LogGroup.Pupils, "pupils", "Pupils’ records", "pupil"), (LogGroup.School, "school", "The school", "school"),
    ];

    private static readonly (LogPart Part, string Word, string Label)[] PartChoices =
        [(LogPart.Either, "either", "By them or about them"), (LogPart.DidIt, "by", "Done by them"), (LogPart.AboutThem, "about", "About them")];

    public string? Search { get; init; }

    public LogPart Part { get; init; }

    public LogGroup? Group { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public string? After { get; init; }

    public LogQuery Query => new(Search, Part, Group, From, To, After);

    public bool IsFiltered => Search is not null || Group is not null || From is not null || To is not null;

    /// <summary>From the beginning, with these changes.</summary>
    public LogView First => this with { After = null };

    /// <summary>What the address does not know is passed over, so that an old link shows a list and no error.</summary>
    public static LogView Read(IQueryCollection query) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null,
        Part = PartChoices.Where(c => c.Word == query["part"]).Select(c => c.Part).FirstOrDefault(),
        Group = GroupChoices.Where(c => c.Word == query["kind"]).Select(c => (LogGroup?)c.Group).FirstOrDefault(),
        From = ReadDay(query["from"]),
        To = ReadDay(query["to"]),
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
    };

    public string In(string address) => QueryHelpers.AddQueryString(address, Pairs());

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => (First with { Search = null }).Pairs();

    /// <summary>What new dates keep.</summary>
    public IEnumerable<KeyValuePair<string, string?>> KeptByDates => (First with { From = null, To = null }).Pairs();

    public static string Label(LogGroup group) => GroupChoices.Single(c => c.Group == group).Label;

    public static string Label(LogPart part) => PartChoices.Single(c => c.Part == part).Label;

    public static string Icon(LogGroup? group) => GroupChoices.Where(c => c.Group == group).Select(c => c.Icon).FirstOrDefault() ?? "info";

    /// <summary>As a field of dates has it.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Search is not null)
            yield return new("q", Search);
        if (Part != LogPart.Either)
            yield return new("part", PartChoices.Single(c => c.Part == Part).Word);
        if (Group is { } group)
            yield return new("kind", GroupChoices.Single(c => c.Group == group).Word);
        if (From is not null)
            yield return new("from", Day(From));
        if (To is not null)
            yield return new("to", Day(To));
        if (After is not null)
            yield return new("after", After);
    }

    private static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 3000 ? day : null;
}
