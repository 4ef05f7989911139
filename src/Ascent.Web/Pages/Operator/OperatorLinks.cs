namespace Ascent.Web.Pages.Operator;

/// <summary>The addresses of the operator's pages.</summary>
public static class OperatorLinks
{
    public const string Overview = "/operator";
    public const string Mail = "/operator/mail";

    /// <summary>The main navigation of these pages.</summary>
    public static IReadOnlyList<(string Label, string Href)> Navigation { get; } = [("Overview", Overview), ("Mail", Mail)];

    public static string MailAfter(string what, int count) => $"{Mail}?{what}={count}";

    public static string MailPage(string list, string? after) => after is null ? Mail : $"{Mail}?{list}={Uri.EscapeDataString(after)}";

    /// <param name="mail">One mail, or null for every dead one.</param>
    public static string GiveUp(Guid? mail) => $"{Mail}/give-up{(mail is { } id ? $"?mail={id:N}" : "")}";

    public static string SignUp(string token) => $"/operator/sign-up/{token}";
}
