using System.Globalization;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.SetUp;
using Ascent.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SetUp;

/// <summary>One school by hand, with what decides whether it has Pupil Tracking.</summary>
public sealed class OneSchoolModel(FirstRun firstRun, AddSchool addSchool, OpenSeats openSeats, ListLocalAuthorities listLocalAuthorities) : SetUpStep(firstRun, 2)
{
    [BindProperty]
    public string? Urn { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Phase { get; set; }

    [BindProperty]
    public string? LowAge { get; set; }

    [BindProperty]
    public string? HighAge { get; set; }

    [BindProperty]
    public string? Authority { get; set; }

    public IReadOnlyList<(string Code, string Name)> Authorities { get; private set; } = [];

    public async Task OnGetAsync() => Authorities = await listLocalAuthorities.ExecuteAsync(HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        // A phase that is not on the list is none: a number would be read as one otherwise.
        SchoolPhase? phase = Enum.TryParse<SchoolPhase>(Phase, out var read) && Phase == read.ToString() ? read : null;
        var request = new AddSchoolRequest(Urn, Name, phase, Age(LowAge), Age(HighAge), Authority);
        var faults = AddSchool.Check(request);
        if (faults.Count == 0)
            await FirstRun.NoteOrganisationsAsync(HttpContext.RequestAborted);
        var added = await addSchool.ExecuteAsync(request, Actor.Operator, HttpContext.RequestAborted);
        if (!added.Succeeded)
        {
            await OnGetAsync();
            return this.Refused(added.Refusals);
        }
        await openSeats.ExecuteAsync(Actor.Operator, HttpContext.RequestAborted);
        return Redirect(SetUpLinks.Administrator(Token, added.Value.Code));
    }

    private static int? Age(string? typed) => int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null;
}
