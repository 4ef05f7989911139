namespace Ascent.Web.Pages.Operator;

/// <summary>The addresses of the operator's pages.</summary>
public static class OperatorLinks
{
    public const string Overview = "/operator";
    public const string Mail = "/operator/mail";
    public const string Organisations = "/operator/organisations";

    /// <summary>The main navigation of these pages.</summary>
    public static IReadOnlyList<(string Label, string Href)> Navigation { get; } = [("Overview", Overview), ("Organisations", Organisations), ("Mail", Mail)];

    public static string MailAfter(string what, int count) => $"{Mail}?{what}={count}";

    public static string MailPage(string list, string? after) => after is null ? Mail : $"{Mail}?{list}={Uri.EscapeDataString(after)}";

    /// <param name="mail">One mail, or null for every dead one.</param>
    public static string GiveUp(Guid? mail) => $"{Mail}/give-up{(mail is { } id ? $"?mail={id:N}" : "")}";

    /// <param name="place">The URN of a school, the address of a body.</param>
    public static string Organisation(string place) => $"{Organisations}/{place}";

    public static string Limits(string urn) => $"{Organisation(urn)}/limits";

    public static string Services(string urn) => $"{Organisation(urn)}/services";

    public static string Unlock(string urn) => $"{Organisation(urn)}/unlock";

    /// <param name="done">What was done there, said once above the page.</param>
    public static string OrganisationAfter(string urn, string done) => $"{Organisation(urn)}?done={done}";

    public static string SignUp(string token) => $"/operator/sign-up/{token}";
}
