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

    public static string ResetCode(string body) => $"{Home(body)}/reset-code";

    public static string FactorDoor(string body) => $"{Home(body)}/second-factor";
}
