using Ascent.Accounts.Operators;
using Microsoft.AspNetCore.Authorization;

namespace Ascent.Web.Authorization;

/// <summary>The page is for whoever runs the server. For everybody else who is signed in it does not exist.</summary>
internal sealed class OperatorRequirement : IAuthorizationRequirement;

/// <summary>Reads whether the person is an operator, afresh, and leaves the answer for the page.</summary>
internal sealed class OperatorRequirementHandler(IHttpContextAccessor contexts, ReadOperator readOperator) : AuthorizationHandler<OperatorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorRequirement requirement)
    {
        if (contexts.HttpContext is not { } http || http.Person() is not { } person)
            return;
        if (await readOperator.ExecuteAsync(person.AccountId, http.RequestAborted) is not { } access)
            return;
        // Whoever runs the server has to have a second factor, whatever any organisation asks.
        if (!access.HasFactor)
            http.Features.Set(new FactorNeeded(null));
        else if (!person.GaveFactor)
            http.Features.Set(new SignInNeeded());
        else
        {
            http.Features.Set(access);
            context.Succeed(requirement);
        }
    }
}

public static class CurrentOperator
{
    /// <summary>The access that the page's requirement has read; only pages behind the operator requirement may ask.</summary>
    public static OperatorAccess Operator(this HttpContext context) =>
        context.Features.Get<OperatorAccess>() ?? throw new InvalidOperationException("This page stands behind no operator requirement.");
}
