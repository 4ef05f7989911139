using Ascent.Accounts.Log;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Log;

/// <summary>Reading a whole chain is work for as long as it is, so it is not done for everybody who presses the button.</summary>
public sealed class CheckLogTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_ManyAtOnce_IsReadOnceForEachSchool(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (one, two) = (await SchoolAsync(host), await SchoolAsync(host));
        var check = host.Get<CheckLog>();

        var checks = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => check.ExecuteAsync((i % 2 == 0 ? one : two).Actor, default))));

        Assert.Equal(2, checks.Select(c => c.Value).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.All(checks, c => Assert.True(c.Value.Report.Holds));
    }

    [Fact]
    public async Task ExecuteAsync_WithinFiveMinutes_GivesTheSameAndAfterwardsANewOne()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await SchoolAsync(host);
        var check = host.Get<CheckLog>();
        var first = (await check.ExecuteAsync(setup.Actor, default)).Value;
        await host.ChangeAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == setup.School.Id).ExecuteDeleteAsync());

        host.Clock.Advance(CheckLog.Kept - TimeSpan.FromSeconds(1));
        Assert.Same(first, (await check.ExecuteAsync(setup.Actor, default)).Value);
        Assert.Equal((host.Clock.Now() + TimeSpan.FromSeconds(1), true), (first.AgainFrom, first.Report.Holds));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await check.ExecuteAsync(setup.Actor, default)).Value.Report.Holds);
    }

    // Whoever closes the page does not take the reading from those who wait for it.
    [Fact]
    public async Task ExecuteAsync_WhoeverBeganItGoesAway_TheOthersGetIt()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await SchoolAsync(host);
        var check = host.Get<CheckLog>();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        var begun = check.ExecuteAsync(setup.Actor, gone.Token);
        var other = await check.ExecuteAsync(setup.Actor, default);

        await ((Task)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.True(other.Value.Report.Holds);
    }

    [Fact]
    public async Task ExecuteAsync_WithoutSchoolSetup_IsNotAllowedAlsoWhenItIsKept()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await SchoolAsync(host);
        _ = (await host.Get<CheckLog>().ExecuteAsync(setup.Actor, default)).Value;

        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<CheckLog>().ExecuteAsync((await host.Data.AddMemberAsync(setup.School)).Actor, default)).Refusals));
    }

    private static async Task<TestMember> SchoolAsync(AscentHost host)
    {
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup);
        await host.Get<SealAudit>().ExecuteAsync(default);
        return setup;
    }
}
