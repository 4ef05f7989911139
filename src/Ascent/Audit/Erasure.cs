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

/// <summary>
/// A pupil of a school was deleted for good, with everything that hung on the record. No entry ever named the pupil; this one is what the list
/// of erasures is made from, so that a restore does not bring the pupil back.
/// </summary>
/// <param name="Receipt">The number that whoever asked for it was given.</param>
public sealed record PupilErased(Guid PupilId, string Receipt) : AuditEvent(PupilErased.EventKind)
{
    public const string EventKind = "pupil-erased";
}
