namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>How a page calls the two that it compares.</summary>
/// <param name="School">Short, for heads of columns and ends of lines: "Larkfield".</param>
/// <param name="National">Short: "England".</param>
/// <param name="NationalInFull">For legends: "Illustrative England" where the figures are invented.</param>
public sealed record ReportNames(string School, string National, string NationalInFull);

/// <summary>What figures rest on: year, status, who is in them, what they are compared with. One under every block.</summary>
/// <param name="HowHref">Where the page says how it was worked out; null where each figure has its own.</param>
public sealed record Basis(string Text, string? HowHref = null);

/// <summary>The words round a block of figures.</summary>
/// <param name="Id">Of the block in its page; the ids within begin with it.</param>
/// <param name="Title">The subject of the finding: "Gaps between pupil groups".</param>
/// <param name="About">What is measured, with its unit.</param>
/// <param name="Note">What is withheld and why, what is missing; under the figures.</param>
public sealed record BlockWords(string Id, string Title, string? About, Basis Basis, string? Note = null);

/// <summary>The marks that a legend can explain.</summary>
[Flags]
public enum LegendMarks
{
    None = 0,

    /// <summary>The school's mark with its interval.</summary>
    Interval = 1,

    /// <summary>The national diamond.</summary>
    National = 2,

    /// <summary>Above, in line, below.</summary>
    Verdicts = 4,

    /// <summary>The two bars of a gap.</summary>
    Gaps = 8,

    /// <summary>The national diamond is that of the same group.</summary>
    SameGroup = 16,

    /// <summary>The school's bar, and the national diamond on its line.</summary>
    Bars = 32,

    /// <summary>The striped letter.</summary>
    Withheld = 64,

    /// <summary>How pupils lie to their estimates, and the estimate's line.</summary>
    Standings = 128,
}

/// <param name="Standings">How many pupils each mark of a scatterplot stands for: far above, as most, far below.</param>
public sealed record Legend(ReportNames Names, LegendMarks Marks, (int Above, int Most, int Below)? Standings = null)
{
    public bool Has(LegendMarks mark) => (Marks & mark) != 0;
}
