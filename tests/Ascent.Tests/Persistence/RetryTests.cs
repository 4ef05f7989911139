using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Persistence;

public sealed class RetryTests
{
    // Each holds the row that the other wants. PostgreSQL ends one of them, which has to begin again and succeed.
    [Fact]
    public async Task ChangeAsync_TwoInEachOthersWay_BothSucceed()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ASCENT_TEST_POSTGRES") is null, "no PostgreSQL server (SQLite takes one writer at a time)");
        await using var host = await AscentHost.StartAsync(DatabaseKind.Postgres);
        var (first, second) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        using var bothHoldOne = new Barrier(2);

        var attempts = await Task.WhenAll(Task.Run(() => CloseBothAsync(first.Id, second.Id)), Task.Run(() => CloseBothAsync(second.Id, first.Id)));

        Assert.Equal([1, 2], attempts.Order());
        Assert.Equal(2, await host.ReadAsync(db => db.Set<Organisation>().CountAsync(o => o.IsClosed)));

        async Task<int> CloseBothAsync(Guid one, Guid other)
        {
            var attempt = 0;
            return await host.Get<Database>().ChangeAsync(OrganisationScope.Server, async db =>
            {
                attempt++;
                await CloseAsync(db, one);
                if (attempt == 1)
                    Assert.True(bothHoldOne.SignalAndWait(TimeSpan.FromSeconds(20)));
                await CloseAsync(db, other);
                return attempt;
            }, CancellationToken.None);
        }
    }

    // Two writers of the same version: the second reads anew and writes on top of the first.
    [Theory, BothDatabases]
    public async Task ChangeAsync_SameRowTwentyTimesAtOnce_LosesNoChange(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Get<Database>().ChangeAsync(OrganisationScope.Server, async db =>
        {
            var row = await db.Set<Organisation>().SingleAsync(o => o.Id == school.Id);
            row.Version++;
            return await db.SaveChangesAsync();
        }, CancellationToken.None))));

        Assert.Equal(20, await host.ReadAsync(db => db.Set<Organisation>().Where(o => o.Id == school.Id).Select(o => o.Version).SingleAsync()));
    }

    // A hundred pieces of work that each hold a connection and ask for a second one would wait for each other for good.
    [Theory, BothDatabases]
    public async Task Work_BegunInsideOther_IsAFault(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var database = host.Get<Database>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ReadAsync(OrganisationScope.Server, _ => database.ReadAsync(OrganisationScope.Server, db => db.Set<Organisation>().CountAsync())));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ChangeAsync(OrganisationScope.Server, _ => database.ReadAsync(OrganisationScope.Server, db => db.Set<Organisation>().CountAsync()), CancellationToken.None));

        // One after the other is the way.
        Assert.Equal(0, await database.ReadAsync(OrganisationScope.Server, db => db.Set<Organisation>().CountAsync()));
    }

    // By a save and not by a query: Entity Framework wraps what goes wrong in a save once more.
    private static async Task CloseAsync(AppDb db, Guid id)
    {
        (await db.Set<Organisation>().SingleAsync(o => o.Id == id)).IsClosed = true;
        await db.SaveChangesAsync();
    }
}
