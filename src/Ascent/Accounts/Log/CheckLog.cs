using System.Collections.Concurrent;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Log;

/// <param name="At">When the reading was done.</param>
/// <param name="AgainFrom">From then on the chain is read anew.</param>
public sealed record LogCheck(AuditReport Report, DateTime At, DateTime AgainFrom);

/// <summary>
/// Reads the organisation's whole chain and names each place where it does not hold. That is work for as long as the log is, so whoever asks
/// while it is being read waits for the same reading, and for some minutes afterwards gets what it found. Each server keeps its own.
/// </summary>
public sealed class CheckLog(VerifyAudit verifyAudit, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>More than these are of no use to anybody who reads them, and would be kept for minutes.</summary>
    private const int MostFindings = 100;

    private readonly ConcurrentDictionary<Guid, Lazy<Task<LogCheck>>> checks = new();

    public async Task<Result<LogCheck>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return new NotAllowed(Permission.SchoolSetup);
        Forget();
        var check = checks.GetOrAdd(organisationId, id => new(() => ReadAsync(id)));
        try
        {
            return await check.Value.WaitAsync(cancellationToken);
        }
        catch when (check.Value.IsFaulted)
        {
            // The database was away: the next one tries again.
            checks.TryRemove(new(organisationId, check));
            throw;
        }
    }

    // For all who wait, so that nobody who goes away stops it for the others.
    private async Task<LogCheck> ReadAsync(Guid organisationId)
    {
        var report = await verifyAudit.ExecuteAsync(organisationId, CancellationToken.None);
        var now = clock.Now();
        return new(report with { Findings = [.. report.Findings.Take(MostFindings)] }, now, now + Kept);
    }

    private void Forget()
    {
        var now = clock.Now();
        foreach (var (id, check) in checks)
            if (check is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && check.Value.Result.AgainFrom <= now)
                checks.TryRemove(new(id, check));
    }
}
