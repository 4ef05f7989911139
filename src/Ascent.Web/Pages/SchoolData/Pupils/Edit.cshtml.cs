using Ascent.Accounts;
using System.Globalization;
using Ascent.SchoolData;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class EditModel(FindPupil findPupil, ChangePupil changePupil, TimeProvider clock) : PupilForm
{
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>Of the pupil as the form was filled from it.</summary>
    [BindProperty]
    public string? Version { get; set; }

    /// <summary>Since when the changed characteristics hold; empty for today.</summary>
    [BindProperty]
    public DateParts FromDay { get; set; } = new();

    public SchoolAccess School => HttpContext.School();

    public PupilPage Pupil { get; private set; } = null!;

    /// <summary>The fields that somebody else has changed since, and that differ from what was typed.</summary>
    public IReadOnlyList<PupilField> Meanwhile { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await findPupil.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } pupil)
        {
            context.Result = NotFound();
            return;
        }
        Pupil = pupil;
        await next();
    }

    public void OnGet()
    {
        Fill(Pupil.Details);
        Version = Pupil.Version.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var seen = int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
        var from = FromDay.Text is { Length: > 0 } typed ? DayText.Read(typed) : null;
        if (from is null && FromDay.Text is { Length: > 0 } unread)
            return this.Refused([new FromDayRefused(DayText.WhyNot(unread, "day"))]);
        var changed = await changePupil.ExecuteAsync(new(Id, Typed, seen, AcceptsNamesake, from), School.Actor, HttpContext.RequestAborted);
        if (changed.Succeeded)
            return Redirect(changed.Value.Count == 0 ? DataLinks.Pupil(School.Urn, Id) : DataLinks.PupilAfter(School.Urn, Id, "changed"));
        AsksNamesake = AcceptsNamesake || changed.Refusals is [NamesakeHere];
        if (changed.Refusals is [PupilChangedMeanwhile] && await findPupil.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is { } now)
        {
            Pupil = now;
            Version = now.Version.ToString(CultureInfo.InvariantCulture);
            ModelState.Remove(nameof(Version));
            Meanwhile = now.Details.DifferenceTo(PupilDetails.Read(new(Typed, clock.Today())).Value);
        }
        return this.Refused(changed.Refusals);
    }
}
