using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Shared.Keys;

public sealed class SecretsTests
{
    [Theory, BothDatabases]
    [Asvs("9.1.1", "What the server hands out sealed is read back only if nothing of it was changed.")]
    [Asvs("9.2.2", "What was sealed for one purpose is nothing for another.")]
    [Asvs("11.3.3", "Encrypted text that was changed is not read.")]
    public async Task Unprotect_WhatWasProtected_IsReadBackByAnotherNodeForThisPurposeOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var cipher = host.Get<Secrets>().Protect("codes", "ABCDE-FGHJK");
        await using var node = Node(host, masterKey: null);

        Assert.DoesNotContain("ABCDE", cipher, StringComparison.Ordinal);
        Assert.Equal("ABCDE-FGHJK", node.GetRequiredService<Secrets>().Unprotect("codes", cipher));
        Assert.Null(node.GetRequiredService<Secrets>().Unprotect("mails", cipher));
        Assert.Null(node.GetRequiredService<Secrets>().Unprotect("codes", cipher[..^2] + "AA"));
        Assert.Null(node.GetRequiredService<Secrets>().Unprotect("codes", "nonsense"));
    }

    [Theory, BothDatabases]
    public async Task Unprotect_MasterKeyLost_IsNullAndNewSecretsWork(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var cipher = host.Get<Secrets>().Protect("codes", "ABCDE-FGHJK");

        await using var node = Node(host, Convert.ToBase64String(new byte[32]));
        var secrets = node.GetRequiredService<Secrets>();

        Assert.Null(secrets.Unprotect("codes", cipher));
        Assert.Equal("new", secrets.Unprotect("codes", secrets.Protect("codes", "new")));
    }

    [Theory, BothDatabases]
    [Asvs("9.1.3", "Keys come from the server’s own ring, wrapped by the master key; no token names one.")]
    public async Task Protect_KeyRing_LiesWrappedInTheDatabase(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        host.Get<Secrets>().Protect("codes", "text");

        var xml = await host.ReadAsync(db => db.Set<KeyRingKey>().Select(k => k.Xml).SingleAsync());
        Assert.Contains("<wrapped", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mac_TextAndPurpose_DecideIt()
    {
        await using var host = await AscentHost.StartAsync();
        var secrets = host.Get<Secrets>();

        Assert.Equal(secrets.Mac("codes", "a"), secrets.Mac("codes", "a"));
        Assert.NotEqual(secrets.Mac("codes", "a"), secrets.Mac("codes", "b"));
        Assert.NotEqual(secrets.Mac("codes", "a"), secrets.Mac("mails", "a"));
    }

    private static ServiceProvider Node(AscentHost host, string? masterKey) => new ServiceCollection().AddLogging()
        .AddAscent(host.Get<ServerSettings>() with { MasterKey = masterKey }).BuildServiceProvider();
}
