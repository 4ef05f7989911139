using System.Text.RegularExpressions;
using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <param name="Text">The whole answer, to compare it with another one.</param>
internal sealed partial record Heard(int Status, string Location, string Text)
{
    /// <summary>The status, and where it leads without what differs from school to school.</summary>
    public string Short => Location.Length == 0 ? $"{Status}" : $"{Status} {Differs().Replace(Location, "$1…")}";

    [GeneratedRegex("(/schools/)[0-9]+|(?<==)[0-9a-f]{32}")]
    private static partial Regex Differs();
}

/// <summary>Sends what somebody has tampered with, and looks at every answer for what none may have.</summary>
/// <param name="hidden">The school whose people this browser may not see.</param>
internal sealed partial class Sender(Browser browser, FilledSchool hidden)
{
    private readonly List<string> strange = [];

    public IReadOnlyList<string> Strange => strange;

    public async Task<Heard> SendAsync(AskedRequest request)
    {
        using var message = request.ToMessage();
        using var response = await browser.Client.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        var location = response.Headers.Location?.OriginalString ?? "";
        if ((int)response.StatusCode >= 500)
            strange.Add($"{request.Method} {request.Address} answered {(int)response.StatusCode}");
        // What the names of everybody there begin with, and of nobody else. A form that comes too late is offered again with what was sent.
        if (NameOf(hidden, body + location) is { } name && request.Body?.Contains(name, StringComparison.OrdinalIgnoreCase) != true)
            strange.Add($"{request.Method} {request.Address} has “{name}” in its answer");
        var headers = string.Join(", ", response.Headers.Concat(response.Content.Headers).Select(h => h.Key).Order(StringComparer.Ordinal));
        return new((int)response.StatusCode, location, $"{(int)response.StatusCode}\n{headers}\n{Random().Replace(location, "…")}\n{Random().Replace(body, "…")}");
    }

    private static string? NameOf(FilledSchool school, string text)
    {
        var name = school.Setup.Forename[..^"setup".Length];
        var surname = school.Setup.Surname[..^"setup".Length];
        return text.Contains(name, StringComparison.OrdinalIgnoreCase) ? name : text.Contains(surname, StringComparison.OrdinalIgnoreCase) ? surname : null;
    }

    // Form tokens, ids, and the token of the page's own scripts.
    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|nonce=\"[^\"]*\"")]
    private static partial Regex Random();
}
