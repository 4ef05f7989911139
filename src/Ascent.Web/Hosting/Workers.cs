using Ascent.Audit;
using Ascent.Mail;

namespace Ascent.Web.Hosting;

/// <summary>Runs a use case again and again, a moment apart. A failure is logged and tried again: the work itself keeps what is left to do.</summary>
public abstract class Worker(IServiceScopeFactory scopes, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    protected abstract Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await WorkAsync(scope.ServiceProvider, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "{Worker} failed and tries again", GetType().Name);
                pause = PauseAfterFailure;
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

public sealed class MailWorker(IServiceScopeFactory scopes, ILogger<MailWorker> log) : Worker(scopes, log)
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<SendDueMail>().ExecuteAsync(cancellationToken);
}

public sealed class AuditWorker(IServiceScopeFactory scopes, ILogger<AuditWorker> log) : Worker(scopes, log)
{
    protected override Task WorkAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<SealAudit>().ExecuteAsync(cancellationToken);
}
