using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <summary>Brings the database to this version's tables. Forward only.</summary>
public sealed class MigrateDatabase(Database database, ServerSettings settings)
{
    /// <summary>Where the database is, in words and without a password.</summary>
    public string Place => DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Sqlite sqlite ? sqlite.Path : "the PostgreSQL database of ASCENT_DATABASE";

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Sqlite)
            Directory.CreateDirectory(settings.DataFolder);
        await using var db = database.Open(OrganisationScope.Server);
        await db.Database.MigrateAsync(cancellationToken);
    }

    public async Task<DatabaseStatus> StatusAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open(OrganisationScope.Server);
        string[] own = [.. db.Database.GetMigrations()];
        string[] applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)];
        return new(applied, [.. own.Except(applied)], [.. applied.Except(own)]);
    }
}

/// <param name="Applied">Migrations that the database has; none means that it has no tables yet.</param>
/// <param name="Pending">Migrations that this program has and the database has not.</param>
/// <param name="Unknown">Migrations that the database has and this program does not know: a later version has been here.</param>
public sealed record DatabaseStatus(IReadOnlyList<string> Applied, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    public bool IsCurrent => Applied.Count > 0 && Pending.Count == 0 && Unknown.Count == 0;
}
