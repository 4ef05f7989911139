using Microsoft.Extensions.Logging;

namespace Ascent.Cli;

/// <summary>Warnings and errors of the product on standard error, one line each.</summary>
internal sealed class ErrorLog(TextWriter error) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new OneLine(error, categoryName);

    public void Dispose()
    {
    }

    private sealed class OneLine(TextWriter error, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        // What the database reports comes back as an exception, and is told once, by the command. A lost race is no news at all.
        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None && !category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                error.WriteLine($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
        }
    }
}
