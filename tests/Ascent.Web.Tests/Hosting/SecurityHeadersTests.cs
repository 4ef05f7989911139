using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Hosting;

public sealed class SecurityHeadersTests
{
    [Fact]
    [Asvs("1.2.3", "No page writes anything into a script: there is no inline script, and the policy allows none.")]
    [Asvs("1.3.2", "The policy of every page forbids code made out of text.")]
    [Asvs("3.4.3", "Every page has a policy: own files only, no objects, no base, nothing unsafe.")]
    [Asvs("14.2.3", "Pages load and post to this server only.")]
    [Asvs("14.3.2", "Every page says no-store.")]
    public async Task Get_EveryPage_CarriesTheHeadersAndNoInlineScriptOrStyle()
    {
        await using var server = await SchoolServer.StartAsync();
        var pages = await EveryPage.VisitAsync(server);

        foreach (var page in pages)
        {
            var policy = Header(page, "Content-Security-Policy").Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim(' ', ';')).ToArray();
            foreach (var part in (string[])["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
                Assert.True(policy.Contains(part), $"{page.Path} lacks {part}: {string.Join("; ", policy)}");
            Assert.DoesNotContain("unsafe", Header(page, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal((page.Path, "nosniff"), (page.Path, Header(page, "X-Content-Type-Options")));
            Assert.Equal((page.Path, "no-referrer"), (page.Path, Header(page, "Referrer-Policy")));
            Assert.Equal((page.Path, "DENY"), (page.Path, Header(page, "X-Frame-Options")));
            Assert.True(page.Response.Headers.CacheControl?.NoStore == true, $"{page.Path} may be stored: {page.Response.Headers.CacheControl}");
            Assert.False(page.Response.Headers.Contains("Server"));
            Assert.Equal((page.Path, 0), (page.Path, page.Document.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onload], [onsubmit], a[href^='javascript:']").Length));
        }
        Assert.True(pages.Count >= 25);
    }

    [Fact]
    public async Task Get_EveryPage_HasLanguageTitleAndOneHeading()
    {
        await using var server = await SchoolServer.StartAsync();

        foreach (var page in await EveryPage.VisitAsync(server))
        {
            Assert.Equal((page.Path, "en-GB"), (page.Path, page.Document.DocumentElement.GetAttribute("lang")));
            Assert.True(page.Title.EndsWith(" – Ascent", StringComparison.Ordinal) && page.Title.Length > 10, $"{page.Path}: {page.Title}");
            Assert.Equal((page.Path, 1), (page.Path, page.Document.QuerySelectorAll("h1").Length));
            Assert.Equal((page.Path, 1), (page.Path, page.Document.QuerySelectorAll("main").Length));
            var ids = page.Document.QuerySelectorAll("[id]").Select(e => e.Id!).ToArray();
            Assert.Equal((page.Path, ""), (page.Path, string.Join(' ', ids.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key))));
            foreach (var refers in page.Document.QuerySelectorAll("[aria-describedby], [aria-labelledby], label[for]"))
                foreach (var id in $"{refers.GetAttribute("aria-describedby")} {refers.GetAttribute("aria-labelledby")} {refers.GetAttribute("for")}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    Assert.True(ids.Contains(id), $"{page.Path}: {refers.LocalName} refers to #{id}, which is not there");
        }
    }

    [Fact]
    public async Task Get_EveryLinkOfEveryPage_LeadsSomewhere()
    {
        await using var server = await SchoolServer.StartAsync();
        var broken = new List<string>();
        var seen = new HashSet<string>();

        foreach (var page in await EveryPage.VisitAsync(server))
            foreach (var link in page.Document.QuerySelectorAll<IHtmlAnchorElement>("a[href]").Select(a => new Uri(a.Href)).Where(u => u.Host == "localhost"))
                // The user guide has a test of its own, and what is missing may link to itself.
                if (link.PathAndQuery != page.Path && !link.AbsolutePath.StartsWith("/help/", StringComparison.Ordinal) && seen.Add(link.PathAndQuery) && await IsBrokenAsync(page, link.PathAndQuery))
                    broken.Add($"{page.Path} → {link.PathAndQuery}");

        Assert.Empty(broken);

        // For the school's administrator; or, on the pages of a body, for whom it was shown to.
        async Task<bool> IsBrokenAsync(Page page, string path) => (int)(await server.Browser.GetAsync(path)).Status >= 400 && (int)(await page.OpenAsync(path)).Status >= 400;
    }

    private static string Header(Page page, string name) =>
        page.Response.Headers.TryGetValues(name, out var values) ? string.Join("; ", values) : throw new InvalidOperationException($"{page.Path} has no {name}");
}
