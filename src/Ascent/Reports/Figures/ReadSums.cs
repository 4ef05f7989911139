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
/// <param name="Weight">The whole of a rate; of other measures how many matched.</param>
public readonly record struct SchoolSum(Guid SchoolId, AcademicYear Year, string Measure, string? Subject, PupilGroup? Group, byte Value, Tally Tally, double Weight);

/// <summary>
/// The stored sums of many schools, for the figures of authorities and trusts. These numbers are BEFORE disclosure control and unrounded: neither they nor a
/// figure made of them may be shown, exported or sent as they are. Which schools somebody may see is the caller's business: it gives their ids.
/// </summary>
/// <remarks>What nobody is in has no sum, nor has a progress measure in a year without estimates, nor a school that is not built yet.</remarks>
public sealed class ReadSums(Database database)
{
    // Each is a parameter of the statement on one of the databases.
    private const int AtOnce = 500;

    /// <returns>In no order.</returns>
    public Task<IReadOnlyList<SchoolSum>> ExecuteAsync(SumsQuery query, CancellationToken cancellationToken)
    {
        var measures = query.Measures.Select(m => m.Code).Distinct().ToArray();
        var subjects = query.Measures.Select(m => m.Subject ?? "").Distinct().ToArray();
        var pairs = query.Measures.Select(m => (m.Code, m.Subject ?? "")).ToHashSet();
        string[] groups = [SumRow.AllPupils, .. query.Groups.Select(g => g.Code())];
        return database.ReadAsync<IReadOnlyList<SchoolSum>>(OrganisationScope.Server, async db =>
        {
            var sums = new List<SchoolSum>();
            foreach (var schools in query.Schools.Distinct().Chunk(AtOnce))
            {
                var rows = db.Set<SumRow>().Where(s => schools.Contains(s.OrganisationId) && s.Stage == query.Stage && measures.Contains(s.Measure) && subjects.Contains(s.Subject) && groups.Contains(s.Group) && query.Years.Contains(s.AcademicYear));
                await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
                    if (pairs.Contains((row.Measure, row.Subject)))
                        sums.Add(Sum(row));
            }
            return sums;
        });
    }

    private static SchoolSum Sum(SumRow row)
    {
        var group = PupilGroups.Find(row.Group);
        return new(row.OrganisationId, row.AcademicYear, row.Measure, row.Subject.Length == 0 ? null : row.Subject, group, group?.FindValue(row.Value) ?? 0,
            new(row.N, row.Matched, row.Sum, row.SumOfSquares), row.Weight);
    }
}
