namespace Ascent.Web.Pages.SetUp;

/// <summary>The addresses of the first-run set-up. The token is the one from the console.</summary>
public static class SetUpLinks
{
    public const string Start = "/set-up";

    public static string Address(string token) => $"/set-up/{token}";

    public static string Mail(string token) => $"/set-up/{token}/mail";

    public static string Schools(string token) => $"/set-up/{token}/schools";

    public static string Register(string token) => $"/set-up/{token}/schools/register";

    public static string OneSchool(string token) => $"/set-up/{token}/schools/one";

    public static string Authority(string token) => $"/set-up/{token}/schools/authority";

    /// <param name="find">What to look for; null for the empty question.</param>
    public static string WhichSchool(string token, string? find = null) => $"/set-up/{token}/school{(find is null ? "" : $"?find={Uri.EscapeDataString(find)}")}";

    public static string Administrator(string token, string urn) => $"/set-up/{token}/administrator?school={Uri.EscapeDataString(urn)}";
}
