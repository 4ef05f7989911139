using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>How a component and its children find each other: by type, the nearest one around counts.</summary>
internal static class ContextItems
{
    public static T Put<T>(this TagHelperContext context, T value)
        where T : class
    {
        context.Items[typeof(T)] = value;
        return value;
    }

    public static T? Find<T>(this TagHelperContext context)
        where T : class => context.Items.TryGetValue(typeof(T), out var value) ? value as T : null;

    public static T Get<T>(this TagHelperContext context)
        where T : class => context.Find<T>() ?? throw new InvalidOperationException($"<{context.TagName}> stands outside of the component that it belongs to.");
}
