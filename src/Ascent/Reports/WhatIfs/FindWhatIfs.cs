using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.WhatIfs;

/// <param name="PupilIds">Who is left out, of those whom the reader knows at this moment; who was deleted since is not in it.</param>
/// <param name="Missing">How many more were left out when it was saved.</param>
public sealed record SavedWhatIf(Guid Id, string Name, CohortStage Stage, AcademicYear Year, IReadOnlySet<Guid> PupilIds, int Missing, DateTime ChangedAt);

/// <summary>A reader's own views.</summary>
public sealed class FindWhatIfs(Database database)
{
    /// <summary>Those of a stage, the one that was changed last first.</summary>
    public Task<Result<IReadOnlyList<SavedWhatIf>>> ListAsync(CohortStage stage, Actor actor, CancellationToken cancellationToken) => ReadAsync(w => w.Where(x => x.Stage == stage), actor, cancellationToken);

    /// <returns>Null for an id of nothing, of somebody else's view, or of another school's.</returns>
    public async Task<Result<SavedWhatIf?>> ExecuteAsync(Guid id, CohortStage stage, Actor actor, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(w => w.Where(x => x.Id == id && x.Stage == stage), actor, cancellationToken);
        return found.Succeeded ? Result.Of(found.Value.SingleOrDefault()) : Result.Refuse<SavedWhatIf?>(found.Refusals);
    }

    private async Task<Result<IReadOnlyList<SavedWhatIf>>> ReadAsync(Func<IQueryable<WhatIf>, IQueryable<WhatIf>> which, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.PupilReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.PupilReports);
        return await database.ReadAsync<Result<IReadOnlyList<SavedWhatIf>>>(OrganisationScope.Of(organisationId), async db =>
        {
            var views = await which(db.Set<WhatIf>().Where(w => w.AccountId == actor.AccountId)).OrderByDescending(w => w.ChangedAt).ThenBy(w => w.Id).ToListAsync(cancellationToken);
            Guid[] ids = [.. views.Select(v => v.Id)];
            var rows = await (from row in db.Set<WhatIfPupil>()
                              where ids.Contains(row.WhatIfId)
                              join pupil in db.Pupils() on row.PupilId equals pupil.Id
                              select new { row.WhatIfId, row.PupilId }).ToListAsync(cancellationToken);
            // Asked each time: classes change hands, and what was chosen before stays within what may be seen now.
            var reader = await db.ReportReaderAsync(actor, cancellationToken);
            var pupils = rows.Where(r => reader.Knows(r.PupilId)).ToLookup(r => r.WhatIfId, r => r.PupilId);
            return Result.Of<IReadOnlyList<SavedWhatIf>>([.. views.Select(v => new SavedWhatIf(v.Id, v.Name, v.Stage, v.AcademicYear, pupils[v.Id].ToHashSet(), v.LeftOut - pupils[v.Id].Count(), v.ChangedAt))]);
        });
    }
}
