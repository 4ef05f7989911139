namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>Why a page, or a block of it, has nothing to show.</summary>
public enum NothingReason
{
    NoResults,
    NoNationalFigures,
    SmallCohort,
    NoBaseline,
    NobodyLeft,
}

/// <summary>What stands where figures would: what comes here, why it is not there, and the way on.</summary>
/// <param name="What">"key stage 2 results for 2026/27"; it may begin a sentence and stand within one.</param>
/// <param name="Action">The way on; null where the reader can do nothing.</param>
public sealed record NothingToShow(NothingReason Reason, string What, ReportLink? Action = null)
{
    public string Title => Reason switch
    {
        NothingReason.NoResults => $"No {What} yet",
        NothingReason.NoNationalFigures => "No national figures to compare with",
        NothingReason.SmallCohort => "Too few pupils to show",
        NothingReason.NobodyLeft => "Nobody is left by these filters",
        _ => "No baseline to measure progress from",
    };

    private string Sentence => char.ToUpperInvariant(What[0]) + What[1..];

    public string Text => Reason switch
    {
        NothingReason.NoResults => "They stand here once they have been imported in Data.",
        NothingReason.NoNationalFigures => $"{Sentence} stand alone until whoever runs this server loads the figures for the year.",
        NothingReason.SmallCohort => $"{Sentence} are about so few pupils that a figure would say something about each of them. Several years together may be enough.",
        NothingReason.NobodyLeft => $"{Sentence}: none of them has everything that is chosen. Take a filter away, or choose another year.",
        _ => $"{Sentence} cannot be measured: these pupils did not take the tests that progress starts from. It is not a nought, and it will not come later.",
    };
}
