using Ascent.Accounts.Passwords;

namespace Ascent.Tests.Accounts.Passwords;

/// <summary>Keeps the queue of passwords full, as a burst of sign-ins does, until it is disposed.</summary>
internal sealed class FullQueue : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task filling;

    private FullQueue(PasswordHashing hashing, TaskCompletionSource full) => filling = Task.Factory.StartNew(() =>
    {
        var all = new List<Task<string?>>();
        while (!stop.IsCancellationRequested)
        {
            var hash = hashing.TryHashAsync("a burst of passwords", CancellationToken.None);
            if (hash is { IsCompletedSuccessfully: true, Result: null })
                full.TrySetResult();
            else
                all.Add(hash);
        }
        Task.WaitAll(all);
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public static async Task<FullQueue> OfAsync(PasswordHashing hashing)
    {
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new FullQueue(hashing, full);
        await full.Task;
        return queue;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await filling;
        stop.Dispose();
    }
}
