using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ascent.TestSupport;

/// <summary>The same database with a model from which a test takes a guard away, to see that the race is lost without it.</summary>
public static class UnguardedDatabase
{
    /// <typeparam name="TCustomizer">Takes the guard out of the model.</typeparam>
    public static Database Open<TCustomizer>(ServerSettings settings) where TCustomizer : class, IModelCustomizer
    {
        if (DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Postgres postgres)
        {
            var options = new DbContextOptionsBuilder<PostgresAppDb>();
            PostgresAppDb.Configure(options, postgres.ConnectionString);
            options.ReplaceService<IModelCustomizer, TCustomizer>();
            return new Database(() => new PostgresAppDb(options.Options));
        }
        var sqlite = new DbContextOptionsBuilder<SqliteAppDb>();
        SqliteAppDb.Configure(sqlite, Path.Combine(settings.DataFolder, "ascent.db"));
        sqlite.ReplaceService<IModelCustomizer, TCustomizer>();
        return new Database(() => new SqliteAppDb(sqlite.Options));
    }
}
