using System.Security.Cryptography;
using Ascent.Persistence;
using Npgsql;

namespace Ascent.TestSupport;

/// <summary>
/// The PostgreSQL server of the test run. The first test that asks makes one migrated template database for the process; each test
/// gets a copy of it. The product works in a role that owns nothing and is held by row-level security, as on a real server.
/// </summary>
internal static class TestPostgres
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("ASCENT_TEST_POSTGRES");
    private static readonly string Prefix = $"ascent_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    private const string ApplicationRole = "ascent_application";
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    // A template cannot be copied while another copies it.
    private static readonly SemaphoreSlim Copying = new(1, 1);
    private static int made;

    /// <summary>Null when there is a server, else what to tell instead.</summary>
    public static string? WhyNot => string.IsNullOrEmpty(Server) ? "no PostgreSQL server (ASCENT_TEST_POSTGRES is not set)" : null;

    /// <returns>The address of a new, migrated, empty database, for the application's role.</returns>
    public static async Task<string> CreateAsync()
    {
        var template = await Template.Value;
        var name = $"{Prefix}_{Interlocked.Increment(ref made)}";
        await Copying.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        }
        finally
        {
            Copying.Release();
        }
        return AddressOf(name);
    }

    /// <summary>The same database for the owner of its tables.</summary>
    public static string OwnerOf(string address) => new UriBuilder(Server!) { Path = NameIn(address) }.Uri.AbsoluteUri;

    /// <returns>The address of a new database with the same rows.</returns>
    public static async Task<string> CopyAsync(string address)
    {
        await LetGoAsync(address);
        var name = $"{Prefix}_{Interlocked.Increment(ref made)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {NameIn(address)}");
        return AddressOf(name);
    }

    public static async Task PutBackAsync(string copy, string address)
    {
        await DropAsync(address);
        await LetGoAsync(copy);
        await ExecuteAsync($"CREATE DATABASE {NameIn(address)} TEMPLATE {NameIn(copy)}");
    }

    // A database can be copied only while nobody is connected.
    private static async Task LetGoAsync(string address)
    {
        await using (var connection = new NpgsqlConnection(ConnectionString(address)))
            NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameIn(address)}'");
    }

    public static async Task DropAsync(string address)
    {
        await using (var connection = new NpgsqlConnection(ConnectionString(address)))
            NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {NameIn(address)} WITH (FORCE)");
    }

    public static string ConnectionString(string address) => ((DatabaseAddress.Postgres)DatabaseAddress.Parse(address, "")).ConnectionString;

    private static async Task<string> MakeTemplateAsync()
    {
        var name = $"{Prefix}_template";
        // Roles belong to the server: another test process may have made it, or be at it.
        await ExecuteAsync($"""
            DO $$ BEGIN CREATE ROLE {ApplicationRole} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
            """);
        await ExecuteAsync($"CREATE DATABASE {name}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
        await TestDatabase.MigrateAsync(AddressOf(name), OwnerOf(AddressOf(name)), dataFolder: "");
        return name;
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(Server!));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string AddressOf(string name) => new UriBuilder(Server!) { Path = name, UserName = ApplicationRole }.Uri.AbsoluteUri;

    private static string NameIn(string address) => new Uri(address).AbsolutePath[1..];
}
