using Ascent.Accounts;
using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports;

/// <summary>What all dashboards of a stage have in common: the report of the reader, what is chosen in the address, the words for both.</summary>
public abstract class ReportPage(ReadReport readReport, ExportReport exportReport) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public CohortStage Stage { get; private set; }

    /// <summary>Null when there is nothing of this stage yet.</summary>
    public Report? Report { get; private set; }

    public ReportView View { get; protected set; } = null!;

    public ReportWordsFor Words { get; private set; } = null!;

    /// <summary>Without a choice: the page's own address.</summary>
    protected abstract string Path { get; }

    /// <summary>Of the files that the page gives, and in the log: "overview".</summary>
    protected abstract string Name { get; }

    /// <summary>Every figure of the page, for the files.</summary>
    protected virtual IEnumerable<ReportRow> Rows() => [];

    /// <summary>What the files hold: the figures, or what a page has in their place.</summary>
    protected virtual (IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows) InFile() => (ReportRow.Heads, [.. Rows().Select(r => r.Cells)]);

    /// <summary>Whether the page has figures that can go out as a file.</summary>
    protected virtual bool HasFile => true;

    /// <summary>The stages that have this page.</summary>
    protected virtual bool IsFor(CohortStage stage) => true;

    /// <summary>Whether the page is about one value of a group when one is chosen.</summary>
    protected virtual bool TakesGroup => true;

    /// <summary>Whether the page can be about several years together.</summary>
    protected virtual bool TakesSpan => true;

    /// <summary>The place of the year that an address without one means.</summary>
    protected virtual int DefaultYear => Report!.Latest;

    /// <summary>What that year is called in the list of years.</summary>
    protected virtual string DefaultYearText => "Latest";

    /// <summary>How many pupils stand behind a choice; as disclosure control allows.</summary>
    protected virtual Measure CountOf(ReportPeriod period, PupilGroup? group = null, byte value = 0) => Report!.CountOf(period, group, value);

    public async Task<IActionResult> OnGetAsync(string stage, string? year, string? group)
    {
        if (await OpenAsync(stage, year, group) is { } wrong)
            return wrong;
        return Report is null || await FindAsync() ? Page() : NotFound();
    }

    public async Task<IActionResult> OnGetFileAsync(string stage, string? year, string? group, string? format)
    {
        if (await OpenAsync(stage, year, group) is { } wrong)
            return wrong;
        if (Report is null || !HasFile || !await FindAsync() || ReportFile.Find(format) is not { } kind)
            return NotFound();
        var (heads, rows) = InFile();
        await exportReport.ExecuteAsync(new(Stage, Name, rows.Count), School.Actor, HttpContext.RequestAborted);
        return ReportFile.Of(kind, $"{Stage.Code()} {Name} {School.Urn}", heads, rows, Words.BasisInFull(View.Period));
    }

    /// <summary>On the button that opens the form of filters.</summary>
    protected virtual string ChooseText => TakesGroup ? "Year and pupil group" : "Year";

    /// <summary>What the page asks beside year and group.</summary>
    protected virtual IEnumerable<FilterField> MoreFields() => [];

    /// <summary>Chips for what the page alone has chosen.</summary>
    protected virtual IEnumerable<FilterChip> MoreChips() => [];

    /// <summary>What stays as it is when the form of filters is sent.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Kept() => [];

    /// <summary>Puts what the page alone has chosen into an address of its own.</summary>
    protected virtual string With(string address) => address;

    private string Here(ReportView view, string path) => With(view.In(path));

    /// <summary>As <see cref="Find"/>, for a page that has to ask for more.</summary>
    protected virtual Task<bool> FindAsync() => Task.FromResult(Find());

    /// <summary>Takes in what the page alone needs; false when its address names something that is not here.</summary>
    protected virtual bool Find() => true;

    public ReportTabs Tabs => new(Stage.Title(), [.. AllTabs().Select(t => new ReportLink(t.Text, View.In(t.Path), t.Path == Path || Path.StartsWith($"{t.Path}/", StringComparison.Ordinal) && t.Path != ReportsLinks.Overview(School.Urn, Stage)))]);

    public ReportFilters Filters
    {
        get
        {
            List<FilterChip> chips = [new(View.Period == ReportPeriod.Span ? Words.PeriodInWords(View.Period) : $"Year: {Words.PeriodInWords(View.Period)}", View.Year == ReportView.Latest ? null : Here(View with { Year = ReportView.Latest }, Path), CountOf(View.Period))];
            if (TakesGroup && View.Group is { } group)
                chips.Add(new(group.Values()[View.Value].Label, Here(View with { Group = null }, Path), CountOf(View.Period, group, View.Value)));
            chips.AddRange(MoreChips());
            return new(Path, chips, ChooseText, [YearField(), .. TakesGroup ? [GroupField()] : Array.Empty<FilterField>(), .. MoreFields()], [.. Kept()], [
                new("CSV", Here(View, $"{Path}?handler=File&format=csv")), new("Spreadsheet", Here(View, $"{Path}?handler=File&format=xlsx")),
            ], View.Dropped);
        }
    }

    private async Task<IActionResult?> OpenAsync(string stage, string? year, string? group)
    {
        if (CohortStages.Find(stage) is not { } found || !IsFor(found))
            return NotFound();
        Stage = found;
        var result = await readReport.ExecuteAsync(found, School.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
            return this.Refused(result.Refusals);
        Report = result.Value;
        if (Report is null)
            return null;
        View = ReportView.Read(Report, year is ReportView.Together && !TakesSpan ? null : year, TakesGroup ? group : null, DefaultYear);
        Words = new(Report, School.Name);
        return null;
    }

    private IEnumerable<(string Text, string Path)> AllTabs()
    {
        var (urn, isSchool) = (School.Urn, Stage == CohortStage.School);
        yield return (isSchool ? "Attendance" : "Overview", ReportsLinks.Overview(urn, Stage));
        if (!isSchool)
            yield return ("Attainment and progress", ReportsLinks.Attainment(urn, Stage));
        if (Stage == CohortStage.Ks4)
            yield return ("Subjects", ReportsLinks.Subjects(urn, Stage));
        yield return ("Pupil groups", ReportsLinks.Groups(urn, Stage));
        yield return ("Context", ReportsLinks.Context(urn, Stage));
        if (!isSchool && School.Permissions.Has(Permission.PupilReports))
        {
            yield return ("Pupils", ReportsLinks.Pupils(urn, Stage));
            yield return ("What-if", ReportsLinks.WhatIfs(urn, Stage));
        }
        if (!isSchool)
            yield return ("Governor summary", ReportsLinks.Governors(urn, Stage));
    }

    private FilterField YearField()
    {
        var years = Report!.Years.Select((y, place) => (Text: ReportView.Text(y), Label: y.ToString(), Place: place)).Reverse().ToList();
        List<FilterOption> options = [new(ReportView.Latest, $"{DefaultYearText} ({Report!.Years[DefaultYear]})", CountOf(ReportPeriod.Year(DefaultYear)), IsChosen: View.Year == ReportView.Latest)];
        options.AddRange(years.Select(y => new FilterOption(y.Text, y.Label, CountOf(ReportPeriod.Year(y.Place)), IsChosen: View.Year == y.Text)));
        if (TakesSpan && years.Count > 1)
            options.Add(new(ReportView.Together, Words.PeriodInWords(ReportPeriod.Span), CountOf(ReportPeriod.Span), IsChosen: View.Year == ReportView.Together));
        return new("year", "Year", options);
    }

    private FilterField GroupField()
    {
        var options = new List<FilterOption> { new("", "All pupils", IsChosen: View.Group is null) };
        foreach (var group in PupilGroups.All)
            foreach (var (place, value) in group.Values().Index())
                if (CountOf(View.Period, group, (byte)place) is var count && count is not Measure.NotApplicable)
                    options.Add(new(ReportView.Text(group, (byte)place), value.Label, count, group.Label(), View.Group == group && View.Value == place));
        return new("group", "Pupil group", options);
    }
}

/// <summary>The words that stand with the figures of one report.</summary>
public sealed class ReportWordsFor(Report report, string school)
{
    private readonly IReadOnlyList<ReferenceEdition> editions = [.. report.Years.SelectMany(report.EditionsOf)];

    private static readonly string[] Endings = [" Primary School", " Infant School", " Special School", " All-through School", " Academy", " School", " Sixth Form", " College"];

    public ReportNames Names => new(Short(school), "England", editions switch
    {
        _ when editions.All(e => e.Status != ReferenceStatus.Illustrative) => "England",
        _ when editions.All(e => e.Status == ReferenceStatus.Illustrative) => "Illustrative England",
        _ => "England, in part illustrative",
    });

    /// <summary>"2025/26", or "2023/24 to 2025/26 together".</summary>
    public string PeriodInWords(ReportPeriod period)
    {
        var places = period.Places(report.Years.Count).ToArray();
        return places.Length == 1 ? report.Years[places[0]].ToString() : $"{report.Years[places[0]]} to {report.Years[places[^1]]} together";
    }

    /// <summary>Year, who is in it, what it is compared with, from when it is.</summary>
    public string Basis(ReportPeriod period)
    {
        var nation = report.YearOf(period) is { } year ? Compared(report.EditionsOf(year)) : "Several years together have no national figure.";
        return $"{PeriodInWords(period)}: {report.Stage.Definition().Pupils} on the day of the census. {nation}";
    }

    public string BasisInFull(ReportPeriod period) => $"{school}. {Basis(period)} Worked out from the records of {InWords.Moment(report.BuiltAt, report.BuiltAt)}.";

    private static string Compared(IReadOnlyList<ReferenceEdition> editions) => editions switch
    {
        [] => "No national figures are loaded for this year.",
        [{ Status: ReferenceStatus.Illustrative } one] => $"Compared with Illustrative England {one.Year}, which is invented.",
        [var one] => $"Compared with England {one.Year}, {Of(one.Status)}.",
        _ => $"Compared with {InWords.List(editions.Select(e => e.Status == ReferenceStatus.Illustrative ? $"Illustrative England {e.Year}, which is invented, where that has no figure" : $"England {e.Year}, {Of(e.Status)}"))}.",
    };

    private static string Of(ReferenceStatus status) => status switch { ReferenceStatus.Provisional => "provisional", ReferenceStatus.Revised => "revised", _ => "final" };

    private static string Short(string name) => Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal) && name.Length > e.Length) is { } ending ? name[..^ending.Length] : name;
}
