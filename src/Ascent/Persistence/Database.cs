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

    // A piece of work that asks for a second connection while it holds one stops the server when a hundred do so at once.
    private readonly AsyncLocal<bool> working = new();

    public async Task<T> ReadAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> read)
    {
        Enter();
        await using var db = Open(scope);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await db.BeginReadAsync();
        return await read(db);
    }

    /// <param name="attempt">Reads, decides, and saves once. It may run more than once, so it must do nothing outside the database.</param>
    public Task<T> ChangeAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> attempt, CancellationToken cancellationToken) =>
        TryAsync(scope, async db =>
        {
            await db.BeginAsync(cancellationToken);
            var result = await attempt(db);
            await db.CommitAsync(cancellationToken);
            return result;
        }, cancellationToken);

    /// <summary>
    /// A change of many saves that are one: all of them are there in the end, or none. Other writers of a database that takes one at a time
    /// wait for the whole of it.
    /// </summary>
    /// <param name="attempt">As of <see cref="ChangeAsync"/>, but it may save as often as it wants.</param>
    public Task<T> ChangeManyAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> attempt, CancellationToken cancellationToken) =>
        TryAsync(scope, db => db.QueueAsync(async () =>
        {
            await db.BeginManyAsync(cancellationToken);
            var result = await attempt(db);
            await db.CommitAsync(cancellationToken);
            return result;
        }, cancellationToken), cancellationToken);

    private async Task<T> TryAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> attempt, CancellationToken cancellationToken)
    {
        Enter();
        // From the first loss on: an attempt that was slow and lost only once has not met a busy row yet.
        var lost = new Stopwatch();
        for (var tries = 1; ; tries++)
        {
            await using var db = Open(scope);
            try
            {
                return await attempt(db);
            }
            catch (Exception exception) when (LostToAnother(db, exception) && lost.Elapsed < Patience)
            {
                lost.Start();
                // Spread the losers out, so that they do not meet again at once.
                var pause = RandomNumberGenerator.GetInt32(1, Math.Min(10 * tries, 100) + 1);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), cancellationToken);
            }
        }
    }

    /// <summary>One statement that carries its own condition (an update or delete by query); waits its turn like every other write.</summary>
    public async Task<T> WriteAsync<T>(OrganisationScope scope, Func<AppDb, Task<T>> write, CancellationToken cancellationToken)
    {
        Enter();
        await using var db = Open(scope);
        return await db.QueueAsync(async () =>
        {
            await db.BeginAsync(cancellationToken);
            var result = await write(db);
            await db.CommitAsync(cancellationToken);
            return result;
        }, cancellationToken);
    }

    /// <summary>A bare context, for migrations. On PostgreSQL it sees no organisation's rows outside of a transaction. Dispose it.</summary>
    public AppDb Open(OrganisationScope scope)
    {
        var db = open();
        db.Scope = scope;
        return db;
    }

    private void Enter() => working.Value = working.Value
        ? throw new InvalidOperationException("A piece of work on the database began another one inside. Do one after the other, or hand the context on.")
        : true;

    private static bool LostToAnother(AppDb db, Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException update => db.IsConstraintConflict(update) || db.IsTransient(update),
        _ => db.IsTransient(exception),
    };
}
