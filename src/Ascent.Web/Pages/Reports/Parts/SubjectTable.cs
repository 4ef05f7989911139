using Ascent.Measures;
using Ascent.Web.Components;

namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>All subjects of a stage, in the order given, each row with its own strip.</summary>
/// <param name="FigureName">What the figure is, for small screens: "Average".</param>
/// <param name="Thing">What a row is: a subject, or a measure.</param>
/// <param name="ShareName">The second figure: "9 to 4"; null for none.</param>
public sealed record SubjectTable(BlockWords Words, ReportNames Names, StripScale Scale, string FigureName, string? ShareName, IReadOnlyList<SubjectRow> Rows, string Thing = "subject")
{
    private const int NamedAtMost = 3;

    public Legend Legend => new(Names, LegendMarks.Interval | LegendMarks.National | LegendMarks.Verdicts);

    /// <summary>In short, over the table.</summary>
    public IReadOnlyList<SubjectCount> Counts
    {
        get
        {
            var withheld = Rows.Where(r => r.Figure.School is Measure.Withheld).ToArray();
            var rest = Rows.Where(r => r.Figure is { Verdict: null, School: not Measure.Withheld }).ToArray();
            List<SubjectCount> counts =
            [
                Judged(Significance.Above, $"above {Names.National}"),
                Judged(Significance.NoDifference, "in line") with { Detail = $"the interval crosses {Names.National}’s figure" },
                Judged(Significance.Below, $"below {Names.National}"),
            ];
            if (withheld.Length > 0)
                counts.Add(new(withheld.Length, "withheld", "so that nobody can be recognised"));
            if (rest.Length > 0)
                counts.Add(new(rest.Length, "not compared", Listed(rest)));
            return counts;
        }
    }

    private SubjectCount Judged(Significance verdict, string words)
    {
        var rows = Rows.Where(r => r.Figure.Verdict == verdict).ToArray();
        return new(rows.Length, words, Listed(rows));
    }

    private static string? Listed(SubjectRow[] rows) => rows.Length switch
    {
        0 => null,
        1 => rows[0].Name,
        <= NamedAtMost => $"{string.Join(", ", rows.Take(rows.Length - 1).Select(r => r.Name))} and {rows[^1].Name}",
        _ => $"{string.Join(", ", rows.Take(NamedAtMost - 1).Select(r => r.Name))} and {rows.Length - NamedAtMost + 1} more",
    };
}

/// <param name="Href">The page of the subject; null where there is none.</param>
/// <param name="Share">Null where the table has no second figure.</param>
public sealed record SubjectRow(string Name, string? Href, Compared Figure, Compared? Share = null);

public sealed record SubjectCount(int Count, string Words, string? Detail);
