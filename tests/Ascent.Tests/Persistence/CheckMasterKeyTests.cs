using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Tests.Organisations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Tests.Persistence;

public sealed class CheckMasterKeyTests : IAsyncLifetime
{
    private SchoolsHost host = null!;

    public async ValueTask InitializeAsync() => host = await SchoolsHost.CreateAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Check_DatabaseWithoutSecrets_HoldsAndMakesNoKey()
    {
        Assert.True((await CheckAsync(host.Settings)).Succeeded);
        Assert.False(File.Exists(MasterKey.FileIn(host.Settings.DataFolder)));
    }

    [Fact]
    public async Task Check_SameKey_Holds()
    {
        host.Get<Secrets>().Protect("test", "text");

        Assert.True((await CheckAsync(host.Settings)).Succeeded);
    }

    [Fact]
    public async Task Check_KeyGone_IsRefusedAndMakesNone()
    {
        host.Get<Secrets>().Protect("test", "text");
        var file = MasterKey.FileIn(host.Settings.DataFolder);
        File.Delete(file);

        Assert.IsType<MasterKeyMissing>(Assert.Single((await CheckAsync(host.Settings)).Refusals));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Check_AnotherKey_IsRefused()
    {
        host.Get<Secrets>().Protect("test", "text");

        var result = await CheckAsync(host.Settings with { MasterKey = Convert.ToBase64String(new byte[32]) });

        Assert.IsType<MasterKeyWrong>(Assert.Single(result.Refusals));
    }

    private static async Task<Result<Done>> CheckAsync(ServerSettings settings)
    {
        await using var services = new ServiceCollection().AddLogging().AddAscent(settings).BuildServiceProvider();
        return await services.GetRequiredService<CheckMasterKey>().ExecuteAsync(TestContext.Current.CancellationToken);
    }
}
