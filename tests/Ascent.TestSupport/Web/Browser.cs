using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;

namespace Ascent.TestSupport.Web;

/// <summary>One person's browser without a screen and without scripts: keeps cookies, asks for pages, posts forms.</summary>
public sealed class Browser(HttpClient client, CookieContainer cookies) : IDisposable
{
    public HttpClient Client => client;

    public CookieContainer Cookies => cookies;

    public Task<Page> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var response = await client.SendAsync(request);
            var address = response.RequestMessage!.RequestUri!;
            var context = BrowsingContext.New(Configuration.Default);
            var body = await response.Content.ReadAsStringAsync();
            var document = (IHtmlDocument)await context.OpenAsync(answer => answer.Address(address).Content(body).Header("Content-Type", "text/html; charset=utf-8"));
            return new Page(this, response, body, document);
        }
    }

    /// <summary>Asks for a page and follows where it leads, at most ten times.</summary>
    public async Task<Page> OpenAsync(string path) => await (await GetAsync(path)).ArriveAsync();

    public void Dispose() => client.Dispose();
}
