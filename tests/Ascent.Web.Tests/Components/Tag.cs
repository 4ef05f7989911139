using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Tests.Components;

/// <summary>
/// A tag as a page would write it. It is run as Razor runs it: attributes are bound to properties by name, the others are
/// passed on, children run when their parent asks for them. So tests break when a name changes, as pages would.
/// </summary>
public sealed partial record Tag(string Name)
{
    private readonly List<(string Name, object? Value)> _attributes = [];
    private readonly List<object> _children = [];

    private static readonly Dictionary<string, Type> Helpers = typeof(GovukButton).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetCustomAttributes<HtmlTargetElementAttribute>().Select(target => (target.Tag, type)))
        .ToDictionary(pair => pair.Tag, pair => pair.type);

    /// <summary>True for what a fixture asks and no page can write.</summary>
    public bool IsUnsupported { get; private set; }

    public Tag Unsupported()
    {
        IsUnsupported = true;
        return this;
    }

    /// <summary>A null leaves the attribute out.</summary>
    public Tag With(string attribute, object? value)
    {
        if (value is not null) _attributes.Add((attribute, value));
        return this;
    }

    public Tag Add(params object?[] children)
    {
        _children.AddRange(children.OfType<object>());
        return this;
    }

    public async Task<string> RenderAsync(ViewContext? view = null)
    {
        await using var writer = new StringWriter();
        (await RunAsync(new Dictionary<object, object>(), view)).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    private async Task<IHtmlContent> RunAsync(IDictionary<object, object> items, ViewContext? view)
    {
        if (!Helpers.TryGetValue(Name, out var type)) throw new InvalidOperationException($"No tag helper for <{Name}>.");
        var helper = (TagHelper)Activator.CreateInstance(type)!;
        var rest = new TagHelperAttributeList();
        foreach (var (name, value) in _attributes)
        {
            if (Property(type, name) is { } property) property.SetValue(helper, Convert(value!, property.PropertyType));
            else rest.Add(name, value);
        }
        type.GetProperty("ViewContext")?.SetValue(helper, view);

        // As in Razor, children see what their parents put here, and parents do not see what children put.
        var context = new TagHelperContext(Name, new TagHelperAttributeList(rest), new Dictionary<object, object>(items), Guid.Empty.ToString());
        TagHelperContent? cached = null;
        var output = new TagHelperOutput(Name, rest, async (_, _) => cached ??= await ChildrenAsync(context.Items, view));
        helper.Init(context);
        await helper.ProcessAsync(context, output);
        if (!output.IsContentModified) output.Content.SetHtmlContent(await output.GetChildContentAsync());
        return output;
    }

    private async Task<TagHelperContent> ChildrenAsync(IDictionary<object, object> items, ViewContext? view)
    {
        var content = new DefaultTagHelperContent();
        foreach (var child in _children)
        {
            if (child is Tag tag) content.AppendHtml(await tag.RunAsync(items, view));
            else if (child is IHtmlContent html) content.AppendHtml(html);
            else content.Append(child.ToString());
        }
        return content;
    }

    private static PropertyInfo? Property(Type type, string attribute) =>
        type.GetProperties().FirstOrDefault(property =>
            property.GetCustomAttribute<HtmlAttributeNotBoundAttribute>() is null && string.Equals(Kebab().Replace(property.Name, "-$1"), attribute, StringComparison.OrdinalIgnoreCase));

    private static object? Convert(object value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target.IsInstanceOfType(value) ? value
            : target.IsEnum ? Enum.Parse(target, value.ToString()!)
            : System.Convert.ChangeType(value.ToString(), target, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Kebab();
}
