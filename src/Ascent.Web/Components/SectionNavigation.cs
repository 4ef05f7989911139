using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>The other open doors of the same place, as tabs; nothing when there is only this one.</summary>
[HtmlTargetElement("section-navigation", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SectionNavigation : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var http = ViewContext.HttpContext;
        var school = http.School();
        var open = Doors.MainNavigation(school).ToArray();
        var here = open.FirstOrDefault(d => http.Request.Path == d.Href(school));
        var siblings = open.Where(d => d.Place == here?.Place).ToArray();
        if (siblings.Length < 2)
        {
            output.SuppressOutput();
            return;
        }
        output.Become("nav").PutClass("ascent-tabs").With("aria-label", here!.Place.ToString());
        var list = Element.Of("ul").With("role", "list");
        foreach (var door in siblings)
        {
            list.Add(Element.Of("li").Add(Element.Of("a").With("href", door.Href(school))
                .With("aria-current", door == here ? "page" : null).Text(door.Label)));
        }
        output.Content.Clear();
        output.Add(list);
    }
}
