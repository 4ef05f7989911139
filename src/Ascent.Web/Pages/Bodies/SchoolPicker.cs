using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Bodies;

/// <summary>
/// Asks for one of a body's linked schools by a search that needs no script: the page leads on to the one school that fits, and this shows the
/// others to choose from, or says that there is none.
/// </summary>
/// <param name="Action">The page that the search goes to, by GET.</param>
/// <param name="Href">Where a school that was found leads.</param>
public sealed record SchoolPicker(string Action, Func<PickedSchool, string> Href)
{
    /// <summary>The field of the address that says what was typed.</summary>
    public const string Field = "school";

    /// <summary>So many are listed; who has more types more letters.</summary>
    public const int Most = 10;

    // No name of a school is as long.
    private const int LongestTyped = 200;

    public string Label { get; init; } = "Find a school";

    /// <summary>What the address carries beside.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Keep { get; init; } = [];

    /// <summary>Null while nothing was typed.</summary>
    public string? Typed { get; private init; }

    public IReadOnlyList<PickedSchool> Found { get; private init; } = [];

    /// <summary>More fit than are listed.</summary>
    public bool HasMore { get; private init; }

    /// <summary>The school that was meant: the only one that fits, or the one whose number or whole name was typed.</summary>
    public PickedSchool? Only { get; private init; }

    public async Task<SchoolPicker> ReadAsync(ListBodySchools schools, Actor actor, string? typed, CancellationToken cancellationToken)
    {
        typed = typed?.Trim();
        if (typed is not { Length: > 0 and <= LongestTyped })
            return this;
        var found = await schools.FindAsync(actor, typed, Most + 1, cancellationToken);
        var key = PlainText.SearchKey(typed);
        PickedSchool[] meant = [.. found.Where(s => s.Urn == typed || s.DfeNumber == typed)];
        if (meant.Length == 0)
            meant = [.. found.Where(s => PlainText.SearchKey(s.Name) == key)];
        return this with
        {
            Typed = typed,
            Found = [.. found.Take(Most)],
            HasMore = found.Count > Most,
            Only = found.Count == 1 ? found[0] : meant is [var one] ? one : null,
        };
    }
}
