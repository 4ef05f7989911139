using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.SchoolData;

/// <summary>What the list of classes shows, as its address says it.</summary>
public sealed record ClassesView
{
    /// <summary>Null for the year that is on.</summary>
    public AcademicYear? AcademicYear { get; init; }

    public NcYear? Year { get; init; }

    public ClassesQuery Query => new(AcademicYear, Year);

    /// <summary>What the address does not know is passed over, so that an old link shows a list and no error.</summary>
    public static ClassesView Read(IQueryCollection query) => new() { AcademicYear = Ascent.Shared.AcademicYear.Read(query["academic-year"]), Year = NcYear.Read(query["year"]) };

    public string In(string address)
    {
        var pairs = new Dictionary<string, string?>();
        if (AcademicYear is { } academicYear)
            pairs["academic-year"] = academicYear.PerformanceTables;
        if (Year is { } year)
            pairs["year"] = year.Code;
        return QueryHelpers.AddQueryString(address, pairs);
    }
}

/// <summary>The pupils who could come to a class, as the address says it.</summary>
public sealed record CandidatesView
{
    public string? Search { get; init; }

    public NcYear? Year { get; init; }

    public bool Unregistered { get; init; }

    public string? After { get; init; }

    public CandidatesQuery Query => new(Search, Year, Unregistered, After);

    public CandidatesView First => this with { After = null };

    public bool IsFiltered => Search is not null || Year is not null || Unregistered;

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => (First with { Search = null }).Pairs();

    /// <param name="usual">The year group of the class: those who come first to mind. "all" in the address shows everybody.</param>
    public static CandidatesView Read(IQueryCollection query, NcYear? usual) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null,
        Year = query.ContainsKey("year") ? NcYear.Read(query["year"]) : query.ContainsKey("q") ? null : usual,
        Unregistered = query["without"] == "registration",
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
    };

    public string In(string address) => QueryHelpers.AddQueryString(address, Pairs());

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Search is not null)
            yield return new("q", Search);
        yield return new("year", Year?.Code ?? "all");
        if (Unregistered)
            yield return new("without", "registration");
        if (After is not null)
            yield return new("after", After);
    }
}
