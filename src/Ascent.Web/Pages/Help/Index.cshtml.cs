using Markdig;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Help;

/// <summary>The user guide: the same files that stand in docs/user-guide.</summary>
public sealed class IndexModel : PageModel
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "user-guide");

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoIdentifiers().UsePipeTables().Build();

    [FromRoute]
    public string? Topic { get; set; }

    public string Heading { get; private set; } = "";

    public HtmlString Text { get; private set; } = HtmlString.Empty;

    public async Task<IActionResult> OnGetAsync()
    {
        var name = Topic ?? "index";
        // Names are single words with dashes, so that no address leaves the folder.
        if (!name.All(c => char.IsAsciiLetterLower(c) || c == '-') || !System.IO.File.Exists(Path.Combine(Folder, $"{name}.md")))
            return NotFound();
        var text = await System.IO.File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.md"), HttpContext.RequestAborted);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        Heading = text[..end].TrimStart('#', ' ').Trim();
        // The files link to one another and to their pictures by file name, so that they also read well where they lie.
        var html = Markdown.ToHtml(text[end..], Pipeline)
            .Replace(".md\"", "\"", StringComparison.Ordinal).Replace(".md#", "#", StringComparison.Ordinal)
            .Replace("href=\"", "href=\"/help/", StringComparison.Ordinal).Replace("href=\"/help/http", "href=\"http", StringComparison.Ordinal)
            .Replace("href=\"/help/#", "href=\"#", StringComparison.Ordinal)
            .Replace("href=\"", "class=\"govuk-link\" href=\"", StringComparison.Ordinal)
            .Replace("src=\"images/", "src=\"/help/images/", StringComparison.Ordinal);
        Text = new HtmlString(html);
        return Page();
    }
}
