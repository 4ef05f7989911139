using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Sheets;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>Takes the list as a file or as pasted cells. Nothing is created by it.</summary>
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class IndexModel(StaffListJourney lists) : PageModel
{
    private const long LargestRequest = 16 * 1024 * 1024;

    [FromQuery(Name = "expired")]
    public string? Expired { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? Pasted { get; set; }

    /// <summary>The list is the whole staff of the school.</summary>
    [BindProperty]
    public bool IsWholeStaff { get; set; }

    public SchoolAccess School => HttpContext.School();

    public IReadOnlyList<PermissionInfo> Permissions => [.. PermissionCatalogue.In(School.HasTracking)];

    public IActionResult OnGetTemplate(string? format)
    {
        var rows = StaffColumns.Template(School.HasTracking);
        return format switch
        {
            "xlsx" => File(XlsxFile.Write("Users", rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "create-users.xlsx"),
            "csv" => new CsvFile("create-users.csv", (to, cancellationToken) => StaffCsv.WriteAsync(rows, to, cancellationToken)),
            _ => NotFound(),
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var hasText = !string.IsNullOrWhiteSpace(Pasted);
        if (Upload is null && !hasText)
            return this.Refused([new UnreadableList("Choose a file, or paste the cells of a spreadsheet", nameof(Upload))]);
        if (Upload is not null && hasText)
            return this.Refused([new UnreadableList("Give a file or pasted cells, not both", nameof(Pasted))]);
        var read = Upload is null ? ReadStaffList.FromPasted(Pasted!) : ReadFile(Upload);
        if (!read.Succeeded)
            return this.Refused(read.Refusals);
        var source = Upload is null ? "pasted cells" : NameOf(Upload);
        return Redirect(AccountLinks.CreateUsers(School.Home, "rows", await lists.BeginAsync(read.Value, source, School.Actor, HttpContext.RequestAborted, IsWholeStaff)));
    }

    private static Result<StaffList> ReadFile(IFormFile upload)
    {
        using var file = upload.OpenReadStream();
        return ReadStaffList.FromFile(file, upload.FileName);
    }

    // What the browser calls it; shown, never used as a path.
    private static string NameOf(IFormFile upload)
    {
        var name = PlainText.Tidy(Path.GetFileName(upload.FileName));
        return name.Length == 0 || PlainText.HasForbiddenCharacter(name) ? "a file" : name.Length > 80 ? $"{name[..80]}…" : name;
    }
}
