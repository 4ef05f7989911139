using System.Diagnostics;
using System.Security.Cryptography;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <summary>
/// The way of every use case to its rows. A change is one attempt on a fresh context with one save; when it loses a seat, a
/// version or a unique value to somebody else, it runs again and meets the new facts, until it succeeds or a rule refuses it.
/// </summary>
public sealed class Database(Func<AppDb> open)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<T> ReadAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> read)
    {
        await using var db = Open(scope);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(db);
    }

    /// <param name="attempt">Reads, decides, and saves once. It may run more than once, so it must do nothing outside the database.</param>
    public async Task<T> ChangeAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        for (var tries = 1; ; tries++)
        {
            await using var db = Open(scope);
            try
            {
                return await attempt(db);
            }
            catch (Exception exception) when (LostToAnother(db, exception) && waited.Elapsed < Patience)
            {
                // Spread the losers out, so that they do not meet again at once.
                var pause = RandomNumberGenerator.GetInt32(1, Math.Min(10 * tries, 100) + 1);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), cancellationToken);
            }
        }
    }

    /// <summary>One statement that carries its own condition (an update or delete by query); waits its turn like every other write.</summary>
    public async Task<T> WriteAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var db = Open(scope);
        return await db.QueueAsync(() => write(db), cancellationToken);
    }

    /// <summary>For migrations, workers and commands that page through rows. Dispose it.</summary>
    public AppDb Open(OrganisationScope scope)
    {
        var db = open();
        db.Scope = scope;
        return db;
    }

    private static bool LostToAnother(AppDb db, Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException update => db.IsConstraintConflict(update) || db.IsTransient(update),
        _ => db.IsTransient(exception),
    };
}
