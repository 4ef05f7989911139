using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Persistence;

/// <summary>A piece of work for one organisation reads and writes no other's rows, also when it forgets to say so.</summary>
public sealed class ScopeTests
{
    [Theory, BothDatabases]
    [Asvs("8.4.1", "Work for one organisation reads and writes no other’s rows, also when it forgets to say so.")]
    public async Task Open_OneOrganisation_ReadsItsRowsOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (mine, other) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        foreach (var school in new[] { mine, other, other })
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);

        await using var db = host.Get<Database>().Open(OrganisationScope.Of(mine.Id));
        await using var work = await db.Database.BeginTransactionAsync();

        Assert.All(await db.Set<Membership>().ToListAsync(), m => Assert.Equal(mine.Id, m.OrganisationId));
        Assert.Equal(1, await db.Set<Membership>().CountAsync());
        Assert.Equal(10, await db.Set<Seat>().CountAsync());
        Assert.Equal(0, await db.Set<Membership>().Where(m => m.OrganisationId == other.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.OtherRole, "taken over")));
        Assert.Equal(0, await db.Set<Seat>().Where(s => s.OrganisationId == other.Id).ExecuteDeleteAsync());
    }

    [Theory, BothDatabases]
    public async Task SaveChanges_RowOfAnotherOrganisation_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (mine, other) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        var member = await host.Data.AddMemberAsync(other);
        await using var db = host.Get<Database>().Open(OrganisationScope.Of(mine.Id));

        db.Add(new Journey { OrganisationId = other.Id, Id = host.Clock.NewId(), Name = "test", State = "{}", ExpiresAt = host.Clock.Now() });
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        db.ChangeTracker.Clear();

        // Brought along from elsewhere, not queried here.
        var row = await host.ReadAsync(all => all.Set<Membership>().SingleAsync(m => m.Id == member.MembershipId));
        db.Update(row);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        db.ChangeTracker.Clear();
        db.Remove(row);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    // A context that nobody gave a scope reaches nothing.
    [Theory, BothDatabases]
    public async Task Open_NoOrganisation_ReadsNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync());

        await using var db = host.Get<Database>().Open(OrganisationScope.Of(Guid.Empty));
        await using var work = await db.Database.BeginTransactionAsync();

        Assert.Equal(0, await db.Set<Membership>().CountAsync());
        Assert.Equal(0, await db.Set<Seat>().CountAsync());
    }
}
