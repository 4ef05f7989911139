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

    [FromQuery(Name = "class")]
    public string? AskedClass { get; init; }

    [FromQuery(Name = "and")]
    public string? AskedAnd { get; init; }

    /// <summary>What the figures are about when a class or a second group is chosen; null while they are about the whole cohort.</summary>
    public string? OnlyText => narrowing?.Sentence;

    /// <summary>What the school was in the years before it became what it is; null for most.</summary>
    public string? FormerText { get; private set; }

    /// <summary>Nobody has all that is chosen: there is nothing to show but that.</summary>
    public bool LeavesNobody { get; private set; }

    /// <summary>What stands where the figures would.</summary>
    public NothingToShow Nobody => new(NothingReason.NobodyLeft, $"{Stage.Definition().Pupils}, {Words.PeriodInWords(View.Period)}", new("Show all pupils", With((View with { Group = null, Class = null, And = null }).In(Path))));

    public bool HasFigures => Report is not null && !LeavesNobody;

    // What the address has, with what this page does not take: the next page may.
    private ReportView carried = null!;
    private Narrowing? narrowing;

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

    /// <summary>What of the reader's report the page shows.</summary>
    protected virtual Report Seen(Report report) => report;

    /// <summary>Whether readers with pupil-level reports may choose a class and a second group.</summary>
    protected virtual bool TakesClass => false;

    /// <summary>The years that have somebody, or nobody, by the filters.</summary>
    protected virtual IEnumerable<ReportPeriod> Shown => [View.Period];

    /// <summary>Whether what the address names exists at all, in any school; asked while there are no results that could answer.</summary>
    protected virtual bool Exists => true;

    /// <summary>Whether the page can be about several years together.</summary>
    protected virtual bool TakesSpan => true;

    /// <summary>The place of the year that an address without one means.</summary>
    protected virtual int DefaultYear => Report!.Latest;

    /// <summary>What that year is called in the list of years.</summary>
    protected virtual string DefaultYearText => "Latest";

    /// <summary>How many pupils stand behind a choice; as disclosure control allows.</summary>
    protected virtual Measure CountOf(ReportPeriod period, PupilGroup? group = null, byte value = 0) => Report!.CountOf(period, group, value);

    /// <param name="findClasses">Null when a page that takes no class shows itself anew after a form.</param>
    public async Task<IActionResult> OnGetAsync(string stage, string? year, string? group, [FromServices] FindReportClasses? findClasses = null)
    {
        if (await OpenAsync(stage, year, group, findClasses) is { } wrong)
            return wrong;
        return (Report is null ? Exists : await FindAsync()) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnGetFileAsync(string stage, string? year, string? group, string? format, [FromServices] FindReportClasses? findClasses)
    {
        if (await OpenAsync(stage, year, group, findClasses) is { } wrong)
            return wrong;
        if (Report is null || !HasFile || !await FindAsync() || ReportFile.Find(format) is not { } kind)
            return NotFound();
        var (heads, rows) = InFile();
        await exportReport.ExecuteAsync(new(Stage, Name, rows.Count), School.Actor, HttpContext.RequestAborted);
        return ReportFile.Of(kind, $"{Stage.Code()} {Name} {School.Urn}", heads, rows, Words.BasisInFull(View.Period));
    }

    /// <summary>On the button that opens the form of filters.</summary>
    protected virtual string ChooseText => (narrowing is not null, TakesGroup) switch { (true, true) => "Year, group or class", (true, false) => "Year or class", (false, true) => "Year and pupil group", _ => "Year" };

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

    public ReportTabs Tabs => new(Stage.Title(), [.. AllTabs().Select(t => new ReportLink(t.Text, carried is null ? t.Path : carried.In(t.Path), t.Path == Path || Path.StartsWith($"{t.Path}/", StringComparison.Ordinal) && t.Path != ReportsLinks.Overview(School.Urn, Stage)))]);

    public ReportFilters Filters
    {
        get
        {
            List<FilterChip> chips = [new(View.Period == ReportPeriod.Span ? Words.PeriodInWords(View.Period) : $"Year: {Words.PeriodInWords(View.Period)}", View.Year == ReportView.Latest ? null : Here(View with { Year = ReportView.Latest }, Path), CountOf(View.Period))];
            if (TakesGroup && View.Group is { } group)
                chips.Add(new(group.Values()[View.Value].Label, Here(View with { Group = null }, Path), CountOf(View.Period, group, View.Value)));
            if (narrowing is { Class: { } its })
                chips.Add(new($"Class: {its.Name}", Here(View with { Class = null }, Path), narrowing.CountOf(View.Period, its)));
            if (View.And is { } and)
                chips.Add(new(and.Group.Values()[and.Value].Label, Here(View with { And = null }, Path), narrowing!.CountOf(View.Period, and)));
            chips.AddRange(MoreChips());
            return new(Path, chips, ChooseText, [YearField(), .. TakesGroup ? [GroupField()] : Array.Empty<FilterField>(), .. narrowing?.Fields(View) ?? [], .. MoreFields()], [.. Kept()], [
                new("CSV", Here(View, $"{Path}?handler=File&format=csv")), new("Spreadsheet", Here(View, $"{Path}?handler=File&format=xlsx")),
            ], View.Dropped);
        }
    }

    private async Task<IActionResult?> OpenAsync(string stage, string? year, string? group, FindReportClasses? findClasses)
    {
        if (CohortStages.Find(stage) is not { } found || !IsFor(found))
            return NotFound();
        Stage = found;
        var result = await readReport.ExecuteAsync(found, School.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
            return this.Refused(result.Refusals);
        if (result.Value is not { } whole)
            return null;
        if (whole.FormerNames.Count > 0)
            FormerText = $"Before it became {School.Name}, the school was {InWords.List(whole.FormerNames.Select(f => $"{f.Name} (URN {f.Urn})"))}. Its years are part of every line.";
        Report = Seen(whole);
        View = ReportView.Read(Report, year is ReportView.Together && !TakesSpan ? null : year, TakesGroup ? group : null, DefaultYear);
        if (TakesClass && await NarrowAsync(findClasses!) is { } refused)
            return refused;
        carried = Carried(group, whole.Reader);
        Words = new(Report, School.Name, narrowing?.Words);
        LeavesNobody = TakesClass && (View.Group is not null || narrowing?.IsOn == true) && Shown.All(p => CountOf(p, View.Group, View.Value) is Measure.NotApplicable);
        return null;
    }

    private async Task<IActionResult?> NarrowAsync(FindReportClasses findClasses)
    {
        if (Report!.Reader is ReportReader.SchoolLevel)
        {
            View = View with { IsRefused = !string.IsNullOrEmpty(AskedClass) || !string.IsNullOrEmpty(AskedAnd) };
            return null;
        }
        var places = View.Period.Places(Report.Years.Count);
        var pupils = places.SelectMany(year => Report.KnownOf(year) is var (cohort, known) ? known.Select(p => cohort.PupilIds[p]) : []).ToHashSet();
        var classes = await findClasses.ExecuteAsync(new(pupils, [.. places.Select(y => Report.Years[y])], ReportView.FindClass(AskedClass)), School.Actor, HttpContext.RequestAborted);
        if (!classes.Succeeded)
            return this.Refused(classes.Refusals);
        var second = ReportView.FindGroup(AskedAnd);
        var isTwice = second is not null && second.Value.Group == View.Group;
        View = View with
        {
            Class = classes.Value.Chosen?.Id, And = isTwice ? null : second, IsTwice = isTwice,
            Gone = [.. View.Gone, .. AskedClass is { Length: > 0 } && classes.Value.Chosen is null ? ["the class"] : Array.Empty<string>(), .. AskedAnd is { Length: > 0 } && second is null ? ["the second pupil group"] : Array.Empty<string>()],
        };
        narrowing = new(Report, classes.Value, View.And);
        Report = narrowing.Report;
        return null;
    }

    private ReportView Carried(string? group, ReportReader reader)
    {
        var first = TakesGroup ? (View.Group is { } its ? (its, View.Value) : default((PupilGroup Group, byte Value)?)) : ReportView.FindGroup(group);
        var with = View with { Group = first?.Group, Value = first?.Value ?? 0 };
        return TakesClass || reader is ReportReader.SchoolLevel ? with : with with { Class = ReportView.FindClass(AskedClass), And = ReportView.FindGroup(AskedAnd) };
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
/// <param name="about">"only the pupils of class 10X" when the figures are about chosen pupils; null for all.</param>
public sealed class ReportWordsFor(Report report, string school, string? about = null)
{
    private readonly IReadOnlyList<ReferenceEdition> editions = [.. report.Years.SelectMany(report.EditionsOf)];

    private static readonly string[] Endings = [" Primary School", " Infant School", " Special School", " All-through School", " Academy", " School", " Sixth Form", " College"];

    public ReportNames Names => new(Short(school), "England", editions switch
    {
        _ when editions.All(e => e.Status != ReferenceStatus.Illustrative) => "England",
        _ when editions.All(e => e.Status == ReferenceStatus.Illustrative) => "Illustrative England",
        _ => "England, in part illustrative",
    });

    /// <summary>What the pupils are called whom a figure without a pupil group is about.</summary>
    public string Everybody => report.IsNarrowed ? "Chosen pupils" : "All pupils";

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
        return $"{PeriodInWords(period)}: {report.Stage.Definition().Pupils} on the day of the census{(about is null ? "" : $", {about}")}. {nation}";
    }

    public string BasisInFull(ReportPeriod period) => $"{school}. {Basis(period)} Worked out from the records of {InWords.Moment(report.BuiltAt)}.";

    private static string Compared(IReadOnlyList<ReferenceEdition> editions) => editions switch
    {
        [] => "No national figures are loaded for this year.",
        [var one] => $"Compared with {Of(one)}.",
        _ => $"Compared with {InWords.List(editions.Select(e => e.Status == ReferenceStatus.Illustrative ? $"{Of(e)}, where that has no figure" : Of(e)))}.",
    };

    /// <summary>"Illustrative England 2023/24, which is invented", or "England 2018/19, final".</summary>
    public static string Of(ReferenceEdition edition) => edition.Status == ReferenceStatus.Illustrative ? $"Illustrative England {edition.Year}, which is invented" : $"England {edition.Year}, {Of(edition.Status)}";

    private static string Of(ReferenceStatus status) => status switch { ReferenceStatus.Provisional => "provisional", ReferenceStatus.Revised => "revised", _ => "final" };

    private static string Short(string name) => Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal) && name.Length > e.Length) is { } ending ? name[..^ending.Length] : name;
}
