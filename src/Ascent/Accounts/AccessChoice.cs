using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

/// <summary>What an organisation decides about one of its memberships.</summary>
public sealed record AccessChoice(JobRole JobRole, string? OtherRole, PermissionSet Permissions, DateOnly? EndsOn)
{
    public static AccessChoice Of(Membership membership) => new(membership.JobRole, membership.OtherRole, membership.Permissions, membership.EndsOn);

    /// <summary>What lies still because the school has no Pupil Tracking is no question of any form, and stays as it was.</summary>
    public AccessChoice KeepingInert(AccessChoice before, Place place) => this with { Permissions = Permissions.Normalised().And(before.Permissions.Inert(place)) };

    /// <summary>Only what differs, a line each, in words. Access counts as it works: School setup brings Manage data.</summary>
    public IReadOnlyList<AccessChange> DifferenceTo(AccessChoice after, Place place)
    {
        var changes = new List<AccessChange>();
        var (roleBefore, roleAfter) = (JobRoles.Label(JobRole, OtherRole), JobRoles.Label(after.JobRole, after.OtherRole));
        if (JobRole != after.JobRole || roleBefore != roleAfter)
            changes.Add(new("Job role", roleBefore, roleAfter, IsWider: false));
        var (held, wanted) = (Permissions.Effective(place), after.Permissions.Effective(place));
        var difference = held.DifferenceTo(wanted);
        foreach (var info in PermissionCatalogue.In(place))
        {
            var isWider = difference.Given.Contains(info.Permission) || difference.Widened.Contains(info.Permission);
            if (isWider || difference.Taken.Contains(info.Permission) || difference.Narrowed.Contains(info.Permission))
                changes.Add(new(PermissionCatalogue.Label(info.Permission, place), Words(info, held, place), Words(info, wanted, place), isWider));
        }
        if (EndsOn != after.EndsOn)
            changes.Add(new("End date", Words(EndsOn), Words(after.EndsOn), IsWider: false));
        return changes;
    }

    private static string Words(PermissionInfo info, PermissionSet set, Place place) =>
        !set.Has(info.Permission) ? "no"
        : place.IsBody ? (info.Permission != Permission.SchoolReports ? "yes" : set.Schools == SchoolScope.SelectedSchools ? "selected schools" : "all schools")
        : info.HasScope ? (set.ScopeOf(info.Permission) == PupilScope.OwnClasses ? "own classes" : "whole school")
        : info.Permission == Permission.ManageData && set.Has(Permission.SchoolSetup) ? "yes, with School setup"
        : "yes";

    private static string Words(DateOnly? day) => day is { } set ? InWords.Date(set) : "none";
}

/// <summary>One line of before and after.</summary>
/// <param name="IsWider">The person may do or see more than before.</param>
public sealed record AccessChange(string Label, string Before, string After, bool IsWider);
