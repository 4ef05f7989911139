using System.Collections.Frozen;
using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Shared;

namespace Ascent.Reference.National;

/// <summary>A national figure of one measure, and whose it is. It goes unrounded; pages round it like their own figures.</summary>
public readonly record struct Headline(double Figure, ReferenceEdition Edition);

/// <summary>The grades of a subject nationally.</summary>
public sealed record NationalGrades(GradeDistribution Grades, ReferenceEdition Edition);

/// <summary>Percentiles of schools' scores, for <see cref="ThreeYears.PercentileOf(Measure, ReadOnlySpan{ValueTuple{double, double}})"/>.</summary>
public sealed record NationalSpread(ReadOnlyMemory<(double Percent, double Score)> Percentiles, ReferenceEdition Edition);

/// <summary>
/// The national figures that reports compare with, as they were at one moment: what was loaded, and Illustrative England where nothing was. Always
/// the very year that is asked for; where there is none, the answer is null and the comparison is left out. A measure has one edition a year for
/// all its groups and values, so that no two editions meet in one comparison; each answer says which.
/// </summary>
public sealed class NationalFigures
{
    private readonly FrozenDictionary<(string Measure, int StartYear, NationalPhase Phase), HeadlineSet> headlines;
    private readonly FrozenDictionary<int, Progress8Reference> progress8;
    private readonly FrozenDictionary<(int StartYear, EBaccPillars Pillar), ProgressTable> ebacc;
    private readonly FrozenDictionary<(string Subject, int StartYear), TransitionMatrix> matrices;
    private readonly FrozenDictionary<(string Subject, int StartYear), NationalGrades> grades;
    private readonly FrozenDictionary<int, Ks2ProgressReference> ks2;
    private readonly FrozenDictionary<(string Measure, int StartYear, NationalPhase Phase), NationalSpread> spreads;

    internal NationalFigures(NationalSelection selected)
    {
        Version = selected.Version;
        headlines = selected.Headlines.ToFrozenDictionary();
        progress8 = selected.Progress8.ToFrozenDictionary(r => r.Edition.Year.StartYear);
        ebacc = selected.EBacc.ToFrozenDictionary();
        matrices = selected.Matrices.ToFrozenDictionary();
        grades = selected.Grades.ToFrozenDictionary();
        ks2 = selected.Ks2.ToFrozenDictionary(r => r.Reading.Edition.Year.StartYear);
        spreads = selected.Spreads.ToFrozenDictionary();
    }

    /// <summary>Nothing was loaded: Illustrative England for every year that it has.</summary>
    public static NationalFigures Illustrative { get; } = new(NationalSelection.Of(0, []));

    /// <summary>Rises with every load that changed something; 0 while nothing was loaded.</summary>
    public long Version { get; }

    /// <param name="measureCode">Of an <see cref="Indicator{TPupil}"/>, or one of <see cref="MeasureCodes"/>.</param>
    /// <param name="phase">Absence is published by phase. What has no figure of its phase has none here: it is not the one of all schools.</param>
    /// <returns>Null where nothing was published.</returns>
    public Headline? Find(string measureCode, AcademicYear year, NationalPhase phase = NationalPhase.All) =>
        headlines.TryGetValue((measureCode, year.StartYear, phase), out var found) && found.TryWhole(out var figure) ? new(figure, found.Edition) : null;

    /// <summary>The figure of the same pupils nationally: those with this value of a group.</summary>
    /// <param name="value">Its place in <see cref="PupilGroups.Values"/>.</param>
    public Headline? Find(string measureCode, AcademicYear year, PupilGroup group, byte value, NationalPhase phase = NationalPhase.All) =>
        headlines.TryGetValue((measureCode, year.StartYear, phase), out var found) && found.TryValue(group, value, out var figure) ? new(figure, found.Edition) : null;

    /// <summary>Null for the years whose pupils had no KS2 tests, and where nothing is known.</summary>
    public Progress8Reference? Progress8(AcademicYear year) => progress8.GetValueOrDefault(year.StartYear);

    /// <param name="pillar">Science, humanities or language.</param>
    public ProgressTable? EBaccValueAdded(AcademicYear year, EBaccPillars pillar) => ebacc.GetValueOrDefault((year.StartYear, pillar));

    /// <summary>Grades of a GCSE by KS2, in the groups of <see cref="NationalGroups.Transition"/>.</summary>
    /// <param name="subjectCode">As in <see cref="Subjects"/>.</param>
    public TransitionMatrix? Gcse(string subjectCode, AcademicYear year) => matrices.GetValueOrDefault((subjectCode, year.StartYear));

    /// <summary>Grades of a GCSE, of all pupils at the end of KS4.</summary>
    public NationalGrades? GcseGrades(string subjectCode, AcademicYear year) => grades.GetValueOrDefault((subjectCode, year.StartYear));

    /// <summary>By KS1 average points (<see cref="NationalGroups.KeyStage1"/>). Null for the years whose pupils had no KS1, and where nothing is known.</summary>
    public Ks2ProgressReference? Ks2Progress(AcademicYear year) => ks2.GetValueOrDefault(year.StartYear);

    /// <param name="phase">All: mainstream schools.</param>
    public NationalSpread? SchoolPercentiles(string measureCode, AcademicYear year, NationalPhase phase = NationalPhase.All) =>
        spreads.GetValueOrDefault((measureCode, year.StartYear, phase));
}

/// <summary>One measure in one year and phase: the figure of all pupils and of the values of groups, of one edition.</summary>
internal sealed class HeadlineSet(ReferenceEdition edition)
{
    // Not a number where nothing was published.
    private readonly double[] values = NewValues();
    private static readonly int[] Starts = NewStarts();

    public ReferenceEdition Edition => edition;

    /// <param name="group">Null for all pupils.</param>
    public void Set(PupilGroup? group, byte value, double figure) => values[group is { } known ? Starts[(int)known] + value : 0] = figure;

    public bool TryWhole(out double figure) => Try(0, out figure);

    public bool TryValue(PupilGroup group, byte value, out double figure)
    {
        figure = 0;
        return value < group.Values().Count && Try(Starts[(int)group] + value, out figure);
    }

    private bool Try(int place, out double figure)
    {
        figure = values[place];
        return !double.IsNaN(figure);
    }

    private static double[] NewValues()
    {
        var values = new double[1 + PupilGroups.All.Sum(g => g.Values().Count)];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static int[] NewStarts()
    {
        var starts = new int[PupilGroups.All.Count];
        var next = 1;
        foreach (var group in PupilGroups.All)
        {
            starts[(int)group] = next;
            next += group.Values().Count;
        }
        return starts;
    }
}
