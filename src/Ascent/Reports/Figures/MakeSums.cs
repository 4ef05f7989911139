using Ascent.Measures;
using Ascent.Reports.Cohorts;

namespace Ascent.Reports.Figures;

/// <summary>
/// Adds up what the pupils of a cohort give to the measures of its stage. In goes a cohort and the national estimates of its year; out come n, matched, Σ, Σ² and
/// the Σ of weights (<see cref="Tally"/>, <see cref="OutcomeColumn"/>) of every measure of the stage for all pupils and for each value of each group, and of every
/// measure of a subject but its single grades for all pupils and for the values of disadvantage. Pure: no database, no clock.
/// </summary>
/// <remarks>
/// Left out is whoever a measure is not about (n = 0); a progress measure without a baseline or without national estimates; and a cohort without
/// any result, which has no figures on dashboards either.
/// </remarks>
public static class MakeSums
{
    /// <summary>Which measures and groups there are and what they mean, Illustrative England included. Whoever changes them raises it, and all schools are built anew.</summary>
    public const int Form = 1;

    public static IReadOnlyList<SumRow> Of(Guid organisationId, Cohort cohort, NationalYear national)
    {
        if (!cohort.HasResults)
            return [];
        var all = new Pupils(SumRow.AllPupils, SumRow.AllPupils, [.. Enumerable.Range(0, cohort.Count)]);
        Pupils[] everyGroup = [all, .. PupilGroups.All.SelectMany(g => ByValue(cohort, g))];
        Pupils[] ofSubjects = [all, .. ByValue(cohort, PupilGroup.Disadvantaged)];
        return
        [
            .. ReportMeasures.Of(cohort.Stage).SelectMany(m => Rows(m, everyGroup)),
            .. cohort.Subjects.SelectMany(s => SubjectMeasures.Of(s.Code, s.Scale).Take(SubjectMeasures.BeforeGrades)).SelectMany(m => Rows(m, ofSubjects)),
        ];

        IEnumerable<SumRow> Rows(ReportMeasure measure, Pupils[] sets)
        {
            if (measure.ColumnOf(cohort, national) is not { } column)
                yield break;
            foreach (var set in sets)
                if (column.Tally(set.Places) is { N: > 0 } tally)
                    yield return new()
                    {
                        OrganisationId = organisationId, Stage = cohort.Stage, AcademicYear = cohort.Year, Measure = measure.Code, Subject = measure.Subject ?? "", Group = set.Group, Value = set.Value,
                        N = tally.N, Matched = tally.Matched, Sum = tally.Sum, SumOfSquares = tally.SumOfSquares, Weight = column.Weight(set.Places),
                    };
        }
    }

    private static IEnumerable<Pupils> ByValue(Cohort cohort, PupilGroup group)
    {
        var places = cohort.ValuesOf(group).Select((value, place) => (value, place)).ToLookup(p => p.value, p => p.place);
        return group.Values().Select((value, at) => new Pupils(group.Code(), value.Code, [.. places[(byte)at]]));
    }

    private sealed record Pupils(string Group, string Value, int[] Places);
}
