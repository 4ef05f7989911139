using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Ascent.Web.Components;

/// <summary>The name, id, state and error of a checkbox that stands for one bool.</summary>
internal sealed record OwnField(string Name, string Id, bool IsTrue, string? Error, ViewContext View)
{
    public static OwnField Of(ModelExpression expression, ViewContext view)
    {
        var name = view.ViewData.TemplateInfo.GetFullHtmlFieldName(expression.Name);
        var state = view.ViewData.ModelState;
        // After a post the typed state counts; a box that was not ticked is not in it at all.
        var isTrue = state.TryGetValue(name, out var entry) && entry.AttemptedValue is { } typed
            ? typed.Contains("true", StringComparison.OrdinalIgnoreCase)
            : expression.Model is true;
        return new OwnField(name, TagBuilder.CreateSanitizedId(name, "_"), isTrue, PageFields.FirstError(state, name), view);
    }

    public static OwnField Of(string name, ViewContext view) =>
        new(name, TagBuilder.CreateSanitizedId(name, "_"), false, PageFields.FirstError(view.ViewData.ModelState, name), view);

    public void Register(string id) => PageFields.Of(View).Add(Name, id);
}
