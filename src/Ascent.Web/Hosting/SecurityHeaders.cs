namespace Ascent.Web.Hosting;

internal static class SecurityHeaders
{
    public static HeaderPolicyCollection Policy() => new HeaderPolicyCollection()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().Self();
            csp.AddObjectSrc().None();
            csp.AddBaseUri().None();
            csp.AddFrameAncestors().None();
            csp.AddFormAction().Self();
        })
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        // A sign-up link is an address: no other site, and no other page, is told it.
        .AddReferrerPolicyNoReferrer()
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains(maxAgeInSeconds: 365 * 24 * 60 * 60)
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(policy =>
        {
            policy.AddDefaultSecureDirectives();
            // Passkeys, for this server's own pages.
            policy.AddPublickeyCredentialsGet().Self();
        })
        .RemoveServerHeader();
}
