using System.Net;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Web.Tests.Hosting;

/// <summary>The usual server: a proxy ends the encryption and asks Ascent over plain http.</summary>
public sealed class BehindProxyTests
{
    [Fact]
    [Asvs("3.3.1", "Behind a proxy that ends TLS cookies are Secure all the same.")]
    public async Task SignIn_PublicAddressHttpsAskedOverHttp_WorksWithSecureCookies()
    {
        await using var factory = await AscentFactory.StartAsync();
        factory.Settings["ASCENT_PUBLIC_ADDRESS"] = "https://ascent.example";
        var school = await factory.Data.AddPrimaryAsync();
        var person = await factory.Data.AddMemberAsync(school, Permission.SchoolReports);
        var proxy = new Proxy(factory);

        var page = await proxy.GetAsync("/sign-in");
        var token = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var answer = await proxy.PostAsync("/sign-in", new() { ["form"] = token, ["Email"] = person.Email, ["Password"] = TestData.Password });
        var home = await proxy.GetAsync($"/schools/{school.Code}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.OK), (page.Status, answer.Status, home.Status));
        Assert.Equal("max-age=31536000; includeSubDomains", string.Join(' ', home.Response.Headers.GetValues("Strict-Transport-Security")));
        Assert.All(proxy.SetCookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("10.0.0.5", "198.51.100.9", "203.0.113.7", 302)] // another visitor, unharmed
    [InlineData("10.0.0.5", "198.51.100.9", "198.51.100.9", 429)]
    [InlineData("10.0.0.5", "198.51.100.9", "203.0.113.7, 198.51.100.9", 429)] // the visitor made up what stands before
    [InlineData("10.0.0.5", "198.51.100.9", "198.51.100.9, 10.0.0.6", 429)] // two proxies in a row
    [InlineData("192.0.2.1", "198.51.100.9", "203.0.113.7", 429)] // no proxy of ours: what it says is passed over
    [Asvs("4.1.3", "X-Forwarded-For is believed from listed proxies only, and only what they added.")]
    [Asvs("15.3.4", "Delays hold for the address that a listed proxy names, and nobody can make one up.")]
    public async Task SignIn_AfterWrongTries_IsSlowedDownForTheNetworkThatAListedProxyNames(string asks, string first, string then, int status)
    {
        await using var factory = await AscentFactory.StartAsync();
        factory.Settings["ASCENT_PROXIES"] = "10.0.0.0/24";
        factory.Configure = services => services.AddSingleton<IStartupFilter>(new From(IPAddress.Parse(asks)));
        var person = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync());

        for (var i = 0; i < 5; i++)
            await TryAsync(factory, person, "four dry otters sing", first);

        Assert.Equal(status, (int)await TryAsync(factory, person, person.Password, then));
    }

    private static async Task<HttpStatusCode> TryAsync(AscentFactory factory, TestMember person, string password, string forwardedFor)
    {
        using var browser = factory.OpenBrowser();
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        return (await (await browser.GetAsync("/sign-in")).Form("Password").Fill("Email", person.Email).Fill("Password", password).SubmitAsync()).Status;
    }

    /// <summary>Where requests come from: a server without a network has no address for them.</summary>
    private sealed class From(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = address;
                return go(context);
            });
            next(app);
        };
    }

    /// <summary>Keeps the cookies for the browser, which talks https to it, and passes them on over http.</summary>
    private sealed class Proxy(AscentFactory factory)
    {
        private readonly Browser inner = new(factory.CreateDefaultClient(new Uri("http://ascent.example")), new CookieContainer());
        private readonly Dictionary<string, string> cookies = [];

        public List<string> SetCookies { get; } = [];

        public Task<Page> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        public Task<Page> PostAsync(string path, Dictionary<string, string> fields) =>
            SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

        private async Task<Page> SendAsync(HttpRequestMessage request)
        {
            if (cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            var page = await inner.SendAsync(request);
            foreach (var cookie in page.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                SetCookies.Add(cookie);
                var pair = cookie.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }
            return page;
        }
    }
}
