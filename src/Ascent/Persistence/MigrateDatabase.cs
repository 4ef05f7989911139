using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ascent.Persistence;

/// <summary>Brings the database to this version's tables. Forward only.</summary>
public sealed class MigrateDatabase(Database database, ServerSettings settings)
{
    private DatabaseAddress Address => DatabaseAddress.Parse(settings.Database, settings.DataFolder);

    /// <summary>Where the database is, in words and without a password.</summary>
    public string Place => Address is DatabaseAddress.Sqlite sqlite ? sqlite.Path : "the PostgreSQL database of ASCENT_DATABASE";

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (Address is DatabaseAddress.Postgres postgres)
        {
            await MigrateAsync(postgres, cancellationToken);
            return;
        }
        Directory.CreateDirectory(settings.DataFolder);
        await using var db = database.Open(OrganisationScope.Server);
        await db.Database.MigrateAsync(cancellationToken);
    }

    // By the owner of the tables where one is named: the role of the application owns nothing then, and can change no table and no policy.
    private async Task MigrateAsync(DatabaseAddress.Postgres application, CancellationToken cancellationToken)
    {
        var owner = string.IsNullOrWhiteSpace(settings.DatabaseOwner) ? application
            : DatabaseAddress.Parse(settings.DatabaseOwner, "", "ASCENT_DATABASE_OWNER") as DatabaseAddress.Postgres;
        var connection = new NpgsqlConnectionStringBuilder(owner!.ConnectionString)
        {
            // Row-level security holds for the owner too; a migration that changes rows is about everybody's.
            Options = $"-c {RowSecurity.Setting}={RowSecurity.WholeServer}",
            Pooling = false,
        };
        await using var db = PostgresAppDb.Opener(connection.ConnectionString)();
        db.Scope = OrganisationScope.Server;
        await db.Database.MigrateAsync(cancellationToken);
        await RowSecurity.ApplyAsync(db, new NpgsqlConnectionStringBuilder(application.ConnectionString).Username!, cancellationToken);
    }

    public async Task<DatabaseStatus> StatusAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open(OrganisationScope.Server);
        string[] own = [.. db.Database.GetMigrations()];
        string[] applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)];
        return new(applied, [.. own.Except(applied)], [.. applied.Except(own)]);
    }

    /// <returns>What keeps PostgreSQL's row-level security from standing behind the program's own checks; empty when it does, and for SQLite, which has none.</returns>
    public Task<IReadOnlyList<string>> GapsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, db => db is PostgresAppDb postgres ? RowSecurity.GapsAsync(postgres, cancellationToken) : Task.FromResult<IReadOnlyList<string>>([]));
}

/// <param name="Applied">Migrations that the database has; none means that it has no tables yet.</param>
/// <param name="Pending">Migrations that this program has and the database has not.</param>
/// <param name="Unknown">Migrations that the database has and this program does not know: a later version has been here.</param>
public sealed record DatabaseStatus(IReadOnlyList<string> Applied, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    public bool IsCurrent => Applied.Count > 0 && Pending.Count == 0 && Unknown.Count == 0;
}
