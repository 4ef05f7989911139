using System.Diagnostics;
using System.Net;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SignIn;

/// <summary>
/// Wrong sign-ins from very many addresses at once against the real server. Each address stays below what the throttle allows, so that
/// every try is one that would be hashed: the queue alone stands between the flood and those who want to work.
/// </summary>
[Collection(Alone.Name)]
public sealed class SignInFloodTests(ITestOutputHelper output)
{
    private static readonly int Tries = LongTests.OrShare(10_000, 300);
    private static readonly int AtOnce = LongTests.OrShare(500, 50);
    private const int TriesOfAddress = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // At rest a server holds some 200 MiB. The flood may add its requests and, for each processor, a hash of 19 MiB.
    private static readonly long MostMemory = (512L + (32 * Environment.ProcessorCount)) << 20;

    [Theory, BothDatabases]
    [Asvs("1.4.3", "Ten thousand sign-ins leave the server’s memory bounded.")]
    [Asvs("2.4.1", "In a flood of wrong sign-ins the right ones still come through in time.")]
    [Asvs("15.2.2", "In a flood of wrong sign-ins memory and waiting stay bounded.")]
    public async Task Post_WrongFromManyAddressesAtOnce_LeavesMemoryBoundedAndLetsTheRightOneIn(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        TestMember untouched, attacked;
        await using (var host = AscentHost.On(database, TimeProvider.System.GetUtcNow()))
        {
            var school = await host.Data.AddPrimaryAsync();
            untouched = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports));
            attacked = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports));
        }
        await using var server = await ServerProcess.StartAsync(database, ServerProcess.FreePort());
        var known = server.OpenBrowser(Address(1, 1));
        await SignInAsync(known, attacked);
        var before = server.PeakMemory();

        await using var flood = new Flood(server, attacked.Email);
        var running = flood.RunAsync(Tries, AtOnce);
        await flood.IsFullAsync();
        var waits = new List<TimeSpan>();
        for (var person = 2; !running.IsCompleted; person++)
        {
            // Somebody who was never here, and somebody whose name is attacked, with the browser that is known.
            waits.Add(await SignInAsync(server.OpenBrowser(Address(1, person)), untouched));
            waits.Add(await SignInAsync(known, attacked));
        }
        var answers = await running;

        var peak = server.PeakMemory();
        output.WriteLine($"{kind}: {Tries} wrong sign-ins, {AtOnce} at once in {flood.Lasted.TotalSeconds:0.0} s; answers {string.Join(", ", answers.Select(a => $"{a.Key}: {a.Value}"))}; "
            + $"{waits.Count} right ones, the slowest after {waits.Max().TotalSeconds:0.00} s, median {waits.Order().ElementAt(waits.Count / 2).TotalSeconds:0.00} s; memory {before >> 20} MiB before, {peak >> 20} MiB at most");
        Assert.Equal(Tries, answers.Values.Sum());
        Assert.All(answers.Keys, status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.TooManyRequests]));
        Assert.All(waits, wait => Assert.True(wait < Patience, $"A right sign-in took {wait.TotalSeconds:0.0} s."));
        Assert.True(peak < MostMemory, $"The server held {peak >> 20} MiB.");
    }

    /// <summary>How long it takes a person to get in, who tries again when asked to.</summary>
    private static async Task<TimeSpan> SignInAsync(Browser browser, TestMember person)
    {
        var watch = Stopwatch.StartNew();
        var page = await browser.GetAsync("/sign-in");
        if (page.IsRedirect)
        {
            browser.Cookies.GetCookies(browser.Client.BaseAddress!)["ascent"]!.Expired = true;
            page = await browser.GetAsync("/sign-in");
        }
        while (true)
        {
            page = await page.Form("Password").Fill("Email", person.Email).Fill("Password", person.Password).SubmitAsync();
            if (page.IsRedirect)
                return watch.Elapsed;
            Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"Not in after a minute: {page.Summary}");
            await Task.Delay(page.Response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private static IPAddress Address(int network, int n) => new([127, (byte)network, (byte)(n >> 8), (byte)n]);

    /// <summary>The attackers: so many tries, each on a line of its own, at most so many open at once.</summary>
    private sealed class Flood(ServerProcess server, string victim) : IAsyncDisposable
    {
        private static readonly HttpRequestOptionsKey<IPAddress> From = new("from");

        private readonly TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HttpClient client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, cancellationToken) =>
                ServerProcess.ConnectAsync(context.InitialRequestMessage.Options.TryGetValue(From, out var from) ? from : null, context.DnsEndPoint.Port, cancellationToken),
        })
        { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        private int open;

        public TimeSpan Lasted { get; private set; }

        public Task IsFullAsync() => full.Task;

        public async Task<IReadOnlyDictionary<HttpStatusCode, int>> RunAsync(int tries, int atOnce)
        {
            // One form serves all: what it proves is only that it came from this server.
            var browser = server.OpenBrowser();
            var form = (await browser.GetAsync("/sign-in")).Form("Password").Value("form")!;
            var cookie = browser.Cookies.GetCookieHeader(server.Address);
            var watch = Stopwatch.StartNew();
            var next = -1;
            var answers = new Dictionary<HttpStatusCode, int>();
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var n && n < tries)
                {
                    if (Interlocked.Increment(ref open) == atOnce)
                        full.TrySetResult();
                    var status = await TryAsync(n, form, cookie);
                    Interlocked.Decrement(ref open);
                    lock (answers)
                        answers[status] = answers.GetValueOrDefault(status) + 1;
                }
            })));
            Lasted = watch.Elapsed;
            return answers;
        }

        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<HttpStatusCode> TryAsync(int n, string form, string cookie)
        {
            var email = n % 4 == 0 ? victim : $"nobody{n}@school.example";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
            {
                Content = new FormUrlEncodedContent([new("form", form), new("Email", email), new("Password", "four dry otters sing")]),
            };
            request.Headers.Add("Cookie", cookie);
            request.Options.Set(From, Address(2, n / TriesOfAddress));
            using var response = await client.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            return response.StatusCode;
        }
    }
}
