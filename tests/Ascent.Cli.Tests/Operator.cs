using System.Text.Json;
using Ascent.Cli;
using Ascent.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Cli.Tests;

/// <summary>What a command wrote, and what it told the program that called it.</summary>
internal sealed record Ran(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>Types commands in this process, with a data folder and an environment of its own.</summary>
internal sealed class Operator : IAsyncDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ascent-cli-").FullName;

    public Dictionary<string, string?> Environment { get; } = [];

    public static async Task<Operator> WithSchoolsAsync(params string[] rows)
    {
        var person = new Operator();
        await person.RunAsync("database", "migrate");
        await person.RunAsync("schools", "load", person.Write(rows));
        return person;
    }

    /// <summary>As a program or a scheduled job: nobody is there who could answer.</summary>
    public Task<Ran> RunAsync(params string[] args) => RunAsync(null, args);

    /// <summary>At a terminal, where somebody types this when asked.</summary>
    public Task<Ran> AnswerAsync(string answer, params string[] args) => RunAsync(new StringReader(answer + "\n"), args);

    private async Task<Ran> RunAsync(StringReader? input, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Environment["ASCENT_DATA"] = Folder;
        var code = await new CommandLine(new Terminal(output, error, isTerminal: false, input, isErrorTerminal: input is not null), name => Environment.GetValueOrDefault(name)).RunAsync(args, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>A file of the register with these rows: URN, name, phase code, low age, status code.</summary>
    public string Write(params string[] rows)
    {
        var path = Path.Combine(Folder, "edubasealldata20261101.csv");
        File.WriteAllText(path, string.Join("\r\n", ["URN,EstablishmentName,PhaseOfEducation (code),StatutoryLowAge,EstablishmentStatus (code),LA (code),LA (name),EstablishmentNumber",
            .. rows.Select((row, i) => $"{row},999,Northmoor,{2101 + i}")]));
        return path;
    }

    /// <summary>The services as the web would have them, to look at what a command did.</summary>
    public ServiceProvider Services() =>
        new ServiceCollection().AddLogging().AddAscent(new ServerSettings { DataFolder = Folder, PublicAddress = new Uri("http://localhost:5080") }).BuildServiceProvider();

    /// <summary>What somebody does who has the database file and no business in it.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "ascent.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Fixed texts of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "ascent.db"), ForeignKeys = true }.ConnectionString))
            SqliteConnection.ClearPool(connection);
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
