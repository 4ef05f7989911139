using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Reference.National.Illustrative;
using Ascent.Shared;

namespace Ascent.Reference.National;

/// <summary>
/// Chooses among editions: final before revised before provisional, and Illustrative England only where nothing else is known of the kind or
/// measure in that year. Then figures become what the calculation takes.
/// </summary>
internal sealed class NationalSelection
{
    private static readonly EBaccPillars[] Pillars = [EBaccPillars.Science, EBaccPillars.Humanities, EBaccPillars.Language];

    private readonly ILookup<NationalKind, ReadDataset> datasets;

    private NationalSelection(long version, IEnumerable<ReadDataset> loaded)
    {
        Version = version;
        // The best edition first.
        datasets = loaded.Concat(IllustrativeEngland.Datasets).OrderByDescending(d => Rank(d.Status)).ToLookup(d => d.Kind);
    }

    public long Version { get; }

    public Dictionary<(string, int, NationalPhase), HeadlineSet> Headlines { get; } = [];

    public List<Progress8Reference> Progress8 { get; } = [];

    public Dictionary<(int, EBaccPillars), ProgressTable> EBacc { get; } = [];

    public Dictionary<(string, int), TransitionMatrix> Matrices { get; } = [];

    public Dictionary<(string, int), NationalGrades> Grades { get; } = [];

    public IReadOnlyList<Ks2ProgressReference> Ks2 { get; } = [IllustrativeProgress.Ks2];

    public Dictionary<(string, int, NationalPhase), NationalSpread> Spreads { get; } = [];

    public static NationalSelection Of(long version, IEnumerable<ReadDataset> loaded)
    {
        var selection = new NationalSelection(version, loaded);
        selection.AddHeadlines();
        selection.AddProgress8();
        selection.AddEBacc();
        selection.AddGrades();
        selection.AddSpreads();
        return selection;
    }

    private static int Rank(ReferenceStatus status) => status switch
    {
        ReferenceStatus.Final => 3,
        ReferenceStatus.Revised => 2,
        ReferenceStatus.Provisional => 1,
        _ => 0,
    };

    // Of one measure in one year the series is believed, which says how final a figure is; then the table; then what is invented. One edition
    // gives all the groups.
    private void AddHeadlines()
    {
        var series = datasets[NationalKind.HeadlineSeries].ToArray();
        foreach (var source in (IEnumerable<ReadDataset>[])[series.Where(IsReal), datasets[NationalKind.Headlines], series.Where(d => !IsReal(d))])
        {
            var before = Headlines.Keys.ToHashSet();
            foreach (var dataset in source)
                foreach (var row in ((Headlines)dataset.Content).Rows)
                    if ((row.Measure, dataset.Year.StartYear, row.Phase) is var key && !before.Contains(key))
                        AddHeadline(key, row, EditionOf(dataset));
        }
    }

    private void AddHeadline((string, int, NationalPhase) key, HeadlineRow row, ReferenceEdition edition)
    {
        if (!Headlines.TryGetValue(key, out var set))
            Headlines[key] = set = new(edition);
        if (set.Edition != edition)
            return;
        if (row.Group is null)
            set.Set(null, 0, row.Figure);
        else if (PupilGroups.Find(row.Group) is { } group && group.FindValue(row.Value) is { } value)
            set.Set(group, value, row.Figure);
    }

    // Estimates and deviations come in two files, and belong together only with the same status.
    private void AddProgress8()
    {
        var deviations = datasets[NationalKind.Progress8Deviations].ToDictionary(EditionOf);
        foreach (var dataset in datasets[NationalKind.Attainment8Estimates])
            if (deviations.TryGetValue(EditionOf(dataset), out var spread) && !Progress8.Exists(p => p.Edition.Year == dataset.Year))
            {
                var of = ((Deviations)spread.Content).Values;
                Progress8.Add(new(
                    EditionOf(dataset), [.. ((GroupEstimates)dataset.Content).Rows.Select(r => new Attainment8Estimate(r[0], r[1], r[2], r[3], r[4]))], new(of[0], of[1], of[2], of[3], of[4])));
            }
    }

    private void AddEBacc()
    {
        var deviations = datasets[NationalKind.EBaccDeviations].ToDictionary(EditionOf);
        foreach (var dataset in datasets[NationalKind.EBaccEstimates])
            if (deviations.TryGetValue(EditionOf(dataset), out var spread))
                for (var i = 0; i < Pillars.Length; i++)
                    EBacc.TryAdd((dataset.Year.StartYear, Pillars[i]), new(
                        EditionOf(dataset), PriorGroups.Progress8, ((GroupEstimates)dataset.Content).Rows.Select(r => GroupEstimate.Of(r[i])), 1, ((Deviations)spread.Content).Values[i]));
    }

    // What was counted goes before what was made again of percentages. Where a year has real matrices, no subject of it is an invented one.
    private void AddGrades()
    {
        foreach (var (kind, scale) in ((NationalKind, GradeScale)[])[(NationalKind.GcseTransition, GradeScale.Gcse), (NationalKind.CombinedScienceTransition, GradeScale.CombinedScience), (NationalKind.GcseGrades, GradeScale.Gcse)])
            foreach (var year in datasets[kind].Where(IsReal).GroupBy(d => d.Year))
                AddGrades(year.First(), scale);
        var real = (Matrices: Matrices.Keys.ToHashSet(), Grades: Grades.Keys.ToHashSet());
        foreach (var (kind, scale) in ((NationalKind, GradeScale)[])[(NationalKind.GcseTransition, GradeScale.Gcse), (NationalKind.CombinedScienceTransition, GradeScale.CombinedScience)])
            foreach (var dataset in datasets[kind].Where(d => !IsReal(d)))
                AddGrades(dataset, scale, subject =>
                    (!HasReal(real.Matrices, subject, dataset.Year), !HasReal(real.Grades, subject, dataset.Year)));
    }

    private void AddGrades(ReadDataset dataset, GradeScale scale, Func<string, (bool Matrix, bool Grades)>? which = null)
    {
        var edition = EditionOf(dataset);
        foreach (var subject in ((SubjectGrades)dataset.Content).Subjects)
        {
            var (matrix, all) = which?.Invoke(subject.Subject) ?? (true, true);
            var key = (subject.Subject, dataset.Year.StartYear);
            if (matrix && subject.ByGroup.Count > 0)
                Matrices.TryAdd(key, new(edition, scale, NationalGroups.Transition, subject.ByGroup));
            if (all)
                Grades.TryAdd(key, new(GradeDistribution.OfCounts(scale, subject.Counts, subject.WithoutGrade), edition));
        }
    }

    // Combined Science comes in a file of its own.
    private static bool HasReal(HashSet<(string Subject, int StartYear)> real, string subject, AcademicYear year) =>
        real.Any(r => r.StartYear == year.StartYear && (r.Subject == CombinedScience) == (subject == CombinedScience));

    private const string CombinedScience = "CSC";

    private void AddSpreads()
    {
        foreach (var dataset in datasets[NationalKind.SchoolDistributions])
            foreach (var row in ((SchoolSpreads)dataset.Content).Rows)
                Spreads.TryAdd((row.Measure, dataset.Year.StartYear, row.Phase), new(SchoolSpread.Percents.Select((p, i) => ((double)p, row.Scores[i])).ToArray(), EditionOf(dataset)));
    }

    private static bool IsReal(ReadDataset dataset) => dataset.Status != ReferenceStatus.Illustrative;

    private static ReferenceEdition EditionOf(ReadDataset dataset) => new(dataset.Year, dataset.Status);
}
