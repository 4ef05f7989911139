using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Help;

public sealed class HelpTests
{
    [Fact]
    public async Task HelpWithThisPage_EveryAddress_LeadsToAHeadingOfTheGuide()
    {
        await using var server = await SchoolServer.StartAsync();
        var addresses = (await EveryPage.VisitAsync(server)).SelectMany(p => p.Document.QuerySelectorAll("a.ascent-help").Select(a => (p.Path, Help: a.GetAttribute("href")!))).ToArray();
        var missing = new List<string>();

        foreach (var (path, help) in addresses.DistinctBy(a => a.Help))
        {
            var (topic, heading) = help.Split('#') is [var page, var id] ? (page, id) : (help, null);
            var guide = await server.Browser.GetAsync(topic);
            if (guide.Status != HttpStatusCode.OK || guide.Heading.Length == 0 || (heading is not null && guide.Document.GetElementById(heading) is not { LocalName: "h2" or "h3" }))
                missing.Add($"{help} (from {path})");
        }

        Assert.True(missing.Count == 0, $"The user guide lacks:\n{string.Join('\n', missing)}");
        Assert.True(addresses.DistinctBy(a => a.Help).Count() >= 10);
    }

    [Fact]
    public async Task HelpWithThisPage_EveryPage_StandsInALandmark()
    {
        await using var server = await SchoolServer.StartAsync();
        var pages = (await EveryPage.VisitAsync(server)).Where(p => p.Has("a.ascent-help")).ToArray();

        Assert.Contains(pages, p => p.Has(".govuk-breadcrumbs"));
        Assert.Equal([], pages.Where(p => p.Document.QuerySelector("a.ascent-help")!.Closest("main, nav, header, footer, aside") is null).Select(p => p.Path));
    }

    [Fact]
    public async Task Guide_EveryLinkAndPicture_IsThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var (open, seen, missing) = (new Queue<string>(["/help"]), new HashSet<string> { "/help" }, new List<string>());
        while (open.TryDequeue(out var path))
        {
            var page = await server.Browser.GetAsync(path);
            foreach (var picture in page.Document.QuerySelectorAll(".ascent-guide img"))
            {
                using var answer = await server.Browser.Client.GetAsync(new Uri(picture.GetAttribute("src")!, UriKind.RelativeOrAbsolute));
                if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "image/png")
                    missing.Add($"{path}: picture {picture.GetAttribute("src")}");
                if (string.IsNullOrWhiteSpace(picture.GetAttribute("alt")))
                    missing.Add($"{path}: picture {picture.GetAttribute("src")} has no words");
            }
            foreach (var link in page.Document.QuerySelectorAll<IHtmlAnchorElement>(".ascent-guide a[href]").Select(a => new Uri(a.Href)).Where(u => u.Host == "localhost"))
            {
                var target = await server.Browser.GetAsync(link.AbsolutePath);
                if (target.Status != HttpStatusCode.OK || (link.Fragment.Length > 1 && target.Document.GetElementById(link.Fragment[1..]) is null))
                    missing.Add($"{path}: link {link.PathAndQuery}{link.Fragment}");
                else if (link.AbsolutePath.StartsWith("/help", StringComparison.Ordinal) && seen.Add(link.AbsolutePath))
                    open.Enqueue(link.AbsolutePath);
            }
        }

        Assert.Empty(missing);
    }
}
