using System.Globalization;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Reviews;

/// <summary>What kind of risk a membership is; the greatest is looked at first.</summary>
public enum ReviewRank
{
    SchoolSetup,
    PupilNames,
    Others,
}

/// <summary>The order of a review: the greatest risk first, then by job role, and there those with the same access side by side.</summary>
internal static class ReviewPlace
{
    public const int Length = 19;

    private static readonly PermissionSet PupilNames = PermissionSet.Of(Permission.PupilReports, Permission.TrackingPupilReports);

    public static ReviewRank RankOf(PermissionSet held) =>
        held.Has(Permission.SchoolSetup) ? ReviewRank.SchoolSetup : (held.Bits & PupilNames.Bits) != 0 ? ReviewRank.PupilNames : ReviewRank.Others;

    public static string Of(JobRole role, PermissionSet held) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)RankOf(held)}{(int)role:00}{held.Bits:x16}");
}
