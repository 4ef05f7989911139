using System.Net;
using Ascent.Web.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Ascent.TestSupport.Web;

/// <summary>
/// The real web server in the test's process, on a database of the test's own and with a clock that the test moves. Settings go in as
/// configuration, by the names of the environment variables.
/// </summary>
public sealed class AscentFactory : WebApplicationFactory<Program>
{
    private readonly TestDatabase database;
    private TestData? data;
    private bool ownsDatabase = true;

    private AscentFactory(TestDatabase database, FakeTimeProvider clock)
    {
        this.database = database;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public string DataFolder => database.DataFolder;

    public CapturedLogs Logs { get; } = new();

    public TestData Data => data ??= new(Services);

    /// <summary>Further settings, by the names of the environment variables; set them before the first use.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The set-up of an empty server stands before every page, as after `./dev run --no-demo`; set it before the first use.</summary>
    public bool IsFirstRun { get; set; }

    /// <summary>Replaces services; set it before the first use.</summary>
    public Action<IServiceCollection>? Configure { get; set; }

    public static async Task<AscentFactory> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite) => new(await TestDatabase.CreateAsync(kind), new(AscentHost.Start));

    /// <summary>The server on a database that stays when the server goes.</summary>
    public static AscentFactory On(TestDatabase database, DateTimeOffset now) => new(database, new(now)) { ownsDatabase = false };

    /// <summary>Ends this server and gives another on the same database and files; the clock goes on. Browsers move over with their cookies.</summary>
    public async Task<AscentFactory> RestartAsync()
    {
        ownsDatabase = false;
        await base.DisposeAsync();
        var next = new AscentFactory(database, Clock) { Configure = Configure, IsFirstRun = IsFirstRun };
        foreach (var (name, value) in Settings)
            next.Settings[name] = value;
        return next;
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A browser that nobody has signed in with, or one that goes on with the cookies of another.</summary>
    public Browser OpenBrowser(CookieContainer? cookies = null)
    {
        var jar = cookies ?? new CookieContainer();
        // Cookies are Secure, so only an https address sends them back. Redirects are followed by hand, so that each is seen.
        return new(CreateDefaultClient(new Uri("https://localhost"), new CookieContainerHandler(jar)), jar);
    }

    /// <summary>A browser signed in through the sign-in page, and the page of the second factor for who has one.</summary>
    public async Task<Browser> SignInAsync(string email, string password = TestData.Password)
    {
        var browser = OpenBrowser();
        var page = await browser.GetAsync("/sign-in");
        page = await page.Form("Password").Fill("Email", email).Fill("Password", password).SubmitAsync();
        if (!page.IsRedirect)
            throw new InvalidOperationException($"{email} could not sign in: {(int)page.Status} {string.Join(" | ", page.Errors)}");
        if (!page.Location.StartsWith("/second-factor", StringComparison.Ordinal))
            return browser;
        page = await (await page.FollowAsync()).Form("FactorCode").Fill("FactorCode", await Data.NextCodeAsync(email)).SubmitAsync();
        return page.IsRedirect ? browser : throw new InvalidOperationException($"{email} could not give the second factor: {(int)page.Status} {string.Join(" | ", page.Errors)}");
    }

    /// <inheritdoc cref="TestDatabase.ChangeTablesAsync"/>
    public Task ChangeTablesAsync(string sql) => database.ChangeTablesAsync(sql);

    public Task<Browser> SignInAsync(TestMember member) => SignInAsync(member.Email);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (ownsDatabase)
            await database.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("ASCENT_DATA", database.DataFolder);
        builder.UseSetting("ASCENT_DATABASE", database.Address ?? "");
        builder.UseSetting("ASCENT_PUBLIC_ADDRESS", "https://localhost");
        // A test begins with an empty database and makes what it is about.
        builder.UseSetting("ASCENT_DEMO", "0");
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Logs));
        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // Other tests begin with an empty database too, and are about something else.
            services.Replace(ServiceDescriptor.Singleton(new FirstRunGate { IsOver = !IsFirstRun }));
            // It would do its work whenever a test's clock says that it is night. Tests call the work itself.
            services.Remove(services.Single(s => s.ImplementationType == typeof(NightlyWorker)));
            Configure?.Invoke(services);
        });
    }
}
