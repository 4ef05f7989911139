namespace Ascent.Web.Pages.Bodies;

/// <summary>The addresses below an authority or trust, "la-931" or "trust-TR01234".</summary>
public static class BodyLinks
{
    public static string Home(string body) => $"/organisations/{body}";

    public static string Schools(string body) => $"{Home(body)}/schools";

    /// <summary>Where the pages of a linked school's people begin; see <see cref="Accounts.AccountLinks"/>.</summary>
    public static string School(string body, string urn) => $"{Schools(body)}/{Uri.EscapeDataString(urn)}";

    /// <param name="done">"locked" or "unlocked", said above the list.</param>
    public static string SchoolsAfter(string body, string done, string urn) => $"{Schools(body)}?done={done}&school={Uri.EscapeDataString(urn)}";

    public static string Lock(string body, string urn) => $"{Schools(body)}/{Uri.EscapeDataString(urn)}/lock";

    public static string Unlock(string body, string urn) => $"{Schools(body)}/{Uri.EscapeDataString(urn)}/unlock";

    /// <summary>For the suggestions below a field.</summary>
    public static string FindSchools(string body) => $"{Schools(body)}/find";

    /// <summary>Which school is asked for a link.</summary>
    public static string AskASchool(string body) => $"{Schools(body)}/ask";

    public static string Ask(string body, string urn) => $"{Schools(body)}/{Uri.EscapeDataString(urn)}/ask";

    /// <summary>What schools were asked, and what they answered.</summary>
    public static string Asked(string body) => $"{Schools(body)}/asked";

    /// <param name="done">"asked" or "withdrawn", said above the list.</param>
    public static string AskedAfter(string body, string done, string urn) => $"{Asked(body)}?done={done}&school={Uri.EscapeDataString(urn)}";

    /// <param name="change">Came from the last page to change one answer, and goes back there.</param>
    public static string CreateUser(string body, string step, Guid? journey = null, bool change = false) =>
        $"{Home(body)}/users/create/{step}{(journey is null ? "" : $"?j={journey:N}{(change ? "&change=1" : "")}")}";

    public static string CreateUserAnew(string body) => $"{Home(body)}/users/create/about?expired=1";

    /// <param name="urn">Of the school whose administrator was made; null for the body's own users.</param>
    public static string PendingUsersAfterCreation(string body, string? urn, Guid membershipId) =>
        Accounts.AccountLinks.PendingUsersAfterCreation(urn is null ? Home(body) : School(body, urn), membershipId);

    public static string ResetCode(string body) => $"{Home(body)}/reset-code";

    public static string FactorDoor(string body) => $"{Home(body)}/second-factor";
}
