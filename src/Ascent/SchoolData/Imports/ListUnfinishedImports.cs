using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="NeedsColumns">Somebody has to say what the columns are before it is checked.</param>
public sealed record UnfinishedImport(Guid Id, string FileName, ImportState State, bool NeedsColumns, DateTime ReceivedAt);

/// <param name="More">How many there are beside these.</param>
public sealed record UnfinishedImports(IReadOnlyList<UnfinishedImport> Newest, int More);

/// <summary>The imports of a school that wait for a person: for their columns, for the review, or for what was left undecided.</summary>
public sealed class ListUnfinishedImports(Database database)
{
    private const int Most = 3;

    public Task<UnfinishedImports> ExecuteAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var waiting = db.Set<Import>().Where(i => i.State == ImportState.Ready || i.State == ImportState.PartlyProcessed
                || (i.State == ImportState.Received && i.Format != ImportFormat.Ctf && i.Columns == null));
            var newest = await waiting.OrderByDescending(i => i.ReceivedAt).ThenByDescending(i => i.Id).Take(Most)
                .Select(i => new UnfinishedImport(i.Id, i.FileName, i.State, i.State == ImportState.Received, i.ReceivedAt)).ToListAsync(cancellationToken);
            return new UnfinishedImports(newest, newest.Count < Most ? 0 : await waiting.CountAsync(cancellationToken) - Most);
        });
}
