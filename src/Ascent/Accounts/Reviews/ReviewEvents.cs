using Ascent.Audit;

namespace Ascent.Accounts.Reviews;

public sealed record ReviewOpened(Guid ReviewId, DateOnly DueOn, int People) : AuditEvent("review-opened");

public sealed record MembershipsConfirmed(Guid ReviewId, IReadOnlyList<Guid> MembershipIds) : AuditEvent("memberships-confirmed");

public sealed record ReviewFinished(Guid ReviewId, int Confirmed, int NotConfirmed) : AuditEvent("review-finished");

public sealed record ReviewFlagged(Guid ReviewId, IReadOnlyList<Guid> MembershipIds) : AuditEvent("review-flagged");

public sealed record ReviewSettingChanged(ReviewRhythm Before, ReviewRhythm After) : AuditEvent("review-setting-changed");
