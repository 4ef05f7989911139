using System.Globalization;

namespace Ascent.Accounts.Reviews;

/// <summary>
/// What somebody had before their eyes when they ticked a row: which version of the membership, and its access, so that a change since then
/// can be named.
/// </summary>
public sealed record ReviewSeen(Guid MembershipId, int Version, JobRole JobRole, long PermissionBits, DateOnly? EndsOn)
{
    private const string Day = "yyyyMMdd";

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static ReviewSeen? Read(string? text)
    {
        if (text?.Split('.') is not [var id, var version, var role, var bits, var ends] || !Guid.TryParseExact(id, "N", out var membership)
            || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(role, NumberStyles.None, CultureInfo.InvariantCulture, out var job) || !Enum.IsDefined((JobRole)job)
            || !long.TryParse(bits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var held))
            return null;
        DateOnly? last = DateOnly.TryParseExact(ends, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return last is null && ends.Length > 0 ? null : new(membership, number, (JobRole)job, held, last);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{MembershipId:N}.{Version}.{(int)JobRole}.{PermissionBits:x}.{EndsOn?.ToString(Day, CultureInfo.InvariantCulture)}");
}
