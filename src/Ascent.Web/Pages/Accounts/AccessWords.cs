using Ascent.Shared.Permissions;
using Ascent.Web.Components;
using Ascent.Web.Journeys;

namespace Ascent.Web.Pages.Accounts;

/// <summary>Permissions in the words of the pages.</summary>
public static class AccessWords
{
    /// <summary>The short tags of a list: what is held, School setup first; pupils' names are the only warm one.</summary>
    public static IReadOnlyList<AccessTag> Tags(PermissionSet permissions, Place place)
    {
        var tags = new List<AccessTag>();
        var held = permissions.Effective(place);
        foreach (var permission in permissions.Held().Where(held.Has))
        {
            var tone = permission switch
            {
                Permission.SchoolSetup or Permission.LaSetup => AccessTone.Strong,
                Permission.ManageData => AccessTone.Normal,
                Permission.PupilReports or Permission.TrackingPupilReports => AccessTone.Warm,
                _ => AccessTone.Plain,
            };
            var info = PermissionCatalogue.Of(permission);
            tags.Add(new(Tag(info, permissions, place), tone));
        }
        return tags.Count > 0 ? tags : [new("No access yet")];
    }

    /// <summary>The short word of a permission in a place, without its scope.</summary>
    public static string Tag(PermissionInfo info, Place place) => info.Permission switch
    {
        Permission.LaSetup when place.IsTrust => "Trust setup",
        Permission.LaReports when place.IsTrust => "Trust reports",
        _ => info.Tag,
    };

    private static string Tag(PermissionInfo info, PermissionSet permissions, Place place) =>
        place.IsBody && info.Permission == Permission.SchoolReports ? $"{info.Tag}, {(permissions.Schools == SchoolScope.SelectedSchools ? "selected schools" : "all schools")}"
        : !place.IsBody && info.HasScope && permissions.ScopeOf(info.Permission) == PupilScope.OwnClasses ? $"{info.Tag}, own classes" : Tag(info, place);

    /// <summary>The label with its scope, as the confirm page has it.</summary>
    public static string Label(Permission permission, PermissionSet permissions, bool hasTracking)
    {
        var label = PermissionCatalogue.Label(permission, hasTracking);
        return PermissionCatalogue.Of(permission).HasScope && permissions.ScopeOf(permission) == PupilScope.OwnClasses ? $"{label} (own classes)" : label;
    }

    public static IReadOnlyList<PermissionGroup> GroupsOf(string step) => step switch
    {
        CreateUserSteps.Administration => [PermissionGroup.Administration],
        CreateUserSteps.Reports => [PermissionGroup.Reports],
        CreateUserSteps.Tracking => [PermissionGroup.TrackingReports, PermissionGroup.TrackingAdministration],
        _ => [],
    };

    /// <summary>What was chosen on one step, a line each; "None" when nothing was.</summary>
    public static IReadOnlyList<string> InStep(string step, PermissionSet permissions, bool hasTracking)
    {
        var groups = GroupsOf(step);
        var lines = permissions.Held().Where(p => groups.Contains(PermissionCatalogue.Of(p).Group)).Select(p => Label(p, permissions, hasTracking)).ToList();
        return lines.Count > 0 ? lines : ["None"];
    }

    /// <summary>Completes "Hannah will be able to" and "Hannah will not be able to".</summary>
    public static (IReadOnlyList<string> Can, IReadOnlyList<string> Cannot) PlainWords(PermissionSet permissions, Place place)
    {
        var held = permissions.Effective(place);
        var all = PermissionCatalogue.In(place).ToArray();
        return ([.. all.Where(info => held.Has(info.Permission)).Select(info => Words(info, permissions, place))], [.. all.Where(info => !held.Has(info.Permission)).Select(info => info.Can)]);
    }

    private static string Words(PermissionInfo info, PermissionSet permissions, Place place) =>
        place.IsBody && info.Permission == Permission.SchoolReports ? $"{info.Can}, {(permissions.Schools == SchoolScope.SelectedSchools ? "of those chosen for the person" : "of all that are linked")}"
        : info.HasScope && permissions.ScopeOf(info.Permission) == PupilScope.OwnClasses ? $"{info.Can}, of their own classes only" : info.Can;
}
