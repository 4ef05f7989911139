using System.Net;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Hosting;

/// <summary>The usual server: a proxy ends the encryption and asks Ascent over plain http.</summary>
public sealed class BehindProxyTests
{
    [Fact]
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
