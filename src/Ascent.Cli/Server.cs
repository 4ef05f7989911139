using System.CommandLine;
using System.Data.Common;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ascent.Cli;

/// <summary>What a command may count on when it begins.</summary>
internal enum Needs
{
    /// <summary>Settings only; the database may be missing or old.</summary>
    Settings,

    /// <summary>A database of this very version, and its master key.</summary>
    Database,
}

/// <summary>Opens the same services as the web for a command, and says in words when that cannot be.</summary>
internal sealed class Server(Terminal terminal, Func<string, string?> environment)
{
    public Terminal Terminal => terminal;

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The folder of database, keys and mail [ASCENT_DATA, else ./data]",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Gives a command its work. Every mutation in it is a use case's.</summary>
    public void Handle(Command command, Needs needs, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work) =>
        command.SetAction((parse, cancellationToken) => RunAsync(parse, needs, work, cancellationToken));

    private async Task<int> RunAsync(ParseResult parse, Needs needs, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = Open(parse);
            if (services is null)
                return ExitCode.NoDatabase;
            if (needs == Needs.Database && (await services.GetRequiredService<CheckDatabase>().ExecuteAsync(migratesItself: false, cancellationToken)).Refusals is [var problem, ..])
                return Complain(problem.Message);
            // A command answers too: nobody who was erased is found by it after a restore.
            if (needs == Needs.Database)
                await services.GetRequiredService<MendRestore>().ExecuteAsync(cancellationToken);
            return await work(parse, services, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Complain("Stopped. What was saved until then stays; the same command goes on from there.");
            return ExitCode.Stopped;
        }
        catch (Exception exception) when (DatabaseFault(exception) is { } fault)
        {
            return Complain($"The database cannot be used: {fault.Message}");
        }
    }

    private ServiceProvider? Open(ParseResult parse)
    {
        try
        {
            var settings = ServerSettings.Read(environment, parse.GetValue(Data), null);
            return new ServiceCollection()
                .AddLogging(log => log.SetMinimumLevel(LogLevel.Warning).AddProvider(new ErrorLog(terminal.Error)))
                .AddAscent(settings)
                .BuildServiceProvider();
        }
        catch (FormatException refused)
        {
            terminal.Complain(refused.Message);
            return null;
        }
    }

    private int Complain(string problem)
    {
        terminal.Complain(problem);
        return ExitCode.NoDatabase;
    }

    // EF wraps what the database said, once or twice; a folder that cannot be written to comes as what it is.
    private static Exception? DatabaseFault(Exception exception) => exception switch
    {
        DbException or IOException or UnauthorizedAccessException => exception,
        DbUpdateException or InvalidOperationException or TimeoutException => exception.InnerException is { } inner ? DatabaseFault(inner) : null,
        _ => null,
    };
}
