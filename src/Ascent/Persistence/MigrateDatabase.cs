using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <summary>Brings the database to this version's tables. Forward only.</summary>
public sealed class MigrateDatabase(Database database, ServerSettings settings)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Sqlite)
            Directory.CreateDirectory(settings.DataFolder);
        await using var db = database.Open(OrganisationScope.Server);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <returns>The migrations that this program has and the database has not.</returns>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open(OrganisationScope.Server);
        return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
    }
}
