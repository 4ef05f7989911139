using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.SchoolData;

/// <summary>What the list of pupils shows, as its address says it.</summary>
public sealed record PupilsView
{
    private static readonly (PupilStatus? Status, string Word, string Label)[] StatusChoices =
        [(PupilStatus.OnRoll, "on-roll", "On the roll"), (PupilStatus.Left, "left", "Left"), (null, "all", "All")];

    private static readonly (PupilAttention Attention, string Word, string Label)[] AttentionChoices =
        [(PupilAttention.NoUpn, "no-upn", "Without a UPN"), (PupilAttention.TemporaryUpn, "temporary-upn", "With a temporary UPN"), (PupilAttention.OutOfYear, "out-of-year", "Taught out of year")];

    public string? Search { get; init; }

    public PupilStatus? Status { get; init; } = PupilStatus.OnRoll;

    public NcYear? Year { get; init; }

    public PupilAttention? Attention { get; init; }

    /// <summary>Only those of whom this characteristic is not known.</summary>
    public PupilField? NotKnown { get; init; }

    public string? After { get; init; }

    public PupilsQuery Query => new(Search, Status, Year, Attention, After, NotKnown);

    public bool HasFilter => Status != PupilStatus.OnRoll || Year is not null || Attention is not null || NotKnown is not null;

    public bool IsFiltered => Search is not null || HasFilter;

    /// <summary>From the beginning, with these changes.</summary>
    public PupilsView First => this with { After = null };

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => (First with { Search = null }).Pairs();

    public static IEnumerable<PupilStatus?> Statuses => StatusChoices.Select(c => c.Status);

    /// <summary>What the address does not know is passed over, so that an old link shows a list and no error.</summary>
    public static PupilsView Read(IQueryCollection query) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null,
        Status = StatusChoices.Where(c => c.Word == query["status"]).Select(c => c.Status).DefaultIfEmpty(PupilStatus.OnRoll).First(),
        Year = NcYear.Read(query["year"]),
        Attention = AttentionChoices.Where(c => c.Word == query["attention"]).Select(c => (PupilAttention?)c.Attention).FirstOrDefault(),
        NotKnown = PupilCharacteristics.Fields.Where(f => Word(f) == query["not-known"]).Select(f => (PupilField?)f).FirstOrDefault(),
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
    };

    /// <summary>An address of the list, or of a page that leads back to it, with this view.</summary>
    public string In(string address) => QueryHelpers.AddQueryString(address, Pairs());

    public static string Label(PupilStatus? status) => StatusChoices.Single(c => c.Status == status).Label;

    public static string Label(PupilAttention attention) => AttentionChoices.Single(c => c.Attention == attention).Label;

    /// <summary>"Ethnicity: not known".</summary>
    public static string Label(PupilField notKnown) => $"{InWords.Capital(PupilWords.Of(notKnown))}: not known";

    private static string Word(PupilField field) => field.ToString().ToLowerInvariant();

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Search is not null)
            yield return new("q", Search);
        if (Status != PupilStatus.OnRoll)
            yield return new("status", StatusChoices.Single(c => c.Status == Status).Word);
        if (Year is { } year)
            yield return new("year", year.Code);
        if (Attention is { } attention)
            yield return new("attention", AttentionChoices.Single(c => c.Attention == attention).Word);
        if (NotKnown is { } field)
            yield return new("not-known", Word(field));
        if (After is not null)
            yield return new("after", After);
    }
}
