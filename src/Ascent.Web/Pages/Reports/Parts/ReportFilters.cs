using Ascent.Measures;

namespace Ascent.Web.Pages.Reports.Parts;

/// <summary>What a page shows, as chips that can be taken away, and the form for choosing something else. All of it lies in the address.</summary>
/// <param name="Action">The page's own address; the form sends itself there.</param>
/// <param name="ChooseText">On the button that opens the form: "Year and pupil group".</param>
/// <param name="Keep">What else stands in the address and stays.</param>
/// <param name="Downloads">Files of this page; none when there is nothing in it.</param>
/// <param name="Dropped">What a bookmark asked for and the page left out, and why.</param>
public sealed record ReportFilters(
    string Action, IReadOnlyList<FilterChip> Chips, string ChooseText, IReadOnlyList<FilterField> Fields,
    IReadOnlyList<KeyValuePair<string, string>> Keep, IReadOnlyList<ReportLink> Downloads, string? Dropped = null);

/// <summary>A filter that is on, or with <paramref name="IsOffer"/> one that a click puts on.</summary>
/// <param name="Href">The page without it (with it, for an offer); null for one that cannot be taken away.</param>
/// <param name="Count">How many pupils; a withheld one shows its letter.</param>
public sealed record FilterChip(string Text, string? Href, Measure? Count = null, bool IsOffer = false);

/// <summary>A question of the form, answered from a list.</summary>
/// <param name="Name">In the address.</param>
public sealed record FilterField(string Name, string Label, IReadOnlyList<FilterOption> Options);

/// <param name="Group">The heading that it stands under in the list; null for none.</param>
public sealed record FilterOption(string Value, string Text, Measure? Count = null, string? Group = null, bool IsChosen = false);

/// <summary>The dashboards of a stage, or files of a page.</summary>
public sealed record ReportLink(string Text, string Href, bool IsCurrent = false);

/// <param name="Label">Said of the list: "Key stage 4".</param>
public sealed record ReportTabs(string Label, IReadOnlyList<ReportLink> Tabs);
