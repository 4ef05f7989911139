using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Operators;

public sealed class ReadServerOverviewTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_Empty_CountsNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);

        var overview = await host.Get<ReadServerOverview>().ExecuteAsync(CancellationToken.None);

        Assert.Equal((kind == DatabaseKind.Sqlite ? "SQLite" : "PostgreSQL", true), (overview.Database.Kind, overview.Database.Bytes > 10_000));
        Assert.Equal((0, 0, 0, 0), (overview.Schools, overview.SchoolsWithUsers, overview.Accounts, overview.Pending));
        Assert.Equal(new AuditOverview(0, null, 0, null), overview.Audit);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SomeOfEverything_Counts(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (first, second) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(first, Permission.SchoolSetup);
        await host.Data.AddMemberAsync(second, PermissionSet.None, account: setup);
        await host.Data.InviteAsync(setup);
        await host.Get<SealAudit>().ExecuteAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromMinutes(7));
        await host.Data.InviteAsync(setup);

        var overview = await host.Get<ReadServerOverview>().ExecuteAsync(CancellationToken.None);

        Assert.Equal((3, 2, 1, 2, 2), (overview.Schools, overview.SchoolsWithUsers, overview.Accounts, overview.Pending, overview.Mail.Waiting));
        Assert.Equal(2, overview.Audit.Chains); // the server's and the first school's
        Assert.Equal((AscentHost.Start.UtcDateTime, 1, AscentHost.Start.UtcDateTime.AddMinutes(7)), (overview.Audit.SealedAt!.Value, overview.Audit.Unsealed, overview.Audit.UnsealedSince!.Value));
    }
}
