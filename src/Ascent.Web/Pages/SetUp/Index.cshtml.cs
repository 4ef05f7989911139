using Ascent.SetUp;
using Ascent.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SetUp;

/// <summary>Where every page leads before the server is set up: it says where the link is.</summary>
public sealed class IndexModel(FirstRun firstRun, FirstRunGate gate) : PageModel
{
    /// <summary>A link of the set-up was opened that is not the newest.</summary>
    [FromQuery(Name = "old")]
    public string? Old { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        gate.IsOver || !await firstRun.IsOpenAsync(HttpContext.RequestAborted) ? NotFound() : Page();
}
