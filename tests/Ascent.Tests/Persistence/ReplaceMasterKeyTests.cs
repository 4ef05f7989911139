using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Persistence;

public sealed class ReplaceMasterKeyTests
{
    [Theory, BothDatabases]
    [Asvs("11.2.2", "The master key can be replaced.")]
    public async Task ExecuteAsync_KeyLost_TheServerGoesOnUnderANewOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var cipher = host.Get<Secrets>().Protect("test", "text");
        File.Delete(MasterKey.FileIn(host.DataFolder));
        await using var node = Node(host);
        Assert.IsType<MasterKeyMissing>(Assert.Single((await CheckAsync(node)).Refusals));

        var replaced = await node.GetRequiredService<ReplaceMasterKey>().ExecuteAsync(Actor.Operator, CancellationToken.None);

        Assert.True(replaced.Value > 0);
        await using var next = Node(host);
        Assert.Null(next.GetRequiredService<Secrets>().Unprotect("test", cipher));
        Assert.Equal("anew", next.GetRequiredService<Secrets>().Unprotect("test", next.GetRequiredService<Secrets>().Protect("test", "anew")));
        Assert.True((await CheckAsync(next)).Succeeded);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "master-key-replaced" && e.OrganisationId == AuditTrail.Server)));
    }

    [Fact]
    public async Task ExecuteAsync_RightKeyOrNoOperator_ChangesNothing()
    {
        await using var host = await AscentHost.StartAsync();
        var cipher = host.Get<Secrets>().Protect("test", "text");

        Assert.IsType<MasterKeyHolds>(Assert.Single((await host.Get<ReplaceMasterKey>().ExecuteAsync(Actor.Operator, CancellationToken.None)).Refusals));
        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<ReplaceMasterKey>().ExecuteAsync(Actor.System, CancellationToken.None)).Refusals));
        await using var node = Node(host);
        Assert.Equal("text", node.GetRequiredService<Secrets>().Unprotect("test", cipher));
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("AAAA")]
    public async Task Check_SettingIsNoKey_IsRefusedInWordsWithoutRepeatingIt(string setting)
    {
        await using var host = await AscentHost.StartAsync(settings: s => s with { MasterKey = setting });

        var refused = Assert.IsType<MasterKeyUnreadable>(Assert.Single((await host.Get<CheckMasterKey>().ExecuteAsync(CancellationToken.None)).Refusals));

        Assert.StartsWith("ASCENT_MASTER_KEY has to hold 32 bytes", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(setting, refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Node(AscentHost host) => new ServiceCollection().AddLogging().AddAscent(host.Get<ServerSettings>()).BuildServiceProvider();

    private static Task<Result<Done>> CheckAsync(ServiceProvider services) => services.GetRequiredService<CheckDatabase>().ExecuteAsync(migratesItself: false, CancellationToken.None);
}
