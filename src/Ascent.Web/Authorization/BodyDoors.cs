using Ascent.Accounts.Above;
using Ascent.Shared.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Ascent.Web.Authorization;

/// <summary>Where a door of an authority or trust stands in its menu.</summary>
public enum BodyDoorPlace
{
    Organisations,
    Users,
    Log,
}

/// <summary>An entry to what an authority or trust may do: as <see cref="Door"/> for a school.</summary>
/// <param name="Path">Below /organisations/BODY/.</param>
/// <param name="Page">The Razor page, or a folder when it ends in a slash.</param>
/// <param name="OnHomeOnly">Too seldom wanted to stand in the navigation: Home leads there.</param>
public sealed record BodyDoor(BodyDoorPlace Place, string Label, string Hint, string Icon, string Path, string Page, Permission Permission, bool OnHomeOnly = false)
{
    /// <summary>The page is one of schools too, and stands behind their door, which asks for this one at the addresses of bodies.</summary>
    public bool IsShared => Doors.All.Any(d => d.Page == Page);

    public string Policy => $"body door {Page}";

    public bool IsOpenTo(BodyAccess access) => access.Permissions.Has(Permission);

    public string Href(BodyAccess access) => $"/organisations/{access.Address}/{Path}";
}

public static class BodyDoors
{
    public const string Member = "member of the authority or trust";
    public const string ResetDoor = "member of a body who owes a reset code";
    public const string FactorDoor = "member of a body whose second factor was reset elsewhere";

    public static IReadOnlyList<BodyDoor> All { get; } =
    [
        new(BodyDoorPlace.Organisations, "Manage organisations", "The schools, who is in them, and locks", "school", "schools", "/Bodies/Schools/", Permission.LaSetup),
        new(BodyDoorPlace.Users, "Create a user", "Of your organisation, or an administrator of a school", "user-plus", "users/create/about", "/Bodies/CreateUser/", Permission.LaSetup),
        new(BodyDoorPlace.Users, "Manage users", "Your own users, and the administrators of schools", "users", "users/manage", "/Accounts/ManageUsers/", Permission.LaSetup),
        new(BodyDoorPlace.Users, "Pending users", "Links and activation codes", "key", "users/pending", "/Accounts/PendingUsers/", Permission.LaSetup),
        new(BodyDoorPlace.Users, "Reset codes", "For a forgotten password or a lost device", "shield", "users/reset-codes", "/Accounts/ResetCodes", Permission.LaSetup, OnHomeOnly: true),
        new(BodyDoorPlace.Users, "Sign-in rules", "Who has to have a second factor", "lock", "users/sign-in-rules", "/Accounts/SignInRules/", Permission.LaSetup, OnHomeOnly: true),
        new(BodyDoorPlace.Log, "Log", "Who did what, and when", "log", "log", "/Accounts/Log/", Permission.LaSetup),
    ];

    public static IEnumerable<BodyDoor> OpenTo(BodyAccess access) => All.Where(d => d.IsOpenTo(access));

    internal static void Authorize(PageConventionCollection pages)
    {
        foreach (var door in All.Where(d => !d.IsShared).DistinctBy(d => d.Page))
            if (door.Page.EndsWith('/'))
                pages.AuthorizeFolder(door.Page.TrimEnd('/'), door.Policy);
            else
                pages.AuthorizePage(door.Page, door.Policy);
        pages.AuthorizePage("/Bodies/Home", Member);
        pages.AuthorizePage("/SignIn/BodyResetCode", ResetDoor);
        pages.AuthorizePage("/SignIn/BodyFactorDoor", FactorDoor);
    }

    internal static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var door in All.Where(d => !d.IsShared).DistinctBy(d => d.Page))
            options.AddPolicy(door.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(new BodyRequirement(door.IsOpenTo, door)));
        options.AddPolicy(Member, policy => policy.RequireAuthenticatedUser().AddRequirements(new BodyRequirement(_ => true, null)));
        options.AddPolicy(ResetDoor, policy => policy.RequireAuthenticatedUser().AddRequirements(new BodyRequirement(_ => true, null) { IsResetDoor = true }));
        options.AddPolicy(FactorDoor, policy => policy.RequireAuthenticatedUser().AddRequirements(new BodyRequirement(_ => true, null) { IsFactorDoor = true }));
    }
}
