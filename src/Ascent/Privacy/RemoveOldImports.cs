using Ascent.Accounts.Nightly;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Privacy;

/// <summary>
/// Deletes uploaded files 90 days after they came, with the rows that were read from them and what was there before. The import stays in the
/// list; it cannot be undone any more, and says so first.
/// </summary>
public sealed class RemoveOldImports(Database database, TimeProvider clock) : NightlyTask
{
    private const int RowsAtOnce = 1_000;

    // A quarter of a megabyte each.
    private const int ChunksAtOnce = 40;

    public override string Counts => "old imports emptied";

    public override async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.Now() - Retention.Uploads;
        var old = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Import>()
            .Where(i => i.ReceivedAt <= before && (db.Set<ImportChunk>().Any(c => c.ImportId == i.Id && c.OrganisationId == i.OrganisationId) || db.Set<ImportRow>().Any(r => r.ImportId == i.Id && r.OrganisationId == i.OrganisationId)
                || i.State == ImportState.Received || i.State == ImportState.Checking || i.State == ImportState.Ready || i.State == ImportState.PartlyProcessed))
            .OrderBy(i => i.ReceivedAt).Select(i => new { i.OrganisationId, i.Id }).ToListAsync(cancellationToken));
        foreach (var import in old)
        {
            var scope = OrganisationScope.Of(import.OrganisationId);
            await database.ChangeAsync(scope, async db =>
            {
                (await db.Set<Import>().SingleAsync(i => i.Id == import.Id, cancellationToken)).Empty(clock.Now());
                return await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
            await RepeatAsync(scope, db => db.Set<ImportRow>().Where(r => r.ImportId == import.Id).OrderBy(r => r.Number).Take(RowsAtOnce).ExecuteDeleteAsync(cancellationToken), cancellationToken);
            await RepeatAsync(scope, db => db.Set<ImportChunk>().Where(c => c.ImportId == import.Id).OrderBy(c => c.Number).Take(ChunksAtOnce).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
        return old.Count;
    }

    private async Task RepeatAsync(OrganisationScope scope, Func<AppDb, Task<int>> delete, CancellationToken cancellationToken)
    {
        while (await database.WriteAsync(scope, delete, cancellationToken) > 0)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
