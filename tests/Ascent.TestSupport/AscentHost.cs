using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Ascent.TestSupport;

/// <summary>The product without the web: every service on a database of the test's own, with a clock that the test moves.</summary>
public sealed class AscentHost : IAsyncDisposable
{
    /// <summary>Monday 23 November 2026, 09:00 in England as in UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly bool ownsDatabase;

    private AscentHost(TestDatabase database, bool ownsDatabase, FakeTimeProvider clock, ServiceProvider services)
    {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        this.services = services;
        Clock = clock;
        Data = new(services);
    }

    public FakeTimeProvider Clock { get; }

    public CapturedLogs Logs => Get<CapturedLogs>();

    public TestData Data { get; }

    public DatabaseKind Kind => database.Kind;

    public string DataFolder => database.DataFolder;

    /// <summary>The value for ASCENT_DATABASE that leads to the same database; null for the file in the data folder.</summary>
    public string? DatabaseAddress => database.Address;

    /// <param name="settings">Changes the settings, such as the mail server.</param>
    /// <param name="configure">Replaces services; added after the product's own, so the last one wins.</param>
    public static async Task<AscentHost> StartAsync(
        DatabaseKind kind = DatabaseKind.Sqlite, Func<ServerSettings, ServerSettings>? settings = null, Action<IServiceCollection>? configure = null) =>
        Open(await TestDatabase.CreateAsync(kind), ownsDatabase: true, Start, settings, configure);

    /// <summary>The product on a database that a server in another process uses too, or has used; it stays when the host goes.</summary>
    /// <param name="now">What this host's clock says first.</param>
    public static AscentHost On(TestDatabase database, DateTimeOffset now, Func<ServerSettings, ServerSettings>? settings = null) =>
        Open(database, ownsDatabase: false, now, settings, configure: null);

    private static AscentHost Open(
        TestDatabase database, bool ownsDatabase, DateTimeOffset now, Func<ServerSettings, ServerSettings>? settings, Action<IServiceCollection>? configure)
    {
        var clock = new FakeTimeProvider(now);
        var logs = new CapturedLogs();
        var given = new ServerSettings { DataFolder = database.DataFolder, PublicAddress = new Uri("https://ascent.example"), Database = database.Address, DatabaseOwner = database.OwnerAddress };
        var services = new ServiceCollection().AddSingleton(logs).AddSingleton<TimeProvider>(clock)
            // Every statement as text would cost more than the statement.
            .AddLogging(logging => logging.AddProvider(logs).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning));
        services.AddAscent(settings?.Invoke(given) ?? given);
        configure?.Invoke(services);
        return new(database, ownsDatabase, clock, services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true }));
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Reads rows as they lie in the database, every organisation's.</summary>
    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => Get<Database>().ReadAsync(OrganisationScope.Server, read);

    public Task<int> CountAsync<T>() where T : class => ReadAsync(db => db.Set<T>().CountAsync());

    public Task<List<T>> ReadAllAsync<T>() where T : class => ReadAsync(db => db.Set<T>().ToListAsync());

    /// <summary>Changes rows behind the product's back, for what a test needs and no use case does.</summary>
    public async Task ChangeAsync(Func<AppDb, Task> change)
    {
        await Get<Database>().WriteAsync(OrganisationScope.Server, async db =>
        {
            await change(db);
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
    }

    /// <inheritdoc cref="TestDatabase.ChangeTablesAsync"/>
    public Task ChangeTablesAsync(string sql) => database.ChangeTablesAsync(sql);

    /// <summary>Lets the database count what it holds, as one in use does by itself; for tests of plans and figures.</summary>
    public Task AnalyseAsync() => ChangeTablesAsync("ANALYZE");

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (ownsDatabase)
            await database.DisposeAsync();
        else
            database.CloseConnections();
    }
}
