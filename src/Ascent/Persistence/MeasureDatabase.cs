using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <param name="Kind">"SQLite" or "PostgreSQL".</param>
/// <param name="Bytes">Of tables and indexes on disk.</param>
public sealed record DatabaseSize(string Kind, long Bytes);

/// <summary>How big the database is.</summary>
public sealed class MeasureDatabase(Database database)
{
    public Task<DatabaseSize> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
            new DatabaseSize(db.Kind, (await db.Database.SqlQueryRaw<long>(db.SizeSql).ToListAsync(cancellationToken)).Single()));
}
