using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Ascent.TestSupport.Web;

/// <summary>One answer of the server, read as a page.</summary>
public sealed class Page(Browser browser, HttpResponseMessage response, string body, IHtmlDocument document)
{
    public HttpResponseMessage Response => response;

    public HttpStatusCode Status => response.StatusCode;

    public IHtmlDocument Document => document;

    public string Body => body;

    /// <summary>Path and query under which the page was asked for.</summary>
    public string Path => response.RequestMessage!.RequestUri!.PathAndQuery;

    public string Title => document.Title ?? "";

    public string Heading => Words(document.QuerySelector("h1"));

    public bool IsRedirect => response.Headers.Location is not null && (int)response.StatusCode is >= 300 and < 400;

    /// <summary>Where the answer sends the browser, as path and query.</summary>
    public string Location
    {
        get
        {
            var location = response.Headers.Location ?? throw new InvalidOperationException($"{Path} answered {(int)Status} and no redirect. {Summary}");
            return new Uri(response.RequestMessage!.RequestUri!, location).PathAndQuery;
        }
    }

    /// <summary>The lines of the error summary.</summary>
    public IReadOnlyList<string> Errors => Texts(".govuk-error-summary__list li");

    /// <summary>For messages of failing tests: what the page is and what it complains of.</summary>
    public string Summary => $"[{(int)Status} {Path}: {Heading} {string.Join(" | ", Errors)}]";

    public string Text(string selector) => Words(document.QuerySelector(selector));

    public IReadOnlyList<string> Texts(string selector) => [.. document.QuerySelectorAll(selector).Select(Words)];

    /// <summary>All words of the page, blanks tidied.</summary>
    public string Words() => Words(document.Body);

    /// <summary>A header of the answer; null when it has none of that name.</summary>
    public string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public bool Has(string selector) => document.QuerySelector(selector) is not null;

    /// <summary>Another address, as the same person.</summary>
    public Task<Page> OpenAsync(string path) => browser.GetAsync(path);

    public Task<Page> FollowAsync() => browser.GetAsync(Location);

    /// <summary>Follows redirects until a page stands.</summary>
    public async Task<Page> ArriveAsync()
    {
        var page = this;
        for (var steps = 0; page.IsRedirect; steps++)
        {
            if (steps == 10)
                throw new InvalidOperationException($"Redirected ten times, last to {page.Location}.");
            page = await page.FollowAsync();
        }
        return page;
    }

    /// <summary>The path and query behind the link with these words (or these in front of words for screen readers only).</summary>
    public string Link(string words)
    {
        var links = document.QuerySelectorAll<IHtmlAnchorElement>("a[href]").ToArray();
        var link = links.FirstOrDefault(l => Words(l) == words) ?? links.FirstOrDefault(l => Words(l).StartsWith(words, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No link “{words}” on {Summary}");
        return new Uri(link.Href).PathAndQuery;
    }

    public Task<Page> ClickAsync(string words) => browser.GetAsync(Link(words));

    /// <summary>The form that holds a field or a button of this name, id, label or words.</summary>
    public HtmlForm Form(string fieldOrButton)
    {
        foreach (var form in document.Forms.OfType<IHtmlFormElement>())
        {
            var found = new HtmlForm(browser, this, form);
            if (found.Has(fieldOrButton))
                return found;
        }
        throw new InvalidOperationException($"No form with “{fieldOrButton}” on {Summary}");
    }

    internal static string Words(INode? node) => string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
