using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Shared;

namespace Ascent.Web.Hosting;

/// <summary>
/// Loads an uploaded register of schools while the page that asked for it can be left and found again. One load at a time; how far it is
/// stands in this process, what it has loaded stands in the database.
/// </summary>
public sealed class RegisterLoad(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<RegisterLoad> log)
{
    private int running;
    private volatile Report? last;

    /// <param name="Failed">It broke off for a reason that is in the log; what was loaded until then stays.</param>
    public sealed record Report(LoadProgress Progress, Result<SchoolsLoad>? Ended, bool Failed)
    {
        public bool IsRunning => Ended is null && !Failed;
    }

    /// <summary>The load that runs, or the last one of this process; null when there was none.</summary>
    public Report? Last => last;

    /// <summary>Begins, and comes back at once.</summary>
    /// <param name="file">Deleted when the load is over.</param>
    /// <returns>False while another load runs; then nothing was begun and the file is gone.</returns>
    public bool TryBegin(string file, Actor actor)
    {
        if (Interlocked.CompareExchange(ref running, 1, 0) != 0)
        {
            File.Delete(file);
            return false;
        }
        last = new(default, null, false);
        _ = Task.Run(() => RunAsync(file, actor), CancellationToken.None);
        return true;
    }

    private async Task RunAsync(string file, Actor actor)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await using var stream = File.OpenRead(file);
            var loaded = await scope.ServiceProvider.GetRequiredService<LoadSchools>().ExecuteAsync(stream, actor, new Reporter(this), lifetime.ApplicationStopping);
            if (loaded.Succeeded)
                await scope.ServiceProvider.GetRequiredService<OpenSeats>().ExecuteAsync(actor, lifetime.ApplicationStopping);
            last = new(last!.Progress, loaded, false);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The load of the register broke off");
            last = new(last!.Progress, null, true);
        }
        finally
        {
            File.Delete(file);
            Interlocked.Exchange(ref running, 0);
        }
    }

    private sealed class Reporter(RegisterLoad load) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => load.last = new(value, null, false);
    }
}
