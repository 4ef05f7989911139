namespace Ascent.Web.Pages.Profile.SecondFactor;

/// <summary>Recovery codes on the one page that ever shows them.</summary>
public sealed record CodesView(IReadOnlyList<string> Codes, string NextHref);
