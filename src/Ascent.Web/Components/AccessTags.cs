using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

public enum AccessTone
{
    Plain,
    Normal,

    /// <summary>Administers the school.</summary>
    Strong,

    /// <summary>Sees pupils' names. The only warm one, so that the risk shows at a glance.</summary>
    Warm,
}

public sealed record AccessTag(string Label, AccessTone Tone = AccessTone.Plain);

/// <summary>What a person may do, as tags.</summary>
[HtmlTargetElement("access-tags")]
public sealed class AccessTags : TagHelper
{
    public required IReadOnlyList<AccessTag> Tags { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("ul").PutClass("ascent-tags").With("role", "list");
        output.Content.Clear();
        foreach (var tag in Tags) output.Add(Element.Of("li").Add(Element.Of("strong", "govuk-tag").AddClass(Class(tag.Tone)).Text(tag.Label)));
    }

    private static string? Class(AccessTone tone) => tone switch
    {
        AccessTone.Plain => "ascent-tag--plain",
        AccessTone.Strong => "ascent-tag--strong",
        AccessTone.Warm => "govuk-tag--yellow",
        _ => null,
    };
}
