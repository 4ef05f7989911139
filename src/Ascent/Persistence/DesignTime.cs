using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Ascent.Persistence;

// Used by `./dev migration NAME` only; the addresses are never opened.
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteAppDb>
{
    public SqliteAppDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteAppDb>();
        SqliteAppDb.Configure(options, "design-time.db");
        return new(options.Options);
    }
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresAppDb>
{
    public PostgresAppDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresAppDb>();
        PostgresAppDb.Configure(options, "Host=design-time");
        return new(options.Options);
    }
}
