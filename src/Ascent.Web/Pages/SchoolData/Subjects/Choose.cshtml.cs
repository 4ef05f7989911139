using System.Globalization;
using Ascent.SchoolData.Subjects;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Subjects;

/// <summary>One row of the form: ticked or not, and its place as typed.</summary>
public sealed record ChosenSubject(bool IsTicked, string? Place);

public sealed class ChooseModel(ListSubjects listSubjects, OfferSubjects offerSubjects) : YearPageModel
{
    public SubjectChoices Choices { get; private set; } = null!;

    public Dictionary<string, ChosenSubject> Rows { get; private set; } = [];

    /// <summary>The codes as the page has shown them, in order.</summary>
    public string Seen { get; private set; } = "";

    public bool IsFirst => Choices.Offered.Count == 0;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        // A year group that chooses for the first time begins with what nearly all have, and with what its pupils take already.
        Rows = Choices.Choices.ToDictionary(c => c.Subject.Code, c => new ChosenSubject(c.Position is not null || (IsFirst && (c.Pupils > 0 || c.Subject.Begins.Contains(Year.Stage))), c.Position?.ToString(CultureInfo.InvariantCulture)));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = Request.Form;
        await LoadAsync();
        Seen = form["seen"].ToString();
        Rows = Choices.Choices.Select(c => c.Subject.Code).ToDictionary(c => c, c => new ChosenSubject(form["offer"].Contains(c), form[$"place-{c}"]));
        var wrong = Rows.Where(r => r.Value is { IsTicked: true, Place.Length: > 0 } && Place(r.Value) is null).ToList();
        foreach (var (code, _) in wrong)
            ModelState.AddModelError($"place-{code}", $"The place of {Choices.Choices.Single(c => c.Subject.Code == code).Subject.Label} has to be a number from 1 to 99");
        if (wrong.Count > 0)
            return Page();
        // By place; those without one come after, as they stand.
        var codes = Rows.Where(r => r.Value.IsTicked).OrderBy(r => Place(r.Value) ?? 100).Select(r => r.Key).ToList();
        var strange = form["offer"].OfType<string>().Except(Rows.Keys);
        var offered = await offerSubjects.ExecuteAsync(new(Year, [.. codes, .. strange], Seen.Split(',', StringSplitOptions.RemoveEmptyEntries)), School.Actor, HttpContext.RequestAborted);
        if (offered.Succeeded)
            return Redirect(DataLinks.SubjectGrid(School.Urn, Year));
        if (offered.Refusals is [OfferedMeanwhile])
            Seen = string.Join(',', Choices.Offered);
        return this.Refused(offered.Refusals);
    }

    private static int? Place(ChosenSubject row) => int.TryParse(row.Place?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place is >= 1 and <= 99 ? place : null;

    private async Task LoadAsync()
    {
        Choices = await listSubjects.ChoicesAsync(Year, School.Actor, HttpContext.RequestAborted);
        Seen = string.Join(',', Choices.Offered);
    }
}
