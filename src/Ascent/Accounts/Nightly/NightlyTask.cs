namespace Ascent.Accounts.Nightly;

/// <summary>
/// A part of the work of the night that belongs to a module above this one. Like all of it, it can be begun again, and by two nodes at
/// once, without doing anything twice.
/// </summary>
public abstract class NightlyTask
{
    /// <summary>What is counted, for the server's log, such as "accounts erased".</summary>
    public abstract string Counts { get; }

    public abstract Task<int> ExecuteAsync(CancellationToken cancellationToken);
}
