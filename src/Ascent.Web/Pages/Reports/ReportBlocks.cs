using Ascent.Measures;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared.Text;
using Ascent.Web.Components;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports;

/// <summary>Makes the blocks of the dashboards from a report: what a block shows is asked here, and the same figures go into the files.</summary>
public sealed class ReportBlocks(Report report, ReportView view, ReportWordsFor words, string urn)
{
    private readonly List<ReportRow> rows = [];

    /// <summary>Every figure of the blocks made so far.</summary>
    public IReadOnlyList<ReportRow> Rows => rows;

    public FigureTiles Tiles(string id, string heading, IEnumerable<ReportMeasure> measures) =>
        new(id, heading, words.Names, [.. measures.Select(Tile)], new(words.Basis(view.Period)));

    /// <summary>One measure over the single years.</summary>
    public Trend Trend(string id, ReportMeasure measure)
    {
        // Without the running year, which has no results yet.
        var years = report.Years.Take(report.Latest + 1).ToList();
        var title = $"{years.Count switch { 1 => "One year", 2 => "Two years", 3 => "Three years", var n => $"{n} years" }}: {Lower(measure.Title)}";
        var points = years.Select((year, place) => new TrendPoint(year.ToString(), Ask(title, measure, ReportPeriod.Year(place), view.Group, view.Value))).ToList();
        return new(new(id, title, $"{measure.Detail}{UnitWords(measure)}", new(words.Basis(view.Period), Chosen(ReportsLinks.How(urn, measure))), Note([.. points.Select(p => p.Figure)])), words.Names,
            $"{measure.Title}, {Lower(measure.Detail)}", MeasureText.Sign(measure.Unit), points);
    }

    /// <summary>One measure by every group, with the gap of those that have two values or an order.</summary>
    public GroupTable Groups(string id, ReportMeasure measure, IEnumerable<PupilGroup> groups)
    {
        const string title = "Pupil groups";
        var blocks = groups.Select(g => Block(title, measure, g)).Where(b => b.Rows.Count > 0).ToList();
        var withheld = blocks.Exists(b => b.Rows.Any(r => r.Figure.School is Measure.Withheld));
        return new(new(id, title, $"{measure.Title}, {Lower(measure.Detail)}{UnitWords(measure)}. {words.Names.NationalInFull}: the same group.", new($"{words.Basis(view.Period)} Groups overlap.", Chosen(ReportsLinks.How(urn, measure))), withheld ? WhyWithheld : null),
            words.Names, Around(measure, blocks.SelectMany(b => b.Rows.Select(r => r.Figure))), blocks);
    }

    /// <summary>Measures of one scale, a strip each.</summary>
    public SubjectTable Table(string id, string title, string about, IReadOnlyList<ReportMeasure> measures, Func<ReportMeasure, string> name, Func<ReportMeasure, string?> href)
    {
        var all = measures.Select(m => new SubjectRow(name(m), href(m), Ask(title, m, view.Period, view.Group, view.Value))).ToList();
        return new(new(id, title, about, new(words.Basis(view.Period)), Note([.. all.Select(r => r.Figure)])), words.Names, Around(measures[0], all.Select(r => r.Figure)), "Figure", null, all, "measure");
    }

    /// <summary>Subjects in the order given, each with its average and the share of a standard pass.</summary>
    public SubjectTable SubjectTable(string id, IReadOnlyList<SubjectRow> subjects) =>
        new(new(id, "Average grade in each subject", "GCSE grades 9 to 1, U counts as 0. Combined Science: the mean of its two grades.", new(words.Basis(view.Period)), Note([.. subjects.Select(s => s.Figure), .. subjects.Select(s => s.Share!)])),
            words.Names, StripScale.Around(subjects.SelectMany(s => new[] { s.Figure.School, s.Figure.National }), MeasureUnit.Average), "Average", "9 to 4", subjects);

    /// <summary>How many got each grade, beside the nation.</summary>
    public Distribution Distribution(string id, string subject, IEnumerable<ReportMeasure> grades, GradeScale scale)
    {
        var bars = grades.Select((measure, place) =>
        {
            var figure = Ask("Grades", measure, view.Period, view.Group, view.Value);
            return new DistributionBar(scale.Labels[place], figure, report.MetOf(measure, view.Period, view.Group, view.Value));
        }).ToList();
        return new(new(id, $"Grades against {words.Names.National}", $"Pupils with each grade, % of those who took {subject}", new(words.Basis(view.Period)), Note([.. bars.Select(b => b.Figure)])), words.Names, "Pupils with each grade", "Grade", bars, report.IsNarrowed || report.Reader is ReportReader.WholeSchool);
    }

    /// <summary>"Your school": scores of three years together, with their place among schools.</summary>
    /// <returns>Null where none of the measures has a year that counts, or there is only one year.</returns>
    public FigureTiles? OverYears(string id, IEnumerable<ReportMeasure> measures)
    {
        var all = measures.Select(m => (Measure: m, Score: report.OverYears(m))).Where(s => s.Score is not null).Select(s => (s.Measure, Score: s.Score!)).ToList();
        if (all.TrueForAll(s => s.Score.Figure.School is Measure.NotApplicable))
            return null;
        const string title = "Your school over three years";
        var years = $"{words.PeriodInWords(ReportPeriod.Span)}, weighted";
        foreach (var (measure, score) in all)
        {
            rows.Add(new(title, $"{measure.Title}, three years weighted", words.Everybody, years, score.Figure));
            if (score.Percentile is not Measure.NotApplicable)
                rows.Add(new(title, $"{measure.Title}, place among schools, of 100", words.Everybody, years, new(score.Percentile, NoNation, null)));
        }
        return new(id, title, words.Names, [.. all.Select(s => TileOf(s.Measure, s.Score))], new(BasisOf(all.ConvertAll(s => s.Score))), "Three years in one score, the newest counting most, and its place among schools.");
    }

    private FigureTile TileOf(ReportMeasure measure, SchoolOverYears score)
    {
        var figure = Beside(measure, score.Figure);
        var place = score.Percentile switch
        {
            Measure.Scalar one => $"As good as or better than {MeasureText.Plain(one)} of 100 schools",
            Measure.NotApplicable { Reason: NotApplicableReason.NoReference } => "No distribution of schools is loaded",
            _ => measure.Detail,
        };
        return new(measure.Title, place, figure, words.Names, null, null, Around(measure, [figure]));
    }

    private string BasisOf(IReadOnlyList<SchoolOverYears> scores)
    {
        var counted = scores.SelectMany(s => s.Years).Distinct().Order().ToList();
        var places = ReportPeriod.Span.Places(report.Years.Count).Select(p => report.Years[p]).ToList();
        var without = places.Except(counted).ToList();
        var editions = scores.Select(s => s.Schools).OfType<ReferenceEdition>().Distinct().ToList();
        return string.Join(' ', new[]
        {
            "All pupils with a start. Weights 3 : 2 : 1 from the newest year: Σ weight × pupils × score ÷ Σ weight × pupils; the interval is ± 1.96 × √(Σ weight² × pupils × national spread²) ÷ Σ weight × pupils.",
            counted.Count == 0 ? null : $"In it: {InWords.List(counted.Select(y => y.ToString()))}{(without.Count == 0 ? "" : $"; without a baseline or national figures: {InWords.List(without.Select(y => y.ToString()))}")}.",
            editions.Count == 0 ? null : $"Place among the single-year scores of schools in {InWords.List(editions.Select(ReportWordsFor.Of))}.",
        }.OfType<string>());
    }

    private static readonly Measure NoNation = new Measure.NotApplicable(NotApplicableReason.NoReference, default);

    public FigureTile Tile(ReportMeasure measure)
    {
        var judged = Judge("Headlines", measure, view.Period, view.Group, view.Value);
        var figure = Beside(measure, judged);
        return new(measure.Title, judged.Band is { } of ? $"{measure.Detail}: {BandWords(of)}" : measure.Detail, figure, words.Names, Chosen(ReportsLinks.How(urn, measure)), null, Around(measure, [figure]));
    }

    /// <summary>Asks for a figure, and remembers it for the file.</summary>
    public Compared Ask(string block, ReportMeasure measure, ReportPeriod period, PupilGroup? group, byte value) => Beside(measure, Judge(block, measure, period, group, value));

    private JudgedFigure Judge(string block, ReportMeasure measure, ReportPeriod period, PupilGroup? group, byte value)
    {
        var figure = report.Judge(measure, period, group, value);
        rows.Add(new(block, About(measure), group is { } of ? of.Values()[value].Label : words.Everybody, words.PeriodInWords(period), figure));
        return figure;
    }

    private static string About(ReportMeasure measure) => measure.Subject is { } subject
        ? $"{Ascent.Reference.Subjects.Find(subject)?.Label ?? subject}: {Lower(measure.Title)}" : $"{measure.Title}, {Lower(measure.Detail)}";

    private static Compared Beside(ReportMeasure measure, JudgedFigure figure) => new(figure.School, figure.National, Turned(measure, figure.Verdict));

    private static StripScale Around(ReportMeasure measure, IEnumerable<Compared> figures) => StripScale.Around(figures.SelectMany(f => new[] { f.School, f.National }), measure.Unit);

    /// <summary>As the performance tables word it.</summary>
    public static string BandWords(ProgressBand band) => band switch
    {
        ProgressBand.WellAbove => "well above average",
        ProgressBand.Above => "above average",
        ProgressBand.Average => "average",
        ProgressBand.Below => "below average",
        _ => "well below average",
    };

    /// <summary>The groups that the reader's dashboards show, those with a value here.</summary>
    public static IEnumerable<PupilGroup> Shown => PupilGroups.All;

    private GroupBlock Block(string title, ReportMeasure measure, PupilGroup group)
    {
        var all = new List<(int Place, GroupRow Row)>();
        foreach (var (place, value) in group.Values().Index())
        {
            var count = rows.Count;
            var figure = Ask(title, measure, view.Period, group, (byte)place);
            // Nobody here has the value: no row, in the table nor in the file.
            if (figure.School is Measure.NotApplicable { Reason: NotApplicableReason.NoPupils })
                rows.RemoveRange(count, rows.Count - count);
            else
                all.Add((place, new(value.Label, figure)));
        }
        var (from, to) = (all.FindIndex(r => r.Place == 0), all.FindIndex(r => r.Place == Opposite(group)));
        if (Opposite(group) is not { } other || from < 0 || to < 0)
            return new(group.Label(), null, [.. all.Select(r => r.Row)]);
        var gap = report.Gap(measure, view.Period, group, 0, other);
        rows.Add(new(title, $"{About(measure)}: gap by {Lower(group.Label())}", $"{group.Values()[0].Label} less {Lower(group.Values()[other].Label)}", words.PeriodInWords(view.Period), gap));
        return new($"Gap by {Lower(group.Label())}", new(new(gap.School, gap.National, null), from, to), [.. all.Select(r => r.Row)]);
    }

    // The value that the first one is compared with; groups without an order have none.
    private static byte? Opposite(PupilGroup group) => group switch
    {
        PupilGroup.Disadvantaged or PupilGroup.Sex or PupilGroup.Eal or PupilGroup.Mobility or PupilGroup.LookedAfter or PupilGroup.ServiceChild => 1,
        PupilGroup.Sen or PupilGroup.TermOfBirth or PupilGroup.PriorAttainment => 2,
        _ => null,
    };

    // Above and below are said of the figure; whether that is good, a reader knows.
    private static Significance? Turned(ReportMeasure measure, Significance? verdict) => measure.Kind == MeasureKind.Rate ? null : verdict;

    private string Chosen(string path) => view.In(path);

    private static string? Note(IReadOnlyList<Compared> figures) => string.Join(' ', new[]
    {
        figures.Any(f => f.School is Measure.NotApplicable { Reason: NotApplicableReason.NoBaseline }) ? "No baseline: these pupils did not take the tests that progress starts from. It is not a nought, and it will not come later." : null,
        figures.Any(f => f.School is Measure.Withheld) ? WhyWithheld : null,
    }.OfType<string>()) is { Length: > 0 } note ? note : null;

    private const string WhyWithheld = "c: withheld, because it is about so few pupils that somebody could be recognised, or because such a figure could be worked out from it. A later import may change what can be shown.";

    private static string UnitWords(ReportMeasure measure) => measure.Unit switch { MeasureUnit.Percentage => ", % of pupils", MeasureUnit.Rate => ", % of sessions", _ => "" };

    public static string Lower(string text) => text.Length > 1 && char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
