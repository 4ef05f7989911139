using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>A picture beside words, never instead of them. Names are in Assets/icons.json.</summary>
[HtmlTargetElement("ascent-icon")]
public sealed class AscentIcon : TagHelper
{
    private const string Sprite = "assets/icons.svg";

    public required string Name { get; set; }

    public bool Small { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var icon = Svg(Name, ViewContext, Small);
        output.Become("svg").PutClass(icon.Attributes["class"].Value.ToString()!);
        foreach (var attribute in icon.Attributes.Where(attribute => attribute.Name != "class")) output.Attributes.SetAttribute(attribute);
        output.Content.SetHtmlContent(icon.Content);
    }

    internal static TagHelperOutput Svg(string name, ViewContext? view, bool small = false) =>
        Element.Of("svg", small ? "ascent-icon ascent-icon--small" : "ascent-icon").With("viewBox", "0 0 24 24")
            .With("aria-hidden", "true").With("focusable", "false").Add(Use(name, view));

    private static TagHelperOutput Use(string name, ViewContext? view)
    {
        // The address with the fingerprint, so that browsers may keep the sprite for good.
        var assets = view?.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        return Element.Of("use").With("href", $"{view?.HttpContext.Request.PathBase}/{assets?[Sprite] ?? Sprite}#{name}");
    }
}
