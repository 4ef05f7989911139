using Ascent.Accounts;
using Ascent.Accounts.Above;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Ascent.Web.Authorization;

/// <summary>
/// The page stands at several addresses, and its address says what it needs: below a school <paramref name="School"/>; below an authority or
/// trust <paramref name="Body"/>, and with a school after it the link with that school besides.
/// </summary>
internal sealed record StaffRequirement(SchoolRequirement School, BodyRequirement Body) : IAuthorizationRequirement;

/// <summary>The school is locked, so that its people cannot be looked after from above either.</summary>
internal sealed record SchoolShutFromAbove(string School);

internal sealed class StaffRequirementHandler(IHttpContextAccessor contexts, SchoolRequirementHandler schools, BodyRequirementHandler bodies, EnterFromAbove enter) : AuthorizationHandler<StaffRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        if (contexts.HttpContext is { } http && await OpensAsync(http, requirement))
            context.Succeed(requirement);
    }

    private async Task<bool> OpensAsync(HttpContext http, StaffRequirement requirement)
    {
        // Both are parts of the address as its route names them, which nobody can add to another address.
        if (http.GetRouteValue("body") is null)
            return await schools.OpensAsync(requirement.School);
        if (!await bodies.OpensAsync(requirement.Body))
            return false;
        if (http.GetRouteValue("urn") as string is not { } urn)
            return true;
        var entered = await enter.ExecuteAsync(urn, http.Body().Actor, http.RequestAborted);
        if (entered.Succeeded)
            http.Features.Set(entered.Value);
        else if (entered.Refusals is [SchoolIsLocked locked])
            http.Features.Set(new SchoolShutFromAbove(locked.School));
        return entered.Succeeded;
    }
}

/// <summary>Puts pages about people of a school at the addresses of authorities and trusts too; a page in neither list is there in schools only.</summary>
internal static class StaffRoutes
{
    private const string School = "schools/{urn}/";

    private static readonly string[] InBodies =
    [
        "/Accounts/ManageUsers/Index", "/Accounts/ManageUsers/Edit", "/Accounts/ManageUsers/Deactivate", "/Accounts/ManageUsers/Reactivate", "/Accounts/ManageUsers/ResetSignUp",
        "/Accounts/ManageUsers/ResetFactor", "/Accounts/ManageUsers/EndSessions", "/Accounts/ManageUsers/Delete", "/Accounts/ManageUsers/DeactivateSelected", "/Accounts/ManageUsers/EndDateSelected",
        "/Accounts/PendingUsers/Index", "/Accounts/PendingUsers/Edit", "/Accounts/PendingUsers/Delete", "/Accounts/PendingUsers/DeleteSelected", "/Accounts/PendingUsers/ResendSelected", "/Accounts/PendingUsers/Slip",
        "/Accounts/ResetCodes", "/Accounts/SignInRules/Index", "/Accounts/Log/Index",
    ];

    // What may be done to a school's holders from above, and nothing for several people at once.
    private static readonly string[] FromAbove =
    [
        "/Accounts/ManageUsers/Index", "/Accounts/ManageUsers/Edit", "/Accounts/ManageUsers/Deactivate", "/Accounts/ManageUsers/Reactivate", "/Accounts/ManageUsers/ResetSignUp",
        "/Accounts/PendingUsers/Index", "/Accounts/PendingUsers/Edit", "/Accounts/PendingUsers/Slip", "/Accounts/ResetCodes",
    ];

    public static void Add(PageConventionCollection pages)
    {
        foreach (var page in InBodies)
            AddBelow(pages, page, "organisations/{body}/");
        foreach (var page in FromAbove)
            AddBelow(pages, page, "organisations/{body}/schools/{urn}/");
    }

    private static void AddBelow(PageConventionCollection pages, string page, string below) => pages.AddPageRouteModelConvention(page, model =>
    {
        var own = model.Selectors.Select(s => s.AttributeRouteModel!.Template!.TrimStart('/')).Single(t => t.StartsWith(School, StringComparison.Ordinal));
        // Links to pages are written by AccountLinks; the framework goes on making those of the school.
        model.Selectors.Add(new() { AttributeRouteModel = new() { Template = below + own[School.Length..], SuppressLinkGeneration = true } });
    });
}
