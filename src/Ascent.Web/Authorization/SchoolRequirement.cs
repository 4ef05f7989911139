using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Web.Pages.Operator;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Ascent.Web.Authorization;

/// <summary>For endpoints that say nothing of who may use them.</summary>
internal sealed class DenyRequirement : IAuthorizationRequirement;

/// <summary>The page needs a place in the school of its address, and what <paramref name="IsOpen"/> asks.</summary>
/// <param name="Exists">False where the page does not exist in this school at all.</param>
/// <param name="Door">The door that is asked for, to name it in a refusal.</param>
internal sealed record SchoolRequirement(Func<SchoolAccess, bool> Exists, Func<SchoolAccess, bool> IsOpen, Door? Door) : EntryRequirement;

/// <summary>Why a page was refused; read when the answer is written.</summary>
internal sealed record RefusedDoor(Door? Door);

/// <summary>The person has to agree to the terms of use before the first page.</summary>
internal sealed record TermsNeeded;

/// <summary>An administrator ended the person's sessions in this school: another sign-in opens it.</summary>
internal sealed record SignInNeeded;

/// <summary>The rule about second factors does not let the session in, or the person stands before its page without need.</summary>
/// <param name="Entry">Null for the operator's pages.</param>
internal sealed record FactorNeeded(Entry? Entry);

/// <summary>The person stands at the wrong side of the page where a reset code is given.</summary>
internal sealed record ResetCodeNeeded(Entry Entry);

/// <summary>The school is locked: nobody opens a page of it.</summary>
internal sealed record SchoolShut(SchoolAccess Access);

/// <summary>The address has the number of a school that has become another, which the person can open: that one is named, and nothing is shown.</summary>
internal sealed record SchoolHasMoved(SchoolAccess Access);

/// <summary>Reads the person's access to the school in the address, afresh, and leaves it for the page.</summary>
internal sealed class SchoolRequirementHandler(IHttpContextAccessor contexts, ReadAccess readAccess, TimeProvider clock) : AuthorizationHandler<SchoolRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, SchoolRequirement requirement)
    {
        if (await OpensAsync(requirement))
            context.Succeed(requirement);
    }

    /// <summary>Leaves the access for the page, or why it does not open for the answer.</summary>
    public async Task<bool> OpensAsync(SchoolRequirement requirement)
    {
        if (contexts.HttpContext is not { } http || http.Person() is not { } person)
            return false;
        if (http.GetRouteValue("urn") as string is not { } urn || await readAccess.ExecuteAsync(person.AccountId, person.Proof, urn, http.RequestAborted) is not { } access)
            return false;
        http.Features.Set(access with { IsFresh = person.IsFreshAt(clock.Now()) });
        if (http.IsStopped(person, Entry.Of(access), requirement))
            return false;
        if (requirement.Exists(access) && requirement.IsOpen(access))
            return true;
        if (requirement.Exists(access))
            http.Features.Set(new RefusedDoor(requirement.Door));
        return false;
    }
}

/// <summary>
/// Another school's page and one that does not exist answer alike, 404; in the own school a missing permission answers 403 and says which.
/// </summary>
internal sealed class RefusedPages : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // The fallback policy is asked for addresses without a page too, and signing in would not bring one.
        if (!authorizeResult.Succeeded && context.GetEndpoint() is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        if (!authorizeResult.Forbidden)
            return standard.HandleAsync(next, context, policy, authorizeResult);
        if (context.Features.Get<SignInNeeded>() is not null)
            return context.ChallengeAsync();
        if (context.Features.Get<ResetCodeNeeded>() is { Entry: var entry })
        {
            context.Response.Redirect(entry.NeedsResetCode ? entry.ResetDoor : entry.Home);
            return Task.CompletedTask;
        }
        if (context.Features.Get<FactorNeeded>() is { } needed)
            return LeadToFactorAsync(context, needed.Entry);
        if (context.Features.Get<TermsNeeded>() is not null)
        {
            var back = HttpMethods.IsGet(context.Request.Method) ? $"?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}" : "";
            context.Response.Redirect($"/terms{back}");
            return Task.CompletedTask;
        }
        if (context.Features.Get<SchoolHasMoved>() is not null)
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return Task.CompletedTask;
        }
        context.Response.StatusCode = context.Features.Get<RefusedDoor>() is null && context.Features.Get<RefusedBodyDoor>() is null && context.Features.Get<SchoolShut>() is null && context.Features.Get<SchoolShutFromAbove>() is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static async Task LeadToFactorAsync(HttpContext context, Entry? entry)
    {
        if (entry?.Gate is FactorGate.Open or FactorGate.NotTrusted)
        {
            context.Response.Redirect(entry.Gate == FactorGate.Open ? entry.Home : entry.FactorDoor);
            return;
        }
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Redirect(SignInLinks.FactorGate(entry?.For, context.Request.Path + context.Request.QueryString));
            return;
        }
        // The rule was made while a form was being filled in: it is offered again, as after the end of a session.
        if (await LostPost.ReadAsync(context.Request) is { } lost)
            context.Features.Set(lost with { FactorHref = SignInLinks.FactorGate(entry?.For, entry is null ? OperatorLinks.Overview : entry.Home) });
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}

public static class CurrentSchool
{
    /// <summary>The access that the page's requirement has read; only pages behind a school requirement may ask.</summary>
    public static SchoolAccess School(this HttpContext context) =>
        context.Features.Get<SchoolAccess>() ?? throw new InvalidOperationException("This page stands behind no school requirement.");
}
