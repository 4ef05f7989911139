using System.Net;
using System.Net.Http.Headers;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace Ascent.Web.Tests.Hosting;

/// <summary>What holds for every answer: pages, files, redirects, refusals and faults.</summary>
public sealed class EveryAnswerTests
{
    [Fact]
    [Asvs("3.2.1", "Pages, files, redirects, refusals and faults say nosniff and carry the policy.")]
    [Asvs("3.3.1", "No answer sets a cookie without Secure and the __Host- prefix.")]
    [Asvs("3.3.3", "No answer sets a cookie without Secure and the __Host- prefix.")]
    [Asvs("3.4.1", "HSTS for a year with subdomains is on pages, files, redirects, refusals and faults.")]
    [Asvs("3.4.2", "No answer lets another origin read it.")]
    [Asvs("3.4.3", "Files, redirects, refusals and faults carry the policy too.")]
    [Asvs("3.4.4", "`nosniff` is on pages, files, redirects, refusals and faults.")]
    [Asvs("3.4.5", "`no-referrer` is on pages, files, redirects, refusals and faults.")]
    [Asvs("3.4.6", "No answer may be framed.")]
    [Asvs("4.1.1", "Whatever has a body says its type, and text its encoding.")]
    public async Task Send_AnythingThatAnswers_CarriesTheHeadersItsEncodingAndSafeCookiesOnly()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = Elsewhere(server);
        var wrong = new List<string>();
        var statuses = new HashSet<int>();

        foreach (var (method, path) in await AddressesAsync(server))
        {
            using var response = await browser.Client.SendAsync(new HttpRequestMessage(method, path) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([new("x", "y")]) : null });
            statuses.Add((int)response.StatusCode);
            await LookAsync(wrong, $"{method} {path} ({(int)response.StatusCode})", response);
        }
        await server.Factory.ChangeTablesAsync("ALTER TABLE seats RENAME TO seats_gone");
        using var fault = await browser.Client.GetAsync(new Uri(server.Home, UriKind.Relative));
        statuses.Add((int)fault.StatusCode);
        await LookAsync(wrong, "a fault", fault);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Superset(new HashSet<int> { 200, 302, 400, 404, 405, 500 }, statuses);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    [Asvs("3.5.3", "Only GET, HEAD and POST are taken at all.")]
    [Asvs("13.4.4", "TRACE is refused everywhere, and echoes nothing.")]
    public async Task Send_MethodThatNoPageTakes_IsRefusedAndEchoesNothing(string method)
    {
        await using var server = await SchoolServer.StartAsync();

        foreach (var path in (string[])["/", "/sign-in", server.Home, server.Home + "/users/create/about", "/profile", "/session", "/assets/app.css", "/no/such/page"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-Secret", "told-to-nobody");
            using var response = await server.Browser.Client.SendAsync(request);
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed), (path, response.StatusCode));
            Assert.Equal(["GET", "HEAD", "POST"], response.Content.Headers.Allow);
            Assert.DoesNotContain("told-to-nobody", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/.git/HEAD")]
    [InlineData("/assets")]
    [InlineData("/assets/")]
    [InlineData("/help/images")]
    [InlineData("/help/images/")]
    [InlineData("/appsettings.json")]
    [InlineData("/ascent.db")]
    [InlineData("/keys/master.key")]
    [InlineData("/mail")]
    [InlineData("/heads")]
    [InlineData("/uploads/")]
    [InlineData("/swagger/index.html")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    [InlineData("/trace.axd")]
    [InlineData("/_framework/aspnetcore-browser-refresh.js")]
    [InlineData("/assets/app.scss")]
    [InlineData("/assets/app.js.map")]
    [Asvs("5.3.1", "The folder of uploads is served at no address.")]
    [Asvs("13.4.1", "No source control data are served.")]
    [Asvs("13.4.3", "Folders show nothing.")]
    [Asvs("13.4.5", "There are no pages of interfaces or figures; /health is meant to be open.")]
    [Asvs("15.2.3", "No development pages, sources or maps of scripts are served.")]
    public async Task Get_WhatIsNoPage_IsNotThere(string path)
    {
        await using var server = await SchoolServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync(path)).Status);
    }

    [Fact]
    [Asvs("6.2.6", "Password fields hide what is typed.")]
    [Asvs("6.2.7", "Password fields say what they are for, and nothing keeps people from pasting.")]
    [Asvs("7.4.4", "Every page of somebody signed in has a button to sign out.")]
    public async Task Get_EveryPage_OffersToSignOutAndAsksForPasswordsSoThatManagersOfPasswordsWork()
    {
        await using var server = await SchoolServer.StartAsync();
        var (signedIn, passwords) = (0, 0);

        foreach (var page in (await EveryPage.VisitAsync(server)).Append(await server.Browser.GetAsync("/profile/password")).Append(await server.Browser.GetAsync("/confirm-password")))
        {
            if (page.Document.Body!.GetAttribute("data-account") is { Length: > 0 })
            {
                signedIn++;
                Assert.True(page.Has("form[action='/sign-out'][method=post] button"), $"{page.Path} has no way to sign out");
            }
            foreach (var field in page.Document.QuerySelectorAll("input[name$='Password']"))
            {
                passwords++;
                Assert.Equal((page.Path, "password"), (page.Path, field.GetAttribute("type")));
                Assert.Contains(field.GetAttribute("autocomplete"), (string[])["current-password", "new-password"]);
                Assert.Null(field.GetAttribute("onpaste") ?? field.GetAttribute("readonly") ?? field.GetAttribute("maxlength"));
                Assert.True(string.IsNullOrEmpty(field.GetAttribute("value")), $"{page.Path} shows a password");
            }
        }

        Assert.True(signedIn >= 25 && passwords >= 6, $"{signedIn} pages of people signed in, {passwords} passwords");
    }

    /// <summary>The signed-in person at an address by which HSTS is meant: browsers do not take it for this machine.</summary>
    private static Browser Elsewhere(SchoolServer server)
    {
        var jar = new CookieContainer();
        jar.Add(new Uri("https://ascent.example"), new Cookie("__Host-ascent", server.Browser.Cookies.GetCookies(new Uri("https://localhost"))["__Host-ascent"]!.Value, "/") { Secure = true });
        return new(server.Factory.CreateDefaultClient(new Uri("https://ascent.example"), new CookieContainerHandler(jar)), jar);
    }

    private static async Task<IReadOnlyList<(HttpMethod, string)>> AddressesAsync(SchoolServer server)
    {
        var page = await server.Browser.GetAsync(server.Home);
        var files = page.Document.QuerySelectorAll("link[href^='/assets/'], script[src^='/assets/'], img[src^='/'], use").Select(e => (e.GetAttribute("href") ?? e.GetAttribute("src"))!.Split('#')[0]).Where(f => f.Length > 0).Distinct().ToArray();
        Assert.Contains(files, f => f.Contains(".css", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains(".js", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains(".svg", StringComparison.Ordinal));
        return
        [
            .. files.Select(f => (HttpMethod.Get, f)), (HttpMethod.Get, "/"), (HttpMethod.Get, server.Home), (HttpMethod.Head, server.Home), (HttpMethod.Get, "/sign-in"), (HttpMethod.Get, "/session"),
            (HttpMethod.Get, "/health/live"), (HttpMethod.Get, "/no/such/page"), (HttpMethod.Get, "/help/images/readme.png"), (HttpMethod.Post, "/sign-in"), (HttpMethod.Post, "/sign-out"),
            (HttpMethod.Post, server.Home + "/users/create/about"), (HttpMethod.Trace, server.Home), (HttpMethod.Get, "/schools/999999"),
        ];
    }

    private static async Task LookAsync(List<string> wrong, string what, HttpResponseMessage response)
    {
        void Expect(string name, string words)
        {
            var value = response.Headers.TryGetValues(name, out var values) ? string.Join("; ", values) : "missing";
            if (!value.Contains(words, StringComparison.Ordinal))
                wrong.Add($"{what}: {name} is {value}");
        }
        Expect("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        Expect("X-Content-Type-Options", "nosniff");
        Expect("Referrer-Policy", "no-referrer");
        foreach (var part in (string[])["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
            Expect("Content-Security-Policy", part);
        if (response.Headers.Contains("Access-Control-Allow-Origin"))
            wrong.Add($"{what} lets other sites read it");
        var type = response.Content.Headers.ContentType;
        if ((await response.Content.ReadAsByteArrayAsync()).Length > 0 && !IsSaid(type))
            wrong.Add($"{what}: Content-Type is {type?.ToString() ?? "missing"}");
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            if (!cookie.StartsWith("__Host-", StringComparison.Ordinal) || ((string[])["; secure", "; httponly", "; samesite=", "; path=/"]).Any(flag => !cookie.Contains(flag, StringComparison.OrdinalIgnoreCase)))
                wrong.Add($"{what} sets the cookie {cookie.Split('=')[0]} without its flags");
    }

    // The name of the encoding, where text can have one; pictures and JSON have none or always the same.
    private static bool IsSaid(MediaTypeHeaderValue? type) =>
        type?.MediaType is { } name && (type.CharSet?.ToUpperInvariant() == "UTF-8" || !(name.StartsWith("text/", StringComparison.Ordinal) || name.EndsWith("+xml", StringComparison.Ordinal)));
}
