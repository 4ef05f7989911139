namespace Ascent.Organisations;

/// <summary>How an authority or trust stands in addresses and commands: "la-931", "trust-TR01234". Schools stand there by their URN.</summary>
public static class BodyAddress
{
    private const string LocalAuthority = "la-";
    private const string Trust = "trust-";

    public static string Of(OrganisationKind kind, string code) => kind switch
    {
        OrganisationKind.LocalAuthority => LocalAuthority + code,
        OrganisationKind.Trust => Trust + code,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A school has no such address."),
    };

    /// <summary>The kind and the code; null for what is no such address.</summary>
    public static (OrganisationKind Kind, string Code)? Read(string? address) => address switch
    {
        { } text when text.StartsWith(LocalAuthority, StringComparison.Ordinal) && text.Length > LocalAuthority.Length => (OrganisationKind.LocalAuthority, text[LocalAuthority.Length..]),
        { } text when text.StartsWith(Trust, StringComparison.Ordinal) && text.Length > Trust.Length => (OrganisationKind.Trust, text[Trust.Length..]),
        _ => null,
    };
}
