using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Organisations;

/// <summary>The services on an empty, migrated SQLite database in a folder of their own.</summary>
internal sealed class SchoolsHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private SchoolsHost(ServerSettings settings)
    {
        Settings = settings;
        services = new ServiceCollection().AddLogging().AddAscent(settings).BuildServiceProvider();
    }

    public ServerSettings Settings { get; }

    public Database Database => Get<Database>();

    public static async Task<SchoolsHost> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ascent-schools-").FullName;
        var host = new SchoolsHost(new ServerSettings { DataFolder = folder, PublicAddress = new Uri("https://ascent.example") });
        await host.Get<MigrateDatabase>().ExecuteAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public Task<List<T>> AllAsync<T>() where T : class => Database.ReadAsync(OrganisationScope.Server, db => db.Set<T>().ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Settings.DataFolder, "ascent.db"), ForeignKeys = true }.ConnectionString))
            SqliteConnection.ClearPool(connection);
        Directory.Delete(Settings.DataFolder, recursive: true);
    }
}
