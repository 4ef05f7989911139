using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Persistence;

/// <summary>Whoever changes the model makes the migrations for both databases with it.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void Model_OfSqlite_IsWhatItsMigrationsMake()
    {
        var options = new DbContextOptionsBuilder<SqliteAppDb>();
        SqliteAppDb.Configure(options, "never-opened.db");
        using var db = new SqliteAppDb(options.Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Model_OfPostgres_IsWhatItsMigrationsMake()
    {
        var options = new DbContextOptionsBuilder<PostgresAppDb>();
        PostgresAppDb.Configure(options, "Host=never-opened");
        using var db = new PostgresAppDb(options.Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Migrations_OfBothDatabases_HaveTheSameNames()
    {
        var sqlite = new DbContextOptionsBuilder<SqliteAppDb>();
        SqliteAppDb.Configure(sqlite, "never-opened.db");
        var postgres = new DbContextOptionsBuilder<PostgresAppDb>();
        PostgresAppDb.Configure(postgres, "Host=never-opened");
        using var first = new SqliteAppDb(sqlite.Options);
        using var second = new PostgresAppDb(postgres.Options);

        Assert.Equal(Names(first), Names(second));

        // Made one after the other, so only the time in front differs.
        static IEnumerable<string> Names(AppDb db) => db.Database.GetMigrations().Select(name => name.Split('_', 2)[1]);
    }
}
