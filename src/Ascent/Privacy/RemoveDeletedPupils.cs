using Ascent.Accounts.Nightly;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Privacy;

/// <summary>Takes away for good every pupil who was deleted 30 days ago and not brought back.</summary>
public sealed class RemoveDeletedPupils(Database database, ErasePupil erasePupil, ErasureList list, TimeProvider clock) : NightlyTask
{
    /// <summary>More are left for the next night.</summary>
    public const int MostInANight = 5_000;

    public override string Counts => "deleted pupils taken away for good";

    public override async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.Now() - Retention.DeletedPupils;
        var due = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Pupil>()
            .Where(p => p.DeletedAt < before).OrderBy(p => p.DeletedAt).ThenBy(p => p.Id).Select(p => new { p.OrganisationId, p.Id }).Take(MostInANight).ToListAsync(cancellationToken));
        var count = 0;
        foreach (var pupil in due)
            count += await erasePupil.EraseDeletedAsync(pupil.OrganisationId, pupil.Id, before, cancellationToken) ? 1 : 0;
        if (due.Count > 0)
            await list.ExecuteAsync(cancellationToken);
        return count;
    }
}
