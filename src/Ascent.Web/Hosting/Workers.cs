using System.Collections.Concurrent;
using Ascent.Accounts.Many;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;

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
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    protected abstract Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        rounds.Note(name);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await WorkAsync(scope.ServiceProvider, stoppingToken);
                rounds.Note(name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogError(exception, "The worker for {Worker} failed and tries again", name);
                pause = PauseAfterFailure;
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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

public sealed class CreateUsersWorker(IServiceScopeFactory scopes, WorkerRounds rounds, ILogger<CreateUsersWorker> log) : Worker("create-users", scopes, rounds, log)
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ContinueConfirmedLists>().ExecuteAsync(cancellationToken);
}
