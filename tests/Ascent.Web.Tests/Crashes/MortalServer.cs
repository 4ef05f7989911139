using Ascent.TestSupport;
using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Crashes;

/// <summary>
/// A server that is killed and started again on the same data and under the same address. Those who work with it are held at the gate
/// while it is down, so that every request that gets no answer is one that the kill has cut.
/// </summary>
internal sealed class MortalServer(TestDatabase database, params (string, string)[] settings) : IAsyncDisposable
{
    private readonly int port = ServerProcess.FreePort();
    private readonly SemaphoreSlim writeBegins = new(0);
    private readonly Lock door = new();
    private TaskCompletionSource gate = NewSource();
    private ServerProcess? process;
    private int asking;
    private int cut;

    /// <summary>Requests that were under way when the server died.</summary>
    public int Cut => Volatile.Read(ref cut);

    public string Said => process?.Said ?? "";

    public Browser OpenBrowser() => process!.OpenBrowser();

    public async Task StartAsync() => process = await ServerProcess.StartAsync(database, port, settings);

    /// <summary>Lets everybody go on.</summary>
    public void Open() => gate.SetResult();

    /// <summary>Waits for somebody to write, and a moment longer: then the server dies, and everybody has noticed when this is over.</summary>
    public async Task KillAsync(Dice dice)
    {
        while (writeBegins.Wait(0, CancellationToken.None))
        {
            // Writes of the past.
        }
        await writeBegins.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(dice.Throw(0, 60));
        lock (door)
            gate = NewSource();
        await process!.KillAsync();
        await EverybodyNoticedAsync();
        await process.DisposeAsync();
    }

    /// <summary>Nobody is at work any more: it dies in peace.</summary>
    public Task EndAsync() => process!.KillAsync();

    /// <summary>
    /// Asks until there is an answer. After a kill it asks the same again, as somebody does who presses the button once more because the
    /// browser said that the server did not answer.
    /// </summary>
    /// <param name="before">Told before the first asking of a write: from now on it may have happened.</param>
    public async Task<Page> AskAsync(Func<Task<Page>> ask, Action? before = null)
    {
        before?.Invoke();
        while (true)
        {
            await EnterAsync();
            try
            {
                if (before is not null)
                    writeBegins.Release();
                return await ask();
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException && !gate.Task.IsCompleted)
            {
                Interlocked.Increment(ref cut);
            }
            finally
            {
                lock (door)
                    asking--;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        writeBegins.Dispose();
    }

    private async Task EnterAsync()
    {
        while (true)
        {
            Task opens;
            lock (door)
            {
                opens = gate.Task;
                if (opens.IsCompleted)
                {
                    asking++;
                    return;
                }
            }
            await opens;
        }
    }

    private async Task EverybodyNoticedAsync()
    {
        while (IsAnybodyAsking())
            await Task.Delay(5);
    }

    private bool IsAnybodyAsking()
    {
        lock (door)
            return asking > 0;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
