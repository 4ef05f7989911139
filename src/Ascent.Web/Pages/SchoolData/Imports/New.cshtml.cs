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

    /// <summary>"some", "all" or "results".</summary>
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

    public IActionResult OnGetTemplate(string? format) => Template("Pupils", RollColumns.Template, format);

    public IActionResult OnGetResultsTemplate(string? layout, string? format) => layout switch
    {
        "wide" => Template("Results", ResultsTemplates.ByPupil, format),
        "long" => Template("Results", ResultsTemplates.ByResult, format),
        _ => NotFound(),
    };

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
            return this.Refused([new UploadRefused("Choose a file")]);
        if (Holds is not ("some" or "all" or "results"))
            return this.Refused([new UploadRefused("Say whether the file holds some pupils, the whole roll, or results", nameof(Holds))]);
        var asAt = AsAt.IsEmpty ? null : DayText.Read(AsAt.Text);
        if (asAt is null && !AsAt.IsEmpty)
            return this.Refused([new UploadRefused(DayText.WhyNot(AsAt.Text, "day"), nameof(AsAt))]);
        await using var file = Upload.OpenReadStream();
        var received = await receiveImport.ExecuteAsync(new(Upload.FileName, file, Holds == "all", asAt, Again, TakesAnyDestination) { HoldsResults = Holds == "results" }, School.Actor, HttpContext.RequestAborted);
        AsksAgain = Again || received.Refusals is [SameFile];
        AsksDestination = TakesAnyDestination || received.Refusals is [OtherDestination];
        return !received.Succeeded ? this.Refused(received.Refusals)
            : Redirect(received.Value.NeedsColumns ? DataLinks.ImportColumns(School.Urn, received.Value.ImportId) : DataLinks.Import(School.Urn, received.Value.ImportId));
    }

    private IActionResult Template(string sheet, IReadOnlyList<IReadOnlyList<string>> rows, string? format) => format switch
    {
        "xlsx" => File(XlsxFile.Write(sheet, rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{sheet.ToLowerInvariant()}.xlsx"),
        "csv" => new CsvFile($"{sheet.ToLowerInvariant()}.csv", (to, cancellationToken) => StaffCsv.WriteAsync(rows, to, cancellationToken)),
        _ => NotFound(),
    };
}
