using Ascent.Accounts;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Imports;

public sealed class IndexModel(ReadImports readImports, TimeProvider clock) : PageModel
{
    [FromQuery(Name = "after")]
    public string? After { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ImportsPage List { get; private set; } = null!;

    public DateTime Now { get; private set; }

    public string? Notice => Request.Query.ContainsKey("withdrawn") ? "The import is withdrawn. It has changed nothing on the roll" : null;

    public async Task OnGetAsync()
    {
        Now = clock.Now();
        List = await readImports.ListAsync(School.Actor, After, HttpContext.RequestAborted);
    }

    public bool IsNew(ImportSummary import) => Request.Query["withdrawn"] == import.Id.ToString("N");

    public static string Tone(ImportState state) => state switch
    {
        ImportState.Ready => "govuk-tag--yellow",
        ImportState.PartlyProcessed or ImportState.Refused => "govuk-tag--red",
        ImportState.Confirmed => "govuk-tag--green",
        ImportState.Withdrawn or ImportState.Undone => "govuk-tag--grey",
        _ => "govuk-tag--blue",
    };

    public static string Deed(ImportSummary import) => import.State switch
    {
        ImportState.PartlyProcessed => "Continue checking",
        ImportState.Ready => "Review",
        ImportState.Received when import.NeedsColumns => "Say what the columns are",
        ImportState.Received or ImportState.Checking => "See how far it is",
        _ => "Open",
    };

    /// <summary>"Results, 2024/25 (summer 2025)", "Common Transfer File, whole roll, as at 23 November 2026".</summary>
    public static string What(ImportSummary import) => import.Format == ImportFormat.Results
        ? $"{ImportWords.Of(import.Format)}{(import.YearOfResults is { } year ? $", {ResultsYears.InWords(year)}" : "")}"
        : $"{ImportWords.Of(import.Format)}, {(import.IsWholeRoll ? "whole roll" : "some pupils")}, as at {InWords.Date(import.AsAt)}";

    /// <summary>What it would do, or has done.</summary>
    public static string Counts(ImportSummary import, ImportCounts counts)
    {
        var done = import.State == ImportState.Confirmed;
        (int Count, string What)[] parts =
        [
            (counts.Added, done ? "added" : "to add"), (counts.Changed, done ? "changed" : "to change"), (counts.Removed, done ? "marked as left" : "to remove"),
            (counts.Waiting, "to decide"), (counts.Errors, "with errors"), (counts.Same + counts.WithoutEffect, "without a change"),
        ];
        if (import.Format == ImportFormat.Results)
            parts = [(counts.NewResults, "new"), (counts.OtherResults, "with another value"), (counts.Waiting, "to decide"), (counts.Errors, "with errors"), (counts.Same, "without a change")];
        return import.State is ImportState.Refused or ImportState.Received ? "" : parts.Any(p => p.Count > 0) ? string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{p.Count:N0} {p.What}")) : "None yet";
    }
}
