namespace Ascent.Audit;

/// <summary>
/// The details of a person were deleted from a chain because the person was erased. Their hashes stay, so the chain holds, and this entry
/// is what says why the details are gone.
/// </summary>
/// <param name="Receipt">The number that the person was given.</param>
public sealed record PersonErased(Guid AccountId, string Receipt) : AuditEvent(PersonErased.EventKind)
{
    public const string EventKind = "person-erased";
}
