using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Classes;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports;

/// <summary>A class and a second group on a dashboard, for readers with pupil-level reports: the report about those pupils, the words and the fields.</summary>
public sealed class Narrowing
{
    private readonly Report known;
    private readonly Report ofClass;
    private readonly ReportClasses classes;
    private readonly (PupilGroup Group, byte Value)? and;

    /// <param name="whole">About the whole cohort.</param>
    public Narrowing(Report whole, ReportClasses classes, (PupilGroup Group, byte Value)? and)
    {
        (this.classes, this.and) = (classes, and);
        known = whole.Narrowed((_, _) => true);
        ofClass = Class is { } its ? known.Narrowed((cohort, pupil) => its.Pupils.Contains(cohort.PupilIds[pupil])) : known;
        Report = and is { } second ? ofClass.Within(second.Group, second.Value) : Class is null ? whole : ofClass;
    }

    /// <summary>The whole one while nothing is chosen.</summary>
    public Report Report { get; }

    public ChosenClass? Class => classes.Chosen;

    public bool IsOn => Class is not null || and is not null;

    /// <summary>For the basis of the figures: "only the pupils of class 10X in the group “Girls”".</summary>
    public string? Words => IsOn ? $"only {Whom}" : null;

    /// <summary>For the top of the page.</summary>
    public string? Sentence => IsOn ? $"Only {Whom} count here, not the whole school." : null;

    private string Whom => string.Join(' ', new[]
    {
        Report.Reader is ReportReader.OwnClasses ? "your own pupils" : "the pupils",
        Class is { } its ? $"of class {its.Name}" : null, and is { } second ? $"in the group “{second.Group.Values()[second.Value].Label}”" : null,
    }.OfType<string>());

    /// <summary>How many of the class are pupils of a period.</summary>
    public Measure CountOf(ReportPeriod period, ChosenClass its) => Counted(known.Narrowed((cohort, pupil) => its.Pupils.Contains(cohort.PupilIds[pupil])).CountOf(period));

    /// <summary>How many have the value of the group, of the pupils whom the reader knows.</summary>
    public Measure CountOf(ReportPeriod period, (PupilGroup Group, byte Value) of) => Counted(known.CountOf(period, of.Group, of.Value));

    public IEnumerable<FilterField> Fields(ReportView view)
    {
        // The one that is chosen stands in the list of a year that has nobody of it too, or sending the form would take it away.
        var chosen = Class is { } its && !classes.Classes.Any(c => c.Id == its.Id) ? new FilterOption($"{its.Id:N}", its.Name, Counted(ofClass.CountOf(view.Period)), IsChosen: true) : null;
        if (classes.Classes.Count > 0 || chosen is not null)
            yield return new("class", "Class", [new("", "All classes", IsChosen: Class is null), .. chosen is null ? [] : new[] { chosen }, .. classes.Classes.Select(c => new FilterOption(
                $"{c.Id:N}", c.Name, Count(c.Count), $"{ClassRules.Label(c.Kind)} classes, {c.Year}", c.Id == Class?.Id))]);
        yield return new("and", "Second pupil group", [new("", "None", IsChosen: and is null), .. Values(view)]);
    }

    private IEnumerable<FilterOption> Values(ReportView view)
    {
        foreach (var group in PupilGroups.All.Where(g => g != view.Group))
            foreach (var (place, value) in group.Values().Index())
                if (ofClass.CountOf(view.Period, group, (byte)place) is var count && (count is not Measure.NotApplicable || and == (group, (byte)place)))
                    yield return new(ReportView.Text(group, (byte)place), value.Label, Counted(count), group.Label(), and == (group, (byte)place));
    }

    private static Measure Counted(Measure count) => count is Measure.NotApplicable ? Count(0) : count;

    private static Measure.Scalar Count(int count) => new(count, MeasureUnit.Count, new(count, count));
}
