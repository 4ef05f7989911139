using System.Text;
using System.Text.RegularExpressions;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>
/// A request as a page of the product offers it, by a link or a form, with the ids of one's own school in it. A test puts other ids in
/// their places; all else stays as it was, the form's own token included.
/// </summary>
/// <param name="Body">Null for a GET.</param>
/// <param name="BodyType">The media type of the body.</param>
internal sealed partial record AskedRequest(string Method, string Address, string? Body, string? BodyType)
{
    /// <summary>What was chosen on the page before its button was pressed, where it has a few ways.</summary>
    public string Choice { get; init; } = "";

    public string Path => Address.Split('?')[0];

    /// <summary>The page's handler, from the address.</summary>
    public string Handler => HandlerName().Match(Address) is { Success: true } named ? named.Groups["name"].Value.ToLowerInvariant() : "";

    /// <summary>The request without what differs from one row of a list to the next.</summary>
    public string Shape => $"{Method} {Id().Replace(Address, "{id}")} {string.Join(' ', BodyFields.Distinct().Order(StringComparer.Ordinal))} {Choice}";

    /// <summary>Every place where an id stands: "path", "query person", "body ids".</summary>
    public IReadOnlyList<string> Places =>
        [.. new[] { Id().IsMatch(Path) ? "path" : null }.Concat(FieldsIn(Query).Select(f => $"query {f}")).Concat(BodyFields.Select(f => $"body {f}")).OfType<string>().Distinct()];

    /// <summary>The id that stands at a place.</summary>
    public Guid? IdAt(string? place) => (place?.Split(' ') switch
    {
        null => Id().Match(Address + Body),
        ["path"] => Id().Match(Path),
        [var where, var field] => Id().Match((where == "query" ? Query : Body ?? "").Split('&').FirstOrDefault(pair => pair.StartsWith($"{field}=", StringComparison.Ordinal)) ?? ""),
        _ => Match.Empty,
    }) is { Success: true, Value: var id } ? Guid.Parse(id) : null;

    /// <summary>The words of the token, so that somebody else can send their own.</summary>
    public AskedRequest WithToken(string token) => this with { Body = Body is null ? null : Token().Replace(Body, token) };

    /// <summary>Puts another id where one stands.</summary>
    /// <param name="place">One of <see cref="Places"/>, or null for all of them.</param>
    public AskedRequest With(string? place, string id) => this with
    {
        Address = (place is null or "path" ? Id().Replace(Path, m => Like(m.Value, id)) : Path) + (Query.Length == 0 ? "" : $"?{In(Query, place, "query", id)}"),
        Body = Body is null ? null : In(Body, place, "body", id),
    };

    /// <summary>Adds a field that a handler reads and the page does not show.</summary>
    public AskedRequest Adding(string field, string id) => Body is null
        ? this with { Address = $"{Address}{(Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{field}={id}" }
        : this with { Body = $"{Body}&{field}={id}" };

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Address);
        if (Body is not null)
        {
            message.Content = new StringContent(Body, Encoding.UTF8);
            message.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(BodyType!);
        }
        return message;
    }

    private string Query => Address.Contains('?', StringComparison.Ordinal) ? Address.Split('?', 2)[1] : "";

    private IEnumerable<string> BodyFields => Body is null || BodyType!.StartsWith("multipart", StringComparison.Ordinal) ? [] : FieldsIn(Body);

    // What begins with an id: an address to go back to has one within it, and is none.
    private static IEnumerable<string> FieldsIn(string form) =>
        form.Split('&').Where(pair => Id().Match(pair.Split('=', 2)[^1]) is { Success: true, Index: 0 }).Select(pair => pair.Split('=')[0]);

    private static string In(string form, string? place, string where, string id) => string.Join('&', form.Split('&').Select(pair =>
        (place is null || place == $"{where} {pair.Split('=')[0]}") && !Token().IsMatch(pair) ? Id().Replace(pair, m => Like(m.Value, id)) : pair));

    // As the page wrote it, with or without dashes; what is no id is written as it is.
    private static string Like(string present, string id) => Guid.TryParse(id, out var read) ? read.ToString(present.Contains('-', StringComparison.Ordinal) ? "D" : "N") : Uri.EscapeDataString(id);

    [GeneratedRegex("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+")]
    private static partial Regex Token();

    [GeneratedRegex("[?&]handler=(?<name>[A-Za-z]+)")]
    private static partial Regex HandlerName();
}
