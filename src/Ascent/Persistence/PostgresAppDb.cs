using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Ascent.Persistence;

public sealed class PostgresAppDb(DbContextOptions<PostgresAppDb> options) : AppDb(options)
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString).AddInterceptors(RowSecurityScope.Instance).ReplaceService<IModelCacheKeyFactory, ModelForScope>();

    /// <summary>Opens contexts on a connection string of their own.</summary>
    internal static Func<PostgresAppDb> Opener(string connectionString)
    {
        var options = new DbContextOptionsBuilder<PostgresAppDb>();
        Configure(options, connectionString);
        return () => new PostgresAppDb(options.Options);
    }

    public override string Kind => "PostgreSQL";

    internal override string SizeSql => "SELECT pg_database_size(current_database()) AS \"Value\"";

    // A piece of work is one transaction: row-level security knows the scope in it, and not outside.
    internal override Task BeginAsync(CancellationToken cancellationToken)
    {
        Database.AutoSavepointsEnabled = false;
        return Database.BeginTransactionAsync(cancellationToken);
    }

    // A page asks for more than one thing; all of its answers are of one moment.
    internal override Task BeginReadAsync() => Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);

    internal override Task CommitAsync(CancellationToken cancellationToken) => Database.CommitTransactionAsync(cancellationToken);

    // The lock that a foreign key takes too, which waits for whoever changes the number; and then the row is read as it was left.
    protected override async Task<bool> AnyBecameAnotherAsync(Guid[] organisations, CancellationToken cancellationToken) =>
        (await Database.SqlQuery<bool>($"SELECT became_id IS NOT NULL AS \"Value\" FROM organisations WHERE id = ANY ({organisations}) ORDER BY id FOR KEY SHARE").ToListAsync(cancellationToken)).Contains(true);

    internal override async Task HoldAloneAsync(Guid[] organisations, CancellationToken cancellationToken) =>
        await Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM organisations WHERE id = ANY ({organisations}) ORDER BY id FOR UPDATE").ToListAsync(cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Search keys compare byte by byte, as SQLite does: the order is then the same on both, whatever the server's language, and a
        // beginning is a range of the index.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string) && p.Name.EndsWith("Key", StringComparison.Ordinal)))
            property.SetCollation("C");
    }

    public override bool IsConstraintConflict(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    // Npgsql's execution strategy wraps what it takes for transient, so the whole chain is looked through.
    public override bool IsTransient(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.TooManyConnections })
                return true;
        return false;
    }
}
