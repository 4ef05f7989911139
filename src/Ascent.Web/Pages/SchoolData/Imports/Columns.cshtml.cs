using System.Globalization;
using Ascent.Accounts;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Imports;

/// <summary>Asks what the headings of a table mean that nobody here has explained yet.</summary>
public sealed class ColumnsModel(MapColumns mapColumns, ReadImports readImports) : PageModel
{
    [FromRoute(Name = "id")]
    public Guid ImportId { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ColumnsToMap Asked { get; private set; } = null!;

    /// <summary>The school year of all results of the file, like 2024/25.</summary>
    [BindProperty]
    public string? Year { get; set; }

    public IReadOnlyList<AcademicYear> Years => mapColumns.Years;

    public bool HasResults => Asked.Format == ImportFormat.Results;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var chosen = new Dictionary<int, string>();
        foreach (var (name, value) in Request.Form)
            if (name.StartsWith('c') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                chosen[place] = value.ToString();
        var saved = await mapColumns.SaveAsync(ImportId, chosen, School.Actor, HttpContext.RequestAborted, Year);
        if (saved.Succeeded)
            return Redirect(DataLinks.Import(School.Urn, ImportId));
        var shown = await ShowAsync();
        return shown is PageResult ? this.Refused(saved.Refusals) : shown;
    }

    public string Chosen(HeadingToMap heading) => Request.HasFormContentType ? Request.Form[$"c{heading.Place}"].ToString() : heading.Column ?? "";

    private async Task<IActionResult> ShowAsync()
    {
        if (await mapColumns.ReadAsync(ImportId, School.Actor, HttpContext.RequestAborted) is { } asked)
        {
            Asked = asked;
            return Page();
        }
        return await readImports.FindAsync(ImportId, School.Actor, HttpContext.RequestAborted) is null ? NotFound() : Redirect(DataLinks.Import(School.Urn, ImportId));
    }
}
