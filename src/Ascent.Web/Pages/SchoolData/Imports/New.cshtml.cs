using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.SchoolData;
using Ascent.SchoolData.Imports;
using Ascent.Shared.Sheets;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Imports;

/// <summary>Takes a file of pupils. Nothing changes on the roll by it.</summary>
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class NewModel(ReceiveImport receiveImport) : PageModel
{
    // One over the largest file, so that a file that is a little too large is told so by the page.
    private const long LargestRequest = ReceiveImport.MostBytes + (1024 * 1024);

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>"some" or "all".</summary>
    [BindProperty]
    public string? Holds { get; set; }

    [BindProperty]
    public DateParts AsAt { get; set; } = new();

    [BindProperty]
    public bool Again { get; set; }

    [BindProperty]
    public bool TakesAnyDestination { get; set; }

    public bool AsksAgain { get; private set; }

    public bool AsksDestination { get; private set; }

    public SchoolAccess School => HttpContext.School();

    public IActionResult OnGetTemplate(string? format) => format switch
    {
        "xlsx" => File(XlsxFile.Write("Pupils", RollColumns.Template), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pupils.xlsx"),
        "csv" => new CsvFile("pupils.csv", (to, cancellationToken) => StaffCsv.WriteAsync(RollColumns.Template, to, cancellationToken)),
        _ => NotFound(),
    };

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
            return this.Refused([new UploadRefused("Choose a file")]);
        if (Holds is not ("some" or "all"))
            return this.Refused([new UploadRefused("Say whether the file holds some pupils or the whole roll", nameof(Holds))]);
        var asAt = AsAt.IsEmpty ? null : DayText.Read(AsAt.Text);
        if (asAt is null && !AsAt.IsEmpty)
            return this.Refused([new UploadRefused(DayText.WhyNot(AsAt.Text, "day"), nameof(AsAt))]);
        await using var file = Upload.OpenReadStream();
        var received = await receiveImport.ExecuteAsync(new(Upload.FileName, file, Holds == "all", asAt, Again, TakesAnyDestination), School.Actor, HttpContext.RequestAborted);
        AsksAgain = Again || received.Refusals is [SameFile];
        AsksDestination = TakesAnyDestination || received.Refusals is [OtherDestination];
        return !received.Succeeded ? this.Refused(received.Refusals)
            : Redirect(received.Value.NeedsColumns ? DataLinks.ImportColumns(School.Urn, received.Value.ImportId) : DataLinks.Import(School.Urn, received.Value.ImportId));
    }
}
