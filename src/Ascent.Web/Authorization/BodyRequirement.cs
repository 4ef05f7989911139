using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.SignIn;
using Microsoft.AspNetCore.Authorization;

namespace Ascent.Web.Authorization;

/// <summary>The page needs a place in the authority or trust of its address, and what <paramref name="IsOpen"/> asks.</summary>
/// <param name="Door">The door that is asked for, to name it in a refusal.</param>
internal sealed record BodyRequirement(Func<BodyAccess, bool> IsOpen, BodyDoor? Door) : IAuthorizationRequirement
{
    /// <summary>The page where a reset code is given; the only one open while it is missing, and closed when it is not.</summary>
    public bool IsResetDoor { get; init; }

    /// <summary>The page that says why a second factor of another organisation's reset does not open this one; closed to everybody else.</summary>
    public bool IsFactorDoor { get; init; }
}

/// <summary>A page of a body was refused to a member of it; read when the answer is written.</summary>
internal sealed record RefusedBodyDoor(BodyDoor? Door);

/// <summary>Reads the person's access to the authority or trust in the address, afresh, and leaves it for the page.</summary>
internal sealed class BodyRequirementHandler(IHttpContextAccessor contexts, ReadBodyAccess readAccess, TimeProvider clock) : AuthorizationHandler<BodyRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, BodyRequirement requirement)
    {
        if (await OpensAsync(requirement))
            context.Succeed(requirement);
    }

    /// <summary>Leaves the access for the page, or why it does not open for the answer.</summary>
    public async Task<bool> OpensAsync(BodyRequirement requirement)
    {
        if (contexts.HttpContext is not { } http || http.Person() is not { } person)
            return false;
        if (await readAccess.ExecuteAsync(person.AccountId, person.Proof, http.GetRouteValue("body") as string, http.RequestAborted) is not { } access)
            return false;
        http.Features.Set(access with { IsFresh = person.IsFreshAt(clock.Now()) });
        if (access.NeedsSignIn)
            http.Features.Set(new SignInNeeded());
        else if (access.NeedsResetCode != requirement.IsResetDoor)
            http.Features.Set(new ResetCodeNeeded(Entry.Of(access)));
        else if (!requirement.IsResetDoor && (access.FactorGate == FactorGate.Enrol || access.FactorGate == FactorGate.NotTrusted != requirement.IsFactorDoor))
            http.Features.Set(new FactorNeeded(Entry.Of(access)));
        else if (person.TermsVersion < AgreeToTerms.Version)
            http.Features.Set(new TermsNeeded());
        else if (requirement.IsOpen(access))
            return true;
        else
            http.Features.Set(new RefusedBodyDoor(requirement.Door));
        return false;
    }
}

public static class CurrentBody
{
    /// <summary>The access that the page's requirement has read; only pages behind a body's requirement may ask.</summary>
    public static BodyAccess Body(this HttpContext context) =>
        context.Features.Get<BodyAccess>() ?? throw new InvalidOperationException("This page stands behind no body's requirement.");
}
