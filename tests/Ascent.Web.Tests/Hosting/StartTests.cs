using System.Diagnostics;
using Ascent.Persistence;
using Ascent.Shared.Keys;
using Ascent.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Hosting;

/// <summary>The server as a process, started in places where it must not start.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_MasterKeyGone_RefusesInWordsAndWritesNothing()
    {
        await using var host = await AscentHost.StartAsync();
        host.Get<Secrets>().Protect("test", "text");
        var key = MasterKey.FileIn(host.DataFolder);
        File.Delete(key);
        var before = await DumpAsync(host.DataFolder);

        var (code, error) = await RunAsync(host.DataFolder);

        Assert.Equal(2, code);
        Assert.Contains("that key is not here", error, StringComparison.Ordinal);
        Assert.Contains("`ascent keys replace`", error, StringComparison.Ordinal);
        Assert.False(File.Exists(key));
        Assert.Equal(before, await DumpAsync(host.DataFolder));
    }

    [Fact]
    public async Task Start_AnotherMasterKey_Refuses()
    {
        await using var host = await AscentHost.StartAsync();
        host.Get<Secrets>().Protect("test", "text");

        var (code, error) = await RunAsync(host.DataFolder, ("ASCENT_MASTER_KEY", Convert.ToBase64String(new byte[32])));

        Assert.Equal(2, code);
        Assert.Contains("another master key", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASCENT_MASTER_KEY", "nonsense", "ASCENT_MASTER_KEY has to hold 32 bytes")]
    [InlineData("ASCENT_LOG", "loud", "ASCENT_LOG has to be json or text.")]
    [InlineData("ASCENT_PUBLIC_ADDRESS", "here", "ASCENT_PUBLIC_ADDRESS has to look like")]
    public async Task Start_SettingUnreadable_Refuses(string name, string value, string expected)
    {
        await using var host = await AscentHost.StartAsync();

        var (code, error) = await RunAsync(host.DataFolder, (name, value));

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UpgradedByALaterVersion_Refuses()
    {
        await using var host = await AscentHost.StartAsync();
        await host.ChangeTablesAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')");

        var (code, error) = await RunAsync(host.DataFolder);

        Assert.Equal((2, new DatabaseLater().Message), (code, error.Trim()));
    }

    private static async Task<(int Code, string Error)> RunAsync(string dataFolder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Ascent.Web.dll"), "--no-demo", "--data", dataFolder])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            await output;
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task<string> DumpAsync(string dataFolder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "ascent.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand("SELECT (SELECT count(*) FROM key_ring), (SELECT count(*) FROM server_facts), (SELECT count(*) FROM audit_entries), (SELECT group_concat(xml) FROM key_ring)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()));
    }
}
