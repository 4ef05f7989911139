using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Ascent.Web.Tests.Hosting;

public sealed class HealthTests
{
    [Theory, BothDatabases]
    public async Task Ready_SoundServer_SaysOkForEachPart(DatabaseKind kind)
    {
        await using var factory = await AscentFactory.StartAsync(kind);

        var (status, checks) = await UntilAsync(factory, HttpStatusCode.OK);

        Assert.Equal("ok", status);
        Assert.Equal("audit=ok create-users=ok database=ok heads=ok mail=ok migrations=ok", checks);
        var live = await factory.OpenBrowser().GetAsync("/health/live");
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"ok\",\"checks\":{}}", "no-store"), (live.Status, live.Body, live.Response.Headers.CacheControl!.ToString()));
    }

    // A later version has upgraded the database under a running server, or the tables are not there.
    [Theory, BothDatabases]
    public async Task Ready_DatabaseOfAnotherVersion_Is503(DatabaseKind kind)
    {
        await using var factory = await AscentFactory.StartAsync(kind);
        await UntilAsync(factory, HttpStatusCode.OK);
        await factory.ChangeTablesAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')");

        var (status, checks) = await UntilAsync(factory, HttpStatusCode.ServiceUnavailable);

        Assert.Equal(("failing", true), (status, checks.Contains("database=ok", StringComparison.Ordinal) && checks.Contains("migrations=failing", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, (await factory.OpenBrowser().GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Ready_DatabaseAway_Is503AndTellsNothingMore()
    {
        await using var factory = await AscentFactory.StartAsync();
        await UntilAsync(factory, HttpStatusCode.OK);
        await factory.ChangeTablesAsync("DROP TABLE \"__EFMigrationsHistory\"");

        var page = await factory.OpenBrowser().GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.DoesNotContain(factory.DataFolder, page.Body, StringComparison.Ordinal);
        Assert.True(page.Body.Length < 200, page.Body);
    }

    [Fact]
    public async Task Ready_WorkerHangs_Is503AfterAWhile()
    {
        await using var factory = await AscentFactory.StartAsync();
        using var hangs = new HangingTransport();
        factory.Configure = services => services.AddSingleton<IMailTransport>(hangs);
        await factory.Data.InviteOperatorAsync();
        await hangs.Reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        factory.Clock.Advance(TimeSpan.FromMinutes(4));

        var (_, checks) = await UntilAsync(factory, HttpStatusCode.ServiceUnavailable, "audit=ok");
        Assert.Contains("mail=failing", checks, StringComparison.Ordinal);
        hangs.Release.SetResult();
    }

    private static async Task<(string Status, string Checks)> UntilAsync(AscentFactory factory, HttpStatusCode expected, string part = "")
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var page = await factory.OpenBrowser().GetAsync("/health/ready");
            var root = JsonDocument.Parse(page.Body).RootElement;
            var checks = string.Join(' ', root.GetProperty("checks").EnumerateObject().Select(c => $"{c.Name}={c.Value.GetString()}").Order());
            if (page.Status == expected && checks.Contains(part, StringComparison.Ordinal))
                return (root.GetProperty("status").GetString()!, checks);
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"{(int)page.Status} {page.Body}");
            await Task.Delay(100);
        }
    }

    private sealed class HangingTransport : IMailTransport, IDisposable
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Release.Task;
        }

        public void Dispose() => Release.TrySetResult();
    }
}
