using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ascent.Tests.Persistence;

/// <summary>
/// Counts the queries that are compiled for this test from now on. A query with changing constants in it is compiled at every call, which
/// no test of its answers shows.
/// </summary>
internal sealed class Compilations : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    // Other tests work beside this one; what is compiled for them comes by another flow.
    private static readonly AsyncLocal<Compilations?> Mine = new();

    private readonly List<IDisposable> subscriptions = [];
    private int count;

    public Compilations()
    {
        Mine.Value = this;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Count => Volatile.Read(ref count);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
            subscriptions.Add(value.Subscribe(this, name => name == CoreEventId.QueryCompilationStarting.Name));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == CoreEventId.QueryCompilationStarting.Name && Mine.Value == this)
            Interlocked.Increment(ref count);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions.ToArray())
            subscription.Dispose();
    }
}
