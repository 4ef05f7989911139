using System.Text.Json;
using Microsoft.AspNetCore.Html;

namespace Ascent.Web.Tests.Components;

/// <summary>
/// The options of a fixture. It remembers what was read: an option that nobody asked for is one that we do not support,
/// and its fixture is left out rather than compared by half.
/// </summary>
public sealed class Options(JsonElement json)
{
    private readonly HashSet<string> _read = [];
    private readonly List<Options> _inner = [];

    public string? Text(string name) => Value(name) is { } value
        ? value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    public bool? Flag(string name) => Value(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public bool Has(string name) => Content(name, name) is not null;

    public Options? Inner(string name) => Value(name) is { ValueKind: JsonValueKind.Object } value ? Keep(new Options(value)) : null;

    /// <summary>An item that is not one: templates count it, pages cannot write it.</summary>
    public bool HasGaps(string name) => Value(name) is { ValueKind: JsonValueKind.Array } value && value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object);

    /// <summary>Falsy items are left out, as the templates do.</summary>
    public IReadOnlyList<Options> List(string name) => Value(name) is { ValueKind: JsonValueKind.Array } value
        ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => Keep(new Options(item)))]
        : [];

    public IReadOnlyList<string>? Texts(string name) => Value(name) is { ValueKind: JsonValueKind.Array } value
        ? [.. value.EnumerateArray().Select(item => item.ToString())]
        : null;

    /// <summary>`html` as it is, else `text` encoded.</summary>
    public object? Content(string html = "html", string text = "text")
    {
        var plain = Text(text);
        return Value(html)?.ValueKind != JsonValueKind.False && Text(html) is { Length: > 0 } raw ? new HtmlString(raw) : plain;
    }

    public IEnumerable<(string Name, string? Value)> Attributes(string name = "attributes") =>
        Inner(name) is { } inner ? inner.All() : [];

    public IReadOnlyList<string> Unread() =>
        json.ValueKind != JsonValueKind.Object ? [] :
        [.. json.EnumerateObject().Select(property => property.Name).Where(name => !_read.Contains(name)), .. _inner.SelectMany(inner => inner.Unread())];

    private IEnumerable<(string, string?)> All() => [.. json.EnumerateObject().Select(property => (property.Name, Text(property.Name)))];

    private Options Keep(Options options)
    {
        _inner.Add(options);
        return options;
    }

    private JsonElement? Value(string name)
    {
        _read.Add(name);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
