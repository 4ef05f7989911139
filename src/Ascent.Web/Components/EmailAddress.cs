using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>An address as text. It may break before its @, so that both halves stay whole in a narrow column.</summary>
[HtmlTargetElement("email-address")]
public sealed class EmailAddress : TagHelper
{
    public required string Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Breakable(Value));
    }

    internal static IHtmlContent Breakable(string text)
    {
        var content = new HtmlContentBuilder();
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? content.Append(text) : content.Append(text[..at]).AppendHtml("<wbr>").Append(text[at..]);
    }
}
