using System.Collections.Concurrent;
using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Shared;

namespace Ascent.Reports.Figures;

/// <summary>
/// The cohorts of one stage of a school as they were built last, with everything that follows from them alone: columns for disclosure control, and
/// its decisions, which are the same for every reader. Kept in memory until the cohorts are built anew.
/// </summary>
public sealed class StageCohorts
{
    private readonly PupilColumns[] columns;
    private readonly ConcurrentDictionary<(string Measure, string? Subject, long National, bool OfN), DisclosureDecision> decisions = [];

    /// <param name="cohorts">The oldest first.</param>
    public StageCohorts(CohortStage stage, IReadOnlyList<Cohort> cohorts)
    {
        (Stage, Cohorts) = (stage, cohorts);
        columns = [.. cohorts.Select(c => new PupilColumns(c.Groups))];
        Everybody = [.. cohorts.Select(c => Enumerable.Range(0, c.Count).ToArray())];
    }

    public CohortStage Stage { get; }

    public IReadOnlyList<Cohort> Cohorts { get; }

    /// <summary>The places of all pupils of each cohort.</summary>
    internal IReadOnlyList<int[]> Everybody { get; }

    public IReadOnlyList<AcademicYear> Years => [.. Cohorts.Select(c => c.Year)];

    /// <summary>The decision for readers of school-level reports.</summary>
    /// <param name="national">The version of the national figures: who counts in a progress measure hangs on them.</param>
    /// <param name="ofN">Not about the pupils who count in the figure, but about all whom the question is about: whether that number may be told.</param>
    internal DisclosureDecision Decide(ReportMeasure measure, IReadOnlyList<OutcomeColumn?> outcomes, long national, DisclosureSettings settings, bool ofN) =>
        decisions.GetOrAdd((measure.Code, measure.Subject, national, ofN), _ => DisclosureControl.Decide(YearsOf(measure, outcomes, ofN), settings));

    /// <summary>What follows for the pupils whom a reader does not know, taken together with the decision for everybody.</summary>
    internal DisclosureDecision DecideFor(ReportReader.OwnClasses reader, ReportMeasure measure, IReadOnlyList<OutcomeColumn?> outcomes, long national, DisclosureSettings settings, bool ofN)
    {
        var others = YearsOf(measure, outcomes, ofN).Select((year, i) => year.Without(Array.ConvertAll(Cohorts[i].PupilIds, reader.Knows))).ToArray();
        return Decide(measure, outcomes, national, settings, ofN).And(DisclosureControl.Decide(others, settings));
    }

    private DisclosureYear[] YearsOf(ReportMeasure measure, IReadOnlyList<OutcomeColumn?> outcomes, bool ofN) =>
        [.. outcomes.Select((column, i) => new DisclosureYear(columns[i], ofN ? InCohort(column, Cohorts[i].Count) : Standings(measure.Kind == MeasureKind.Share, column, Cohorts[i].Count)))];

    // Without national figures the question is still about everybody.
    private static Standing[] InCohort(OutcomeColumn? column, int count)
    {
        var standings = new Standing[count];
        for (var i = 0; i < count; i++)
            standings[i] = column is null || column[i].IsInCohort ? Standing.Counts : Standing.Outside;
        return standings;
    }

    private static Standing[] Standings(bool isShare, OutcomeColumn? column, int count)
    {
        var standings = new Standing[count];
        for (var i = 0; column is not null && i < count; i++)
            standings[i] = !column[i].Counts ? Standing.Outside : !isShare ? Standing.Counts : column[i].Value > 0 ? Standing.Met : Standing.NotMet;
        return standings;
    }
}
