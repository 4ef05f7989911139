using Ascent.Measures;
using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.Figures;

/// <param name="Schools">Their ids.</param>
/// <param name="Measures">Of the stage and of its subjects.</param>
/// <param name="Groups">Beside all pupils, which always come: of these groups each value.</param>
public sealed record SumsQuery(CohortStage Stage, IReadOnlyCollection<Guid> Schools, IReadOnlyCollection<ReportMeasure> Measures, IReadOnlyCollection<AcademicYear> Years, IReadOnlyCollection<PupilGroup> Groups);

/// <param name="Subject">Null for measures of all pupils.</param>
/// <param name="Group">Null for all pupils; then the value says nothing.</param>
/// <param name="Schools">How many of those asked for have it.</param>
/// <param name="Weight">The whole of a rate; of other measures how many matched.</param>
public readonly record struct SumOfSchools(AcademicYear Year, string Measure, string? Subject, PupilGroup? Group, byte Value, int Schools, Tally Tally, double Weight);

/// <summary>
/// The stored sums of many schools, added up, for the figures of authorities and trusts. These numbers are BEFORE disclosure control and unrounded: neither
/// they nor a figure made of them may be shown, exported or sent as they are. Which schools somebody may see is the caller's business: it gives their ids.
/// </summary>
/// <remarks>What nobody is in has no sum, nor has a progress measure in a year without estimates, nor a school that is not built yet.</remarks>
public sealed class ReadSums(Database database)
{
    // Each is a parameter of the statement on one of the databases.
    private const int AtOnce = 500;

    /// <returns>In no order.</returns>
    public Task<IReadOnlyList<SumOfSchools>> ExecuteAsync(SumsQuery query, CancellationToken cancellationToken)
    {
        var measures = query.Measures.Select(m => m.Code).Distinct().ToArray();
        var subjects = query.Measures.Select(m => m.Subject ?? "").Distinct().ToArray();
        var pairs = query.Measures.Select(m => (m.Code, m.Subject ?? "")).ToHashSet();
        string[] groups = [SumRow.AllPupils, .. query.Groups.Select(g => g.Code())];
        return database.ReadAsync<IReadOnlyList<SumOfSchools>>(OrganisationScope.Server, async db =>
        {
            var sums = new Dictionary<(AcademicYear, string, string, string, string), SumOfSchools>();
            foreach (var schools in query.Schools.Distinct().Chunk(AtOnce))
            {
                // Added up where they lie: a row of each school would cost more than all the rest.
                var rows = db.Set<SumRow>().Where(s => schools.Contains(s.OrganisationId) && s.Stage == query.Stage && measures.Contains(s.Measure) && subjects.Contains(s.Subject) && groups.Contains(s.Group) && query.Years.Contains(s.AcademicYear))
                    .GroupBy(s => new { s.AcademicYear, s.Measure, s.Subject, s.Group, s.Value })
                    .Select(g => new { g.Key, Schools = g.Count(), N = g.Sum(s => s.N), Matched = g.Sum(s => s.Matched), Sum = g.Sum(s => s.Sum), SumOfSquares = g.Sum(s => s.SumOfSquares), Weight = g.Sum(s => s.Weight) });
                await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
                {
                    var key = row.Key;
                    if (!pairs.Contains((key.Measure, key.Subject)))
                        continue;
                    var before = sums.GetValueOrDefault((key.AcademicYear, key.Measure, key.Subject, key.Group, key.Value));
                    var group = PupilGroups.Find(key.Group);
                    sums[(key.AcademicYear, key.Measure, key.Subject, key.Group, key.Value)] = new(
                        key.AcademicYear, key.Measure, key.Subject.Length == 0 ? null : key.Subject, group, group?.FindValue(key.Value) ?? 0,
                        before.Schools + row.Schools, before.Tally + new Tally(row.N, row.Matched, row.Sum, row.SumOfSquares), before.Weight + row.Weight);
                }
            }
            return [.. sums.Values];
        });
    }
}
