using Ascent.Audit;
using Ascent.SignIn;
using Microsoft.Extensions.Logging;

namespace Ascent.Privacy;

/// <param name="Chains">Chains of the log that were longer once.</param>
/// <param name="Erased">People whom the database had back.</param>
public sealed record RestoreFound(int Chains, int Erased);

/// <summary>
/// Whoever opens the database asks this first: was an older copy put in its place? Then the log says so, and everybody is erased again
/// whom the copy has back, before anything else is answered. What was done before it was stopped stays; the next one goes on.
/// </summary>
public sealed class MendRestore(NoteRestore noteRestore, ErasureList list, EraseAccount eraseAccount, ErasePupil erasePupil, ILogger<MendRestore> log)
{
    /// <returns>Null when there was nothing to mend.</returns>
    public async Task<RestoreFound?> ExecuteAsync(CancellationToken cancellationToken)
    {
        var chains = await noteRestore.ExecuteAsync(cancellationToken);
        var (unknown, strange) = await list.UnknownAsync(cancellationToken);
        if (strange > 0)
            log.LogWarning("{Count} lines of {File} were not written by this server, or were cut off, and were passed over", strange, Path.GetFileName(list.Path));
        var erased = 0;
        foreach (var line in unknown)
            erased += await eraseAccount.EraseAgainAsync(line, cancellationToken) ? 1 : 0;
        foreach (var line in await erasePupil.UnknownAsync(cancellationToken))
            erased += await erasePupil.EraseAgainAsync(line, cancellationToken) ? 1 : 0;
        if (chains == 0 && erased == 0)
            return null;
        log.LogWarning("An older copy of the database was put in its place: {Chains} chains of the log were longer once and say so now, {Erased} people were erased again", chains, erased);
        return new(chains, erased);
    }
}
