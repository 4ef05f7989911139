using System.Data.Common;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ascent.TestSupport;

/// <summary>
/// A migrated, empty database of a test's own, with the data folder that belongs to it. Made by copying a template that is migrated
/// once a process; gone when disposed.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private readonly List<string> copies = [];

    private TestDatabase(DatabaseKind kind, string dataFolder, string? address)
    {
        Kind = kind;
        DataFolder = dataFolder;
        Address = address;
    }

    public DatabaseKind Kind { get; }

    public string DataFolder { get; }

    /// <summary>The value for ASCENT_DATABASE; null for the SQLite file in the data folder.</summary>
    public string? Address { get; }

    /// <summary>The value for ASCENT_DATABASE_OWNER; null for SQLite.</summary>
    public string? OwnerAddress => Address is null ? null : TestPostgres.OwnerOf(Address);

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("ascent-test-").FullName;
        if (kind == DatabaseKind.Postgres)
            return new(kind, folder, await TestPostgres.CreateAsync());
        File.Copy(await SqliteTemplate.Value, Path.Combine(folder, "ascent.db"));
        return new(kind, folder, null);
    }

    /// <summary>This process lets go of the file, so that what another one does with it is as if nobody else were there.</summary>
    public void CloseConnections()
    {
        if (Address is null)
            ClosePool(Path.Combine(DataFolder, "ascent.db"));
    }

    /// <summary>Runs a statement that the product's own role may not: one that changes tables, or goes round row-level security.</summary>
    public async Task ChangeTablesAsync(string sql)
    {
        await using DbConnection connection = OwnerAddress is null ? new SqliteConnection(FileAddress(Path.Combine(DataFolder, "ascent.db")))
            : new NpgsqlConnection(TestPostgres.ConnectionString(OwnerAddress) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Fixed texts of tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Keeps a copy of the database as it is now: of a file, or of a PostgreSQL database. Nothing may be using it.</summary>
    /// <returns>Puts the copy in the place of what came after; it can be done again.</returns>
    public async Task<Func<Task>> BackUpAsync()
    {
        CloseConnections();
        if (Address is not null)
        {
            var copy = await TestPostgres.CopyAsync(Address);
            copies.Add(copy);
            return () => TestPostgres.PutBackAsync(copy, Address);
        }
        var (file, backup) = (Path.Combine(DataFolder, "ascent.db"), Path.Combine(DataFolder, $"{Path.GetRandomFileName()}.backup"));
        File.Copy(file, backup);
        return () =>
        {
            CloseConnections();
            foreach (var left in Directory.GetFiles(DataFolder, "ascent.db-*"))
                File.Delete(left);
            File.Copy(backup, file, overwrite: true);
            return Task.CompletedTask;
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in copies)
            await TestPostgres.DropAsync(copy);
        CloseConnections();
        if (Address is not null)
            await TestPostgres.DropAsync(Address);
        Directory.Delete(DataFolder, recursive: true);
    }

    internal static async Task MigrateAsync(string? address, string? owner, string dataFolder)
    {
        var settings = new ServerSettings { DataFolder = dataFolder, PublicAddress = new Uri("https://localhost"), Database = address, DatabaseOwner = owner };
        await using var services = new ServiceCollection().AddLogging().AddAscent(settings).BuildServiceProvider();
        await services.GetRequiredService<MigrateDatabase>().ExecuteAsync(CancellationToken.None);
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ascent-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await MigrateAsync(null, null, folder);
        var file = Path.Combine(folder, "ascent.db");
        // Closing the last connection brings everything from the write-ahead log into the file that is copied.
        ClosePool(file);
        return file;
    }

    private static void ClosePool(string file)
    {
        using var connection = new SqliteConnection(FileAddress(file));
        SqliteConnection.ClearPool(connection);
    }

    private static string FileAddress(string file) => new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ConnectionString;
}
