using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Ascent.Web.Authorization;

/// <summary>Where a door stands: in the main navigation, or in the administration menu.</summary>
public enum DoorPlace
{
    Reports,
    Targets,
    Collaborate,
    Tracking,
    Data,
    Users,
    PupilsAndClasses,
    TargetSettingManagement,
    CollaborateAdministration,
    TrackingSetUp,
    OurOrganisation,
    Log,
}

/// <summary>
/// An entry to a module: its page, the permission that opens it, and its place in the menus. Menu and authorisation read the same
/// entry, so that nobody sees what they cannot open or opens what they do not see.
/// </summary>
/// <param name="Path">Below /schools/URN/.</param>
/// <param name="Page">The Razor page, or a folder when it ends in a slash.</param>
/// <param name="Service">What it belongs to, and is gone with when that is switched off; none for what every school has.</param>
public sealed record Door(DoorPlace Place, string Label, string Hint, string Icon, string Path, string Page, Permission Permission, SchoolServices Service = SchoolServices.None)
{
    public string Policy => $"door {Page}";

    /// <summary>A school of this kind has the door, though the service may be off: Pupil Tracking is in primary schools only.</summary>
    public bool BelongsTo(SchoolAccess access) => Service != SchoolServices.PupilTracking || access.HasTracking;

    /// <summary>The door exists in this school today.</summary>
    public bool IsIn(SchoolAccess access) => BelongsTo(access) && access.Services.Has(Service);

    public bool IsOpenTo(SchoolAccess access) => IsIn(access) && access.Permissions.Has(Permission);

    public string Href(SchoolAccess access) => $"/schools/{access.Urn}/{Path}";
}

public static class Doors
{
    public const string Member = "member of the school";
    public const string Administrator = "holder of an administration right";
    public const string SignedIn = "signed in";
    public const string Operator = "operator of the server";
    public const string ResetDoor = "member who owes a reset code";
    public const string FactorDoor = "member whose second factor was reset elsewhere";

    public static IReadOnlyList<Door> All { get; } =
    [
        new(DoorPlace.Reports, "School level", "Dashboards of the whole school", "chart", "reports", "/Reports/", Permission.SchoolReports, SchoolServices.Reports),
        new(DoorPlace.Reports, "Pupils", "Dashboards with pupils’ names", "pupil", "reports/pupils", "/Reports/Pupils/", Permission.PupilReports, SchoolServices.Reports),
        new(DoorPlace.Targets, "Targets", "What pupils aim for", "target", "targets", "/Targets/Index", Permission.SchoolReports, SchoolServices.Targets),
        new(DoorPlace.Collaborate, "Collaborate", "Groups of schools that compare themselves", "handshake", "collaborate", "/Collaborate/Index", Permission.AllCollaborateGroups, SchoolServices.Collaborate),
        new(DoorPlace.Tracking, "School and class reports", "Tracking figures by school and class", "chart", "tracking/reports", "/Tracking/Reports", Permission.TrackingSchoolReports, SchoolServices.PupilTracking),
        new(DoorPlace.Tracking, "Pupil reports", "Tracking with pupils’ names", "pupil", "tracking/pupils", "/Tracking/Pupils", Permission.TrackingPupilReports, SchoolServices.PupilTracking),
        new(DoorPlace.Tracking, "Assessments", "Create and edit assessments and School Groups", "clipboard", "tracking/assessments", "/Tracking/Assessments", Permission.TrackingAssessments, SchoolServices.PupilTracking),
        new(DoorPlace.Tracking, "Marks", "Add pupil assessment data", "pencil", "tracking/marks", "/Tracking/Marks", Permission.TrackingMarks, SchoolServices.PupilTracking),
        new(DoorPlace.Data, "Data", "Pupils, classes, subjects and results", "database", "data", "/SchoolData/", Permission.ManageData),
        new(DoorPlace.Users, "Create a single user", "One person, step by step", "user-plus", "users/create/about", "/Accounts/CreateUser/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Create multiple users", "From a spreadsheet, with a preview", "upload", "users/create-multiple", "/Accounts/CreateUsers/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Manage users", "Change, deactivate or delete", "users", "users/manage", "/Accounts/ManageUsers/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Pending users", "Links and activation codes", "key", "users/pending", "/Accounts/PendingUsers/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Access templates", "Sets of rights to give again", "clipboard", "users/templates", "/Accounts/Templates/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Who can see what", "From a page or a person, and why", "help", "users/explain", "/Accounts/Explain/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Access review", "Does everybody still need what they have?", "clipboard", "users/review", "/Accounts/Review/", Permission.SchoolSetup),
        new(DoorPlace.Users, "Reset codes", "For a forgotten password or a lost device", "shield", "users/reset-codes", "/Accounts/ResetCodes", Permission.SchoolSetup),
        new(DoorPlace.Users, "Sign-in rules", "Who has to have a second factor", "lock", "users/sign-in-rules", "/Accounts/SignInRules/", Permission.SchoolSetup),
        new(DoorPlace.PupilsAndClasses, "Pupils & classes", "Import pupils, look after classes and subjects", "database", "data", "/SchoolData/", Permission.ManageData),
        new(DoorPlace.TargetSettingManagement, "Target Setting management", "Who sets targets, from when to when", "target", "targets/management", "/Targets/Management", Permission.SchoolSetup, SchoolServices.Targets),
        new(DoorPlace.CollaborateAdministration, "Collaborate administration", "Groups, and who sees them", "handshake", "collaborate/administration", "/Collaborate/Administration", Permission.SchoolSetup, SchoolServices.Collaborate),
        new(DoorPlace.TrackingSetUp, "Pupil Tracking set-up", "Assessment points and scales", "clipboard", "tracking/set-up", "/Tracking/SetUp", Permission.SchoolSetup, SchoolServices.PupilTracking),
        new(DoorPlace.OurOrganisation, "Our organisation", "Which authority or trust reaches the school", "school", "our-organisation", "/Accounts/OurOrganisation/", Permission.SchoolSetup),
        new(DoorPlace.Log, "Log", "Who did what, and when", "log", "log", "/Accounts/Log/", Permission.SchoolSetup),
    ];

    /// <summary>The page that lists the Users group, for people without script.</summary>
    public static Door Users { get; } = new(DoorPlace.Users, "Users", "Create users, and see who is pending", "users", "users", "/Accounts/Users", Permission.SchoolSetup);

    public static IEnumerable<Door> MainNavigation(SchoolAccess access) => All.Where(d => d.Place <= DoorPlace.Data && d.IsOpenTo(access));

    public static IEnumerable<Door> Administration(SchoolAccess access) => All.Where(d => d.Place > DoorPlace.Data && d.IsOpenTo(access));

    /// <summary>Puts each page behind its requirement. A page that is in no list is open to nobody: the fallback policy denies.</summary>
    public static void Authorize(PageConventionCollection pages)
    {
        foreach (var door in All.Append(Users).DistinctBy(d => d.Page))
            if (door.Page.EndsWith('/'))
                pages.AuthorizeFolder(door.Page.TrimEnd('/'), door.Policy);
            else
                pages.AuthorizePage(door.Page, door.Policy);
        // Names pupils as the pages of the door do.
        pages.AuthorizeFolder("/Reports/WhatIf", All.Single(d => d.Page == "/Reports/Pupils/").Policy);
        BodyDoors.Authorize(pages);
        StaffRoutes.Add(pages);
        pages.AuthorizePage("/Home/School", Member);
        pages.AuthorizePage("/Home/Administration", Administrator);
        pages.AuthorizePage("/Index", SignedIn);
        pages.AuthorizePage("/SignIn/Terms", SignedIn);
        pages.AuthorizePage("/SignIn/ConfirmPassword", SignedIn);
        pages.AuthorizeFolder("/Profile", SignedIn);
        pages.AuthorizePage("/SignIn/ResetCode", ResetDoor);
        pages.AuthorizePage("/SignIn/FactorDoor", FactorDoor);
        pages.AuthorizeFolder("/Operator", Operator);
        // Opens with the token from the console, while there is nothing on the server; every page of it asks.
        pages.AllowAnonymousToFolder("/SetUp");
        foreach (var open in (string[])["/SignIn/SignIn", "/SignIn/Factor", "/SignIn/FactorReset", "/SignIn/Forgotten", "/SignIn/NewPassword", "/Accounts/SignUp", "/Operator/SignUp", "/Errors/Error", "/Help/Index", "/Demo/Outbox", "/About/Accessibility", "/About/Privacy"])
            pages.AllowAnonymousToPage(open);
    }

    // Pages that authorities and trusts have too are asked for by their address.
    private static IAuthorizationRequirement Requirement(Door door)
    {
        var school = new SchoolRequirement(door.IsIn, door.IsOpenTo, door);
        return BodyDoors.All.FirstOrDefault(d => d.Page == door.Page) is { } body ? new StaffRequirement(school, new BodyRequirement(body.IsOpenTo, body)) : school;
    }

    public static void AddDoors(this IServiceCollection services)
    {
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new DenyRequirement()).Build();
            foreach (var door in All.Append(Users).DistinctBy(d => d.Page))
                options.AddPolicy(door.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(Requirement(door)));
            BodyDoors.AddPolicies(options);
            options.AddPolicy(Member, policy => policy.RequireAuthenticatedUser().AddRequirements(new SchoolRequirement(_ => true, _ => true, null)));
            options.AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().AddRequirements(new SchoolRequirement(_ => true, a => Administration(a).Any(), null)));
            options.AddPolicy(ResetDoor, policy => policy.RequireAuthenticatedUser().AddRequirements(new SchoolRequirement(_ => true, _ => true, null) { IsResetDoor = true }));
            options.AddPolicy(FactorDoor, policy => policy.RequireAuthenticatedUser().AddRequirements(new SchoolRequirement(_ => true, _ => true, null) { IsFactorDoor = true }));
            options.AddPolicy(Operator, policy => policy.RequireAuthenticatedUser().AddRequirements(new OperatorRequirement()));
            options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        });
        services.AddHttpContextAccessor();
        services.AddScoped<SchoolRequirementHandler>();
        services.AddScoped<BodyRequirementHandler>();
        services.AddScoped<IAuthorizationHandler>(s => s.GetRequiredService<SchoolRequirementHandler>());
        services.AddScoped<IAuthorizationHandler>(s => s.GetRequiredService<BodyRequirementHandler>());
        services.AddScoped<IAuthorizationHandler, StaffRequirementHandler>();
        services.AddScoped<IAuthorizationHandler, OperatorRequirementHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedPages>();
    }
}
