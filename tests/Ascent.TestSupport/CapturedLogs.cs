using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ascent.TestSupport;

public sealed record CapturedLog(LogLevel Level, string Category, string Text, Exception? Exception)
{
    public override string ToString() => $"{Level} {Category}: {Text} {Exception}";
}

/// <summary>Keeps what is logged instead of printing it, for tests that read it and for the messages of failing ones.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<CapturedLog> all = new();

    public IReadOnlyList<CapturedLog> All => [.. all];

    /// <summary>Errors in full, for the message of a test that met one.</summary>
    public string Errors => string.Join(Environment.NewLine, all.Where(l => l.Level >= LogLevel.Error));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var log = new CapturedLog(logLevel, category, formatter(state, exception), exception);
            logs.all.Enqueue(log);
            RunLogs.Write(log.ToString());
        }
    }
}
