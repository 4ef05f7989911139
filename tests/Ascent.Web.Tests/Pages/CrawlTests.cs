using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages;

/// <summary>An administrator's whole part of the server, link by link, with people and schools whose names are attacks.</summary>
public sealed class CrawlTests
{
    private const string School = "<script>alert(1)</script>\"><img src=x onerror=alert(2)> St 'Mary' & Co {{7*7}}";

    private static readonly string[] Addresses = ["javascript:", "data:", "vbscript:"];

    [Fact]
    public async Task Follow_EveryLinkFromHome_MeetsNoMarkupThatSomebodyTypedAndNoError()
    {
        await using var server = await SchoolServer.StartAsync(name: School);
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var names = HostileTextTests.Names.Select(n => (string)n.Data).ToArray();
        for (var i = 0; i < names.Length; i++)
            await server.Data.InviteAsync(server.Setup, i == 0 ? PermissionSet.Of(Permission.ManageData) : default, names[i], names[^(i + 1)], $"o'brien+{i}&x@school.example");
        await server.ResetAsync(await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), names[0], names[1]));
        await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync(email: "walk@school.example");
        await server.Browser.PostAsync("/profile/name", ("Forename", names[1]), ("Surname", names[0]));
        await server.Browser.PostAsync("/profile/email", ("Email", "o'brien+own&x@school.example"));

        var (open, seen, wrong) = (new Queue<string>(["/", server.Home, "/profile"]), new HashSet<string>(), new List<string>());
        while (open.TryDequeue(out var path) && seen.Count < 600)
        {
            // A list has hundreds of addresses, a combination of filters each; some of them tell as much.
            if (seen.Contains(path) || seen.Count(p => p.Split('?')[0] == path.Split('?')[0]) >= 30)
                continue;
            seen.Add(path);
            var page = await server.Browser.GetAsync(path);
            if (page.IsRedirect)
                open.Enqueue(page.Location);
            else if (page.Response.Content.Headers.ContentType?.MediaType == "text/html")
            {
                wrong.AddRange(Faults(page));
                foreach (var link in page.Document.QuerySelectorAll<IHtmlAnchorElement>("a[href]").Select(a => new Uri(a.Href)).Where(u => u is { Scheme: "https", Host: "localhost" }))
                    open.Enqueue(link.PathAndQuery);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
        Assert.True(seen.Count is >= 60 and < 600, string.Join('\n', seen.GroupBy(path => path.Split('?')[0]).OrderByDescending(g => g.Count()).Take(10).Select(g => $"{g.Count()} {g.Key}")));
        // The names were met, or the crawl would prove nothing.
        Assert.Contains(names[0], (await server.Browser.GetAsync(server.Home + "/users/pending")).Text("tbody"), StringComparison.Ordinal);
        Assert.Empty(server.Factory.Logs.Errors);
    }

    private static IEnumerable<string> Faults(Page page)
    {
        if ((int)page.Status >= 500 || (int)page.Status == 404)
            yield return $"{page.Path} answers {(int)page.Status}";
        foreach (var element in page.Document.All)
        {
            if (element is IHtmlScriptElement script && script.Source?.StartsWith("/assets/", StringComparison.Ordinal) != true)
                yield return $"{page.Path}: <script> {script.Source}{script.Text}";
            if (element.LocalName is "iframe" or "object" or "embed" or "base" or "style" or "foreignobject" || element is IHtmlImageElement && element.GetAttribute("src") == "x")
                yield return $"{page.Path}: <{element.LocalName}>";
            foreach (var attribute in element.Attributes)
                if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || Addresses.Any(a => attribute.Name is "href" or "src" or "action" or "formaction" && attribute.Value.Trim().StartsWith(a, StringComparison.OrdinalIgnoreCase)))
                    yield return $"{page.Path}: {element.LocalName} {attribute.Name}={attribute.Value}";
        }
        if (page.Words().Contains("Co 49", StringComparison.Ordinal))
            yield return $"{page.Path} works out what was typed";
    }
}
