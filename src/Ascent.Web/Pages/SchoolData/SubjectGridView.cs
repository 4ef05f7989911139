using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.SchoolData;

/// <summary>What the grid of a year group shows, as its address says it.</summary>
public sealed record SubjectGridView
{
    private static readonly (GridShow Show, string Word, string Label)[] ShowChoices =
        [(GridShow.All, "", "Everybody"), (GridShow.WithoutSubject, "without", "Without any subject"), (GridShow.InDoubt, "doubt", "With a doubtful pair")];

    public Guid? ClassId { get; init; }

    /// <summary>The one column that is shown; null for all.</summary>
    public string? SubjectCode { get; init; }

    public GridShow Show { get; init; }

    public string? After { get; init; }

    public SubjectGridView First => this with { After = null };

    /// <summary>Not all pupils of the year group are on the page, so that the page alone cannot give a whole class a subject.</summary>
    public bool IsPart => ClassId is not null || Show != GridShow.All || After is not null;

    public static IEnumerable<GridShow> Shows => ShowChoices.Select(c => c.Show);

    public SubjectGridQuery Query(NcYear year) => new(year, ClassId, SubjectCode, Show, After);

    /// <summary>What the address does not know is passed over, so that an old link shows a grid and no error; a class has to be there.</summary>
    public static SubjectGridView Read(IQueryCollection query) => new()
    {
        // An id that cannot be read is nobody's, as another school's is.
        ClassId = !query.ContainsKey("class") ? null : Guid.TryParse(query["class"], out var id) ? id : Guid.Empty,
        SubjectCode = Reference.Subjects.Find(query["subject"])?.Code,
        Show = ShowChoices.Where(c => c.Word == query["show"]).Select(c => c.Show).FirstOrDefault(),
        After = query["after"].ToString() is { Length: > 0 } after ? after : null,
    };

    public static string Label(GridShow show) => ShowChoices.Single(c => c.Show == show).Label;

    public string In(string address)
    {
        var pairs = new List<KeyValuePair<string, string?>>();
        if (ClassId is { } id)
            pairs.Add(new("class", $"{id:N}"));
        if (SubjectCode is not null)
            pairs.Add(new("subject", SubjectCode));
        if (Show != GridShow.All)
            pairs.Add(new("show", ShowChoices.Single(c => c.Show == Show).Word));
        if (After is not null)
            pairs.Add(new("after", After));
        return QueryHelpers.AddQueryString(address, pairs);
    }
}
