using System.Globalization;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Subjects;

// A tick is a value of the form: as many as the largest year group has, with the pupils and what was shown of each.
[RequestFormLimits(ValueCountLimit = SaveSubjects.MostCells + 3 * ReadSubjectGrid.MostRows)]
public sealed class GridModel(ReadSubjectGrid readGrid, SaveSubjects saveSubjects) : YearPageModel
{
    public SubjectGridView View => SubjectGridView.Read(Request.Query);

    public SubjectGrid Grid { get; private set; } = null!;

    /// <summary>The columns that are shown: all, or the one that the address names.</summary>
    public IReadOnlyList<GridSubject> Columns => View.SubjectCode is { } only && Grid.Columns.Any(c => c.Code == only) ? [.. Grid.Columns.Where(c => c.Code == only)] : Grid.Columns;

    /// <summary>What stands ticked, where a save was refused; null for what is stored.</summary>
    public HashSet<(Guid, string)>? Ticked { get; private set; }

    public string? Notice { get; private set; }

    /// <summary>That whole classes should get.</summary>
    [BindProperty]
    public string? Subject { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        if (Number("assigned") is { } assigned && Number("taken") is { } taken)
            Notice = assigned + taken == 0 ? "Nothing was changed"
                : $"Saved: {InWords.List([.. assigned > 0 ? [$"{assigned:N0} assigned"] : Array.Empty<string>(), .. taken > 0 ? [$"{taken:N0} taken away"] : Array.Empty<string>()])}";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = Request.Form;
        if (Read(form) is not { } sheet)
            return BadRequest();
        if (View.ClassId is not null && !await LoadAsync())
            return NotFound();
        var classes = form.ContainsKey("assign") ? new SubjectForClasses(form.Ids("Classes"), Subject) : null;
        var saved = await saveSubjects.ExecuteAsync(new(sheet.Pupils, sheet.Changed, classes), School.Actor, HttpContext.RequestAborted);
        if (saved.Succeeded)
            return Redirect(View.In(DataLinks.SubjectGrid(School.Urn, Year)) is var back && back.Contains('?', StringComparison.Ordinal) ? $"{back}&{Done(saved.Value)}" : $"{back}?{Done(saved.Value)}");
        await LoadAsync();
        Ticked = sheet.Ticked;
        return this.Refused(saved.Refusals);
    }

    public bool IsTicked(GridRow row, string code) => Ticked?.Contains((row.PupilId, code)) ?? row.Taken.Contains(code);

    public string Href(SubjectGridView view) => view.In(DataLinks.SubjectGrid(School.Urn, Year));

    private static string Done(SavedSubjects saved) => string.Create(CultureInfo.InvariantCulture, $"assigned={saved.Assigned}&taken={saved.TakenAway}");

    /// <returns>False when the address names a class that is not here.</returns>
    private async Task<bool> LoadAsync()
    {
        Grid = await readGrid.ExecuteAsync(View.Query(Year), School.Actor, HttpContext.RequestAborted);
        return Grid.HasClass;
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= SaveSubjects.MostCells ? number : null;

    /// <summary>
    /// The form as a sheet: the columns and pupils that were shown, for each pupil what was ticked then (a 1 or 0 for each column), and the
    /// cells that are ticked now ("row.column"). What differs is what somebody changed.
    /// </summary>
    /// <returns>Null for what this page never sends.</returns>
    private static Sheet? Read(IFormCollection form)
    {
        var columns = form["columns"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var (pupils, was) = (form.Ids("pupil"), form["was"]);
        if (was.Count != pupils.Length || was.Any(w => w?.Length != columns.Length) || pupils.Distinct().Count() < pupils.Length && !pupils.Contains(Guid.Empty) || columns.Distinct().Count() < columns.Length)
            return null;
        var ticked = form["t"].Select(t => t?.Split('.')).Select(t => t is [var r, var c] && Place(r, pupils.Length) is { } row && Place(c, columns.Length) is { } column ? (row, column) : ((int, int)?)null).ToList();
        if (ticked.Contains(null))
            return null;
        var now = ticked.Select(t => t!.Value).ToHashSet();
        var changed = new List<SubjectCell>();
        for (var row = 0; row < pupils.Length; row++)
            for (var column = 0; column < columns.Length; column++)
                if (now.Contains((row, column)) is var isTicked && isTicked != (was[row]![column] == '1'))
                    changed.Add(new(pupils[row], columns[column], isTicked));
        return new(pupils, changed, [.. now.Select(t => (pupils[t.Item1], columns[t.Item2]))]);
    }

    private static int? Place(string text, int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < count ? place : null;

    private sealed record Sheet(Guid[] Pupils, List<SubjectCell> Changed, HashSet<(Guid, string)> Ticked);
}
