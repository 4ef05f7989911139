using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ascent.Persistence;

public sealed class SqliteAppDb(DbContextOptions<SqliteAppDb> options) : AppDb(options)
{
    public override string Kind => "SQLite";

    internal override string SizeSql => "SELECT page_count * page_size AS \"Value\" FROM pragma_page_count(), pragma_page_size()";

    private const int Constraint = 19;
    private const int Busy = 5;
    private const int Locked = 6;

    // SQLite takes one writer at a time and waits coarsely; a queue in the process is fair and quick. Other processes
    // (the command line) are waited for by busy_timeout.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> WriteQueues = new(StringComparer.Ordinal);

    public static void Configure(DbContextOptionsBuilder options, string path) =>
        options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ConnectionString)
            .AddInterceptors(Pragmas.Instance).ReplaceService<IModelCacheKeyFactory, ModelForScope>();

    // A write by query may save rows too; it has its turn already then.
    private bool hasTurn;

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        hasTurn ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : QueueAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);

    // One moment for all of a page's questions. This level is how the provider is told to begin as a reader; the others take the writer's place.
    internal override Task BeginReadAsync() => Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted);

    internal override Task BeginManyAsync(CancellationToken cancellationToken)
    {
        Database.AutoSavepointsEnabled = false;
        return Database.BeginTransactionAsync(cancellationToken);
    }

    // One writer at a time: in a transaction that writes the answer stays true.
    protected override async Task<bool> AnyBecameAnotherAsync(Guid[] organisations, CancellationToken cancellationToken)
    {
        foreach (var organisation in organisations)
            if ((await Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM organisations WHERE id = {organisation} AND became_id IS NOT NULL").ToListAsync(cancellationToken)) is [> 0])
                return true;
        return false;
    }

    internal override Task CommitAsync(CancellationToken cancellationToken) => Database.CurrentTransaction is null ? Task.CompletedTask : Database.CommitTransactionAsync(cancellationToken);

    internal override async Task<T> QueueAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        var queue = WriteQueues.GetOrAdd(Database.GetConnectionString()!, _ => new SemaphoreSlim(1, 1));
        await queue.WaitAsync(cancellationToken);
        try
        {
            hasTurn = true;
            return await write();
        }
        finally
        {
            hasTurn = false;
            queue.Release();
        }
    }

    public override bool IsConstraintConflict(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: Constraint };

    public override bool IsTransient(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException) is { SqliteErrorCode: Busy or Locked };

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();

        // FULL: what has been acknowledged survives a power cut.
        private const string Text = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
