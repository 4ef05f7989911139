using Ascent.Organisations;

namespace Ascent.Web.Pages.Operator.Organisations;

public static class OrganisationWords
{
    public static string Kind(OrganisationKind kind) => kind switch
    {
        OrganisationKind.LocalAuthority => "Local authority",
        OrganisationKind.Trust => "Trust",
        _ => "School",
    };
}
