using System.Text.RegularExpressions;
using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Support;

/// <summary>
/// An answer to the byte: status, names of the headers, where it leads, body. Only what is random in every answer is taken out (form
/// tokens, ids), so that two answers to the same question can be compared.
/// </summary>
public static partial class Answer
{
    public static string Of(Page page)
    {
        var response = page.Response;
        var headers = string.Join(", ", response.Headers.Concat(response.Content.Headers).Select(h => h.Key).Order(StringComparer.Ordinal));
        return $"{(int)page.Status}\n{headers}\n{Random().Replace(page.IsRedirect ? page.Location : "", "…")}\n{Random().Replace(page.Body, "…")}";
    }

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Random();
}
