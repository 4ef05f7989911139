using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Ascent.Browser.Tests.Support.Chromium))]
// One server and one browser at a time: what is watched is behaviour, and two cores have enough to do with that.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Ascent.Browser.Tests.Support;

/// <summary>The one browser of the run. Without it every test here is skipped, and says so.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string Path = Environment.GetEnvironmentVariable("ASCENT_TEST_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A browser window with a profile of its own.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, int height = 900, bool script = true)
    {
        if (!File.Exists(Path))
            Assert.Skip($"no Chromium at {Path} (ASCENT_TEST_CHROMIUM names another)");
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script, Locale = "en-GB", TimezoneId = "Europe/London", ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
