using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>
/// Builds the elements inside a component. TagHelperOutput is used for them, not TagBuilder, because attributes that a
/// page wrote are encoded already and TagBuilder would encode them again.
/// </summary>
internal static class Element
{
    public static TagHelperOutput Of(string name, string? classes = null)
    {
        var element = new TagHelperOutput(name, [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        return classes is null ? element : element.With("class", classes);
    }

    /// <summary>A null value leaves the attribute out.</summary>
    public static TagHelperOutput With(this TagHelperOutput element, string attribute, string? value)
    {
        if (value is not null) element.Attributes.SetAttribute(attribute, value);
        return element;
    }

    public static TagHelperOutput Flag(this TagHelperOutput element, string attribute, bool present = true)
    {
        if (present) element.Attributes.SetAttribute(new TagHelperAttribute(attribute));
        return element;
    }

    public static TagHelperOutput Add(this TagHelperOutput element, params ReadOnlySpan<IHtmlContent?> children)
    {
        foreach (var child in children)
        {
            if (child is not null) element.Content.AppendHtml(child);
        }
        return element;
    }

    public static TagHelperOutput Text(this TagHelperOutput element, string? text)
    {
        element.Content.Append(text);
        return element;
    }

    /// <summary>What the page wrote about the component goes to the element inside it that people use.</summary>
    public static TagHelperOutput Take(this TagHelperOutput element, TagHelperAttributeList attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name == "class") element.AddClass(attribute.Value?.ToString());
            else element.Attributes.SetAttribute(attribute);
        }
        return element;
    }

    /// <summary>Ours first: a page adds modifiers to a component's class, it does not replace it.</summary>
    public static TagHelperOutput PutClass(this TagHelperOutput element, string classes)
    {
        var given = element.Attributes["class"]?.Value?.ToString();
        return element.With("class", string.IsNullOrWhiteSpace(given) ? classes : $"{classes} {given}");
    }

    public static TagHelperOutput AddClass(this TagHelperOutput element, string? classes)
    {
        if (string.IsNullOrWhiteSpace(classes)) return element;
        var given = element.Attributes["class"]?.Value?.ToString();
        return element.With("class", string.IsNullOrWhiteSpace(given) ? classes : $"{given} {classes}");
    }

    /// <summary>Turns a component's own tag, self-closing or not, into this element.</summary>
    public static TagHelperOutput Become(this TagHelperOutput output, string name)
    {
        output.TagName = name;
        output.TagMode = TagMode.StartTagAndEndTag;
        return output;
    }

    public static TagHelperOutput Hidden(string text) => Of("span", "govuk-visually-hidden").Text(text);

    /// <summary>Joins the ids that describe a field; null when there are none.</summary>
    public static string? Ids(params ReadOnlySpan<string?> ids)
    {
        var joined = string.Join(' ', ids.ToArray().Where(id => !string.IsNullOrEmpty(id)));
        return joined.Length == 0 ? null : joined;
    }
}
