using System.Globalization;
using Ascent.Accounts.Many;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Imports;

/// <summary>One import at every stage: how far checking is, the review, and what was done.</summary>
public sealed class ShowModel(ReadImports readImports, ListImportRows listRows, ReviewImport reviewImport, ConfirmImport confirmImport, WithdrawImport withdrawImport, MapColumns mapColumns, TimeProvider clock) : OneImportPage(readImports)
{
    // In the order in which people have to look at them.
    private static readonly ImportRowKind[] Groups = [ImportRowKind.Error, ImportRowKind.Decide, ImportRowKind.Change, ImportRowKind.Add, ImportRowKind.Remove, ImportRowKind.Same];

    public ImportRowKind Group { get; private set; }

    public ImportRowsPage Rows { get; private set; } = null!;

    public string? Search => Request.Query["q"].ToString().Trim() is { Length: > 0 } typed ? typed : null;

    public RowFilter? Filter => Enum.TryParse<RowFilter>(Request.Query["only"], out var filter) && Enum.IsDefined(filter) ? filter : null;

    public DateTime Now => clock.Now();

    public bool HasResults => Import.Format == ImportFormat.Results;

    public bool IsReview => Import.State is ImportState.Ready or ImportState.PartlyProcessed;

    public string? Notice =>
        Request.Query.ContainsKey("confirmed") && Import.State is ImportState.Confirmed or ImportState.PartlyProcessed ? $"Confirmed. {Done}"
        : Request.Query.ContainsKey("undone") && Import.State == ImportState.Undone ? HasResults ? "Undone. The results are as they were before this import" : "Undone. The roll is as it was before this import"
        : Request.Query.ContainsKey("saved") ? "Your choices are saved. Look at what Confirm does now"
        : null;

    public string Done => HasResults ? ImportWords.Results(Counts) : $"{InWords.Count(Counts.Added, "pupil", "pupils")} added, {Counts.Changed:N0} changed, {Counts.Removed:N0} marked as left";

    /// <summary>Most of the roll would leave: the file is probably not of the whole roll.</summary>
    public bool RemovesMany => IsReview && Counts.Removed > 5 && Counts.Removed > (Counts.Same + Counts.Changed + Counts.WithoutEffect + Counts.Removed) / 5;

    public string Effect
    {
        get
        {
            (int Count, string Words)[] rest =
            [
                (Counts.LeftOut, InWords.Count(Counts.LeftOut, "row is left out", "rows are left out")),
                (Counts.Waiting, InWords.Count(Counts.Waiting, "waits for your decision", "wait for your decision")),
                (Counts.WithoutEffect, InWords.Count(Counts.WithoutEffect, "changes nothing but what was typed by hand, and is kept", "change nothing but what was typed by hand, and are kept")),
                (Counts.Errors, InWords.Count(Counts.Errors, "has an error", "have errors")),
            ];
            var others = string.Join(", ", rest.Where(r => r.Count > 0).Select(r => r.Words));
            return others.Length == 0 ? "" : $"{others}.";
        }
    }

    public int CountOf(ImportRowKind group) => group switch
    {
        ImportRowKind.Error => Counts.Errors,
        ImportRowKind.Decide => Counts.Waiting,
        ImportRowKind.Change => Counts.Changed + Counts.WithoutEffect,
        ImportRowKind.Add => Counts.Added,
        ImportRowKind.Remove => Counts.Removed,
        _ => Counts.Same,
    };

    public string Href(ImportRowKind? group = null, string? search = null, RowFilter? only = null, int? after = null)
    {
        var query = new List<string> { $"show={group ?? Group}" };
        if (search is not null)
            query.Add($"q={Uri.EscapeDataString(search)}");
        if (only is { } filter)
            query.Add($"only={filter}");
        if (after is { } place)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"after={place}"));
        return $"{DataLinks.Import(School.Urn, ImportId)}?{string.Join('&', query)}";
    }

    /// <summary>What a new search keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept => Filter is { } filter ? [new("show", $"{Group}"), new("only", $"{filter}")] : [new("show", $"{Group}")];

    public string Here => Href(Group, Search, Filter, After);

    public string Handler(string name) => $"{Here}&handler={name}";

    private int? After => int.TryParse(Request.Query["after"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var after) ? after : null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (Import.NeedsColumns)
            return Redirect(DataLinks.ImportColumns(School.Urn, ImportId));
        // Without a script the page asks again by itself while the file is being checked.
        if (Import.State is ImportState.Received or ImportState.Checking)
            Response.Headers["Refresh"] = "2";
        return await ShowAsync();
    }

    public async Task<IActionResult> OnGetDownloadAsync(string? show)
    {
        if (!Enum.TryParse<ImportRowKind>(show, out var group) || !Enum.IsDefined(group))
            return NotFound();
        var rows = new List<IReadOnlyList<string>> { (string[])["Row", "UPN", "Name", "What", "Before", "After", "What to do"] };
        await foreach (var row in listRows.AllAsync(ImportId, group, School.Actor, HttpContext.RequestAborted))
            rows.AddRange(ImportLines.Of(row));
        return new CsvFile($"import-{group.ToString().ToLowerInvariant()}.csv", (to, cancellationToken) => StaffCsv.WriteAsync(rows, to, cancellationToken));
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        var saved = await SaveAsync();
        return saved.Succeeded ? Redirect($"{Here}&saved=1") : await RefuseAsync(saved.Refusals);
    }

    public async Task<IActionResult> OnPostConfirmAsync(string? version)
    {
        var saved = await SaveAsync();
        if (!saved.Succeeded)
            return await RefuseAsync(saved.Refusals);
        // What was ticked just now has not been counted in what the page said.
        if (saved.Value)
            return Redirect($"{Here}&saved=1");
        var seen = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var confirmed = await confirmImport.ExecuteAsync(ImportId, seen, School.Actor, HttpContext.RequestAborted);
        return confirmed.Succeeded ? Redirect($"{DataLinks.Import(School.Urn, ImportId)}?confirmed=1") : await RefuseAsync(confirmed.Refusals);
    }

    public async Task<IActionResult> OnPostColumnsAsync()
    {
        var asked = await mapColumns.AskAgainAsync(ImportId, School.Actor, HttpContext.RequestAborted);
        return asked.Succeeded ? Redirect(DataLinks.ImportColumns(School.Urn, ImportId)) : await RefuseAsync(asked.Refusals);
    }

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        var withdrawn = await withdrawImport.ExecuteAsync(ImportId, School.Actor, HttpContext.RequestAborted);
        return withdrawn.Succeeded ? Redirect($"{DataLinks.Imports(School.Urn)}?withdrawn={ImportId:N}") : await RefuseAsync(withdrawn.Refusals);
    }

    private Task<Result<bool>> SaveAsync() => reviewImport.ExecuteAsync(ImportId, RowChoices.Read(Request.Form), School.Actor, HttpContext.RequestAborted);

    private async Task<IActionResult> RefuseAsync(IReadOnlyList<Refusal> refusals)
    {
        await ReadAsync();
        return await ShowAsync() is var page && refusals.Count > 0 ? this.Refused(refusals) : page;
    }

    private async Task<IActionResult> ShowAsync()
    {
        Group = Enum.TryParse<ImportRowKind>(Request.Query["show"], out var asked) && Enum.IsDefined(asked) ? asked : Groups.FirstOrDefault(g => CountOf(g) > 0, ImportRowKind.Same);
        Rows = await listRows.ExecuteAsync(ImportId, new(Group, Search, Filter, After), School.Actor, HttpContext.RequestAborted);
        return Page();
    }
}

/// <summary>What was ticked on one page of a review.</summary>
internal static class RowChoices
{
    public static IReadOnlyList<RowChoice> Read(IFormCollection form)
    {
        var ticked = form["rows"].Select(Number).OfType<int>().ToHashSet();
        var taken = form["take"].Select(t => t?.Split(':')).Where(t => t is [_, _])
            .Select(t => (Number: Number(t![0]), Field: Enum.TryParse<PupilField>(t[1], out var field) && Enum.IsDefined(field) ? field : (PupilField?)null))
            .Where(t => t is { Number: not null, Field: not null }).ToLookup(t => t.Number!.Value, t => t.Field!.Value);
        return
        [
            .. form["shown"].Select(Number).OfType<int>().Distinct().Take(ListImportRows.PageSize)
                .Select(n => new RowChoice(n, ticked.Contains(n), [.. taken[n]], form[$"who{n.ToString(CultureInfo.InvariantCulture)}"].ToString() switch { "same" => true, "other" => false, _ => null })),
        ];
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A row of a review as lines of a file.</summary>
internal static class ImportLines
{
    public static IEnumerable<IReadOnlyList<string>> Of(ReviewedRow row)
    {
        var begin = (string[])[row.Number > 0 ? row.Number.ToString(CultureInfo.InvariantCulture) : "", row.Upn ?? "", row.Name];
        foreach (var remark in row.Remarks)
            yield return [.. begin, remark.What, "", "", remark.Mend];
        foreach (var change in row.Changes)
            yield return [.. begin, InWords.Capital(PupilWords.Of(change.Field)), PupilWords.Value(change.Field, change.Before), PupilWords.Value(change.Field, change.After), change.ByHand && !row.Taken.Contains(change.Field) ? "Typed by hand: it is kept" : ""];
        foreach (var result in row.Results)
            yield return [.. begin, ResultWords.Of(result.File), result.Before ?? "", result.File.Value, ""];
        if (row.Remarks.Count + row.Changes.Count + row.Results.Count == 0)
            yield return [.. begin, row.Readmits ? "Comes back" : "", "", "", ""];
    }
}
