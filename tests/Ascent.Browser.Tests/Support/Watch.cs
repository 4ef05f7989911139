using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests.Support;

/// <summary>What is looked at on every page that a test comes to.</summary>
public static class Watch
{
    /// <summary>No violation of any rule that axe knows. Its rules for best practice count here, too.</summary>
    public static async Task AccessibleAsync(IPage page)
    {
        var found = (await WhenItIsThereAsync(page, () => page.RunAxe())).Violations;
        Assert.True(found.Length == 0, $"{page.Url} at {page.ViewportSize!.Width} px:\n" + string.Join('\n', found.Select(v => $"  {v.Id}: {v.Help}\n    {string.Join("\n    ", v.Nodes.Select(n => n.Html))}")));
    }

    /// <summary>Nothing makes the page wider than the window (WCAG 2.2, 1.4.10).</summary>
    public static async Task FitsAsync(IPage page)
    {
        var wide = await WhenItIsThereAsync(page, () => page.EvaluateAsync<string>("""
            () => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) return '';
              const over = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 5);
              return `${root.scrollWidth} > ${root.clientWidth}: ${over.map((e) => `${e.tagName}.${e.className}`).join(', ')}`;
            }
            """));
        Assert.True(wide.Length == 0, $"{page.Url} scrolls sideways: {wide}");
    }

    // A page on its way has its address, and nothing in it yet; or it is the one before, which goes away while it is asked.
    private static async Task<T> WhenItIsThereAsync<T>(IPage page, Func<Task<T>> look)
    {
        for (var patience = 300; ; patience--)
        {
            try
            {
                if (await page.EvaluateAsync<string>("document.readyState") == "complete")
                    return await look();
            }
            catch (PlaywrightException) when (patience > 0)
            {
                // Asked again in a moment.
            }
            Assert.True(patience > 0, $"{page.Url} never came.");
            await Task.Delay(50);
        }
    }

    /// <summary>The security policy stopped nothing, no script failed, and nothing was missing, on any page of this window from now on.</summary>
    public static List<string> Complaints(IPage page)
    {
        // A refused page is expected; and one feature that the policy shuts exists on some systems only.
        string[] expected = ["the server responded with a status of 4", "Unrecognized feature: 'web-share'"];
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !expected.Any(words => message.Text.Contains(words, StringComparison.Ordinal)))
                complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED")
                complaints.Add($"{page.Url}: {request.Url} {request.Failure}");
        };
        return complaints;
    }
}
