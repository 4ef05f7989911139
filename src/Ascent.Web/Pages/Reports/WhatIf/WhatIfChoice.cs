using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Web.Pages.Reports.Parts;
using Ascent.Web.Pages.Reports.Pupils;
using Ascent.Web.Pages.SchoolData;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Reports.WhatIf;

/// <summary>
/// A page with the list of pupils to leave out. Everything of it is sent with its form, so that it works without script: ticking a whole group or class
/// sends the form too, and shows it again with more ticks; nothing is kept before it is saved.
/// </summary>
public abstract class WhatIfChoice(ReadReport readReport, ExportReport exportReport, NamePupils namePupils, SaveWhatIf saveWhatIf) : WhatIfPage(readReport, exportReport)
{
    public const string Tick = "tick";
    public const string Untick = "untick";
    public const string PutBack = "back";

    /// <summary>As it is called; empty for the name by default.</summary>
    [BindProperty]
    public string? ViewName { get; set; }

    /// <summary>The group, class or flag whose pupils are ticked together.</summary>
    [BindProperty(Name = "of")]
    public string? Of { get; set; }

    protected override bool HasFile => false;

    /// <summary>The pupils whom the reader knows, by name.</summary>
    public IReadOnlyList<PupilLine> Lines { get; private set; } = [];

    public IReadOnlyList<PupilColumn> Columns { get; private set; } = [];

    public bool HasStart => StartAndOutcome.Of(Stage)?.HasBaseline(Year) == true;

    public IReadOnlySet<Guid> Ticked { get; protected set; } = new HashSet<Guid>();

    /// <summary>What a button of the list has just done.</summary>
    public string? Done { get; private set; }

    /// <summary>Who can be ticked together, with how many they are.</summary>
    public IReadOnlyList<FilterOption> Together { get; private set; } = [];

    /// <summary>The view that is changed; null for a new one.</summary>
    protected virtual Guid? Changed => null;

    /// <summary>Where the form is sent: the page itself, with its year.</summary>
    public abstract string Action { get; }

    private IReadOnlyList<NamedClass> classes = [];

    protected override async Task<bool> FindAsync()
    {
        Columns = [.. PupilColumn.Of(Stage).Take(3)];
        var found = await PupilLines.FindAsync(namePupils, Report!, YearPlace, Columns, School.Actor, HttpContext.RequestAborted);
        if (!found.Succeeded)
            return false;
        (Lines, classes) = (found.Value.Lines, found.Value.Classes);
        Together = [.. Sets().Select(s => new FilterOption(s.Value, s.Text, StageModel.Count(s.Pupils.Count), s.Heading, s.Value == Of))];
        return true;
    }

    public async Task<IActionResult> OnPostAsync(string stage, string? year)
    {
        var page = await OnGetAsync(stage, year, null);
        if (page is not PageResult || Report is null)
            return page;
        Ticked = Request.Form.Ids("pupils").Intersect(Lines.Select(l => l.Who.Id)).ToHashSet();
        if (Request.Form["deed"].ToString() is Tick or Untick or PutBack)
        {
            Done = Change(Request.Form["deed"].ToString());
            return page;
        }
        var saved = await saveWhatIf.ExecuteAsync(new(Changed, Stage, Year, ViewName, [.. Ticked]), School.Actor, HttpContext.RequestAborted);
        return saved.Succeeded ? Redirect(ReportsLinks.WhatIf(School.Urn, Stage, saved.Value)) : this.Refused(saved.Refusals);
    }

    private string Change(string deed)
    {
        if (deed == PutBack)
        {
            Ticked = new HashSet<Guid>();
            return "Everybody is put back: nobody is ticked. Nothing is saved yet.";
        }
        if (Sets().FirstOrDefault(s => s.Value == Of) is not { Pupils: { } pupils } set)
            return "Choose a group, a class or a flag first.";
        Ticked = deed == Tick ? Ticked.Union(pupils).ToHashSet() : Ticked.Except(pupils).ToHashSet();
        return $"{set.Text}: {(deed == Tick ? "all are ticked" : "nobody is ticked")}. {Ticked.Count} of {Lines.Count} pupils are left out. Nothing is saved yet.";
    }

    // Values of groups, classes and flags by their codes; those with nobody are left out.
    private IEnumerable<PupilSet> Sets()
    {
        var cohort = Report!.KnownOf(YearPlace).Cohort;
        foreach (var flag in PupilFlags.All)
            if (Of(l => l.Has(flag)) is { Count: > 0 } flagged)
                yield return new($"flag:{flag.Code()}", flag.Label(Stage), "Flags", flagged);
        foreach (var group in Ascent.Measures.PupilGroups.All)
            foreach (var (place, value) in Ascent.Measures.PupilGroups.Values(group).Index())
                if (Of(l => cohort.ValuesOf(group)[l.Place] == place) is { Count: > 0 } grouped)
                    yield return new($"group:{ReportView.Text(group, (byte)place)}", value.Label, Ascent.Measures.PupilGroups.Label(group), grouped);
        foreach (var its in classes)
            yield return new($"class:{its.Id:N}", its.Name, $"{ClassRules.Label(its.Kind)} classes, {its.Year}", [.. its.Pupils]);

        IReadOnlyList<Guid> Of(Func<PupilLine, bool> isIn) => [.. Lines.Where(isIn).Select(l => l.Who.Id)];
    }

    private sealed record PupilSet(string Value, string Text, string Heading, IReadOnlyList<Guid> Pupils);
}
