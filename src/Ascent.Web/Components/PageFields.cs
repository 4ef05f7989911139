using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Ascent.Web.Components;

/// <summary>
/// The fields of the page in the order in which they stand, with the element that a link in the error summary has to
/// reach. ModelState cannot tell either: it knows names, in an order of its own.
/// </summary>
internal sealed class PageFields
{
    private readonly List<(string Key, string ElementId)> _fields = [];

    public static PageFields Of(ViewContext view)
    {
        var items = view.HttpContext.Items;
        if (items.TryGetValue(typeof(PageFields), out var found) && found is PageFields fields) return fields;
        items[typeof(PageFields)] = fields = new PageFields();
        return fields;
    }

    public void Add(string key, string elementId) => _fields.Add((key, elementId));

    /// <summary>One message a field, in page order; then what belongs to no field.</summary>
    public IEnumerable<(string Message, string? ElementId)> Errors(ModelStateDictionary state)
    {
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, elementId) in _fields)
        {
            if (FirstError(state, key) is { } message && told.Add(key)) yield return (message, elementId);
        }
        foreach (var (key, entry) in state)
        {
            if (told.Contains(key)) continue;
            foreach (var error in entry.Errors) yield return (error.ErrorMessage, null);
        }
    }

    public static string? FirstError(ModelStateDictionary state, string key) =>
        state.TryGetValue(key, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
