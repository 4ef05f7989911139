using System.Collections.Concurrent;
using Ascent.Accounts.Many;
using Ascent.Accounts.Nightly;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.SignIn;

namespace Ascent.Web.Hosting;

/// <summary>When each worker last came to the end of a round without a failure; what `/health/ready` asks.</summary>
public sealed class WorkerRounds(TimeProvider clock)
{
    // Longer than the longest sound round (one minute of mail and the mails then in hand) and the pause after a failure.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<string, DateTime> rounds = new(StringComparer.Ordinal);

    public void Note(string worker) => rounds[worker] = clock.Now();

    /// <summary>Every worker that has begun, and whether it is alive.</summary>
    public IReadOnlyDictionary<string, bool> Alive()
    {
        var now = clock.Now();
        return rounds.OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary(r => r.Key, r => now - r.Value < Patience);
    }
}

/// <summary>
/// Runs a use case again and again, a moment apart. A failure is logged and tried again: the work itself keeps what is left to do. When the
/// server stops, a worker takes up nothing new and brings to an end what it has in hand.
/// </summary>
public abstract class Worker(string name, IServiceScopeFactory scopes, WorkerRounds rounds, ILogger log) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    protected ILogger Log { get; } = log;

    protected virtual TimeSpan Pause => TimeSpan.FromSeconds(1);

    /// <summary>A round is a matter of moments, so that one that takes long says that something is wrong.</summary>
    protected virtual bool ShowsInHealth => true;

    protected abstract Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ShowsInHealth)
            rounds.Note(name);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await WorkAsync(scope.ServiceProvider, stoppingToken);
                if (ShowsInHealth)
                    rounds.Note(name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.LogError(exception, "The worker for {Worker} failed and tries again", name);
                pause = PauseAfterFailure;
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Asks every minute whether the work of the night is due, which it is once a day.</summary>
public sealed class NightlyWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<NightlyWorker> log) : Worker("nightly", scopes, rounds, log)
{
    protected override TimeSpan Pause => TimeSpan.FromMinutes(1);

    protected override bool ShowsInHealth => false;

    protected override async Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<RunNightly>().ExecuteAsync(cancellationToken) is { } done)
            Log.LogInformation(
                "The work of the night is done: {Ended} ended, {Warned} warned, {Deactivated} deactivated, {Single} schools with one administrator, {Opened} access reviews opened, {Flagged} flagged, {Others}",
                done.Ended, done.Warned, done.Deactivated, done.SchoolsWithOneHolder, done.ReviewsOpened, done.ReviewsFlagged, string.Join(", ", done.Tasks));
    }
}

public sealed class MailWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<MailWorker> log) : Worker("mail", scopes, rounds, log)
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<SendDueMail>().ExecuteAsync(cancellationToken);
}

public sealed class AuditWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<AuditWorker> log) : Worker("audit", scopes, rounds, log)
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<SealAudit>().ExecuteAsync(cancellationToken);
}

public sealed class HeadsWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<HeadsWorker> log) : Worker("heads", scopes, rounds, log)
{
    protected override async Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Once a day, with the heads: the other file that stands outside the database.
        if (await services.GetRequiredService<WriteHeads>().ExecuteAsync(cancellationToken) is not null)
            await services.GetRequiredService<ErasureList>().ExecuteAsync(cancellationToken);
    }
}

public sealed class CreateUsersWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<CreateUsersWorker> log) : Worker("create-users", scopes, rounds, log)
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ContinueConfirmedLists>().ExecuteAsync(cancellationToken);
}

/// <summary>Builds what reports are worked out from, after the records of a school have changed. A large school takes seconds.</summary>
public sealed class ReportsWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<ReportsWorker> log) : Worker("reports", scopes, rounds, log)
{
    protected override bool ShowsInHealth => false;

    protected override async Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<BuildCohorts>().ExecuteAsync(cancellationToken) is > 0 and var schools)
            Log.LogInformation("Built the cohorts of {Schools} schools anew", schools);
    }
}

/// <summary>Checks files of pupils. A file may take minutes, so a round says nothing about health.</summary>
public sealed class ImportWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<ImportWorker> log) : Worker("imports", scopes, rounds, log)
{
    protected override bool ShowsInHealth => false;

    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<CheckDueImports>().ExecuteAsync(cancellationToken);
}
