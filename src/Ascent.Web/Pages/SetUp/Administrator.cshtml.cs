using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.SetUp;
using Ascent.Shared;
using Ascent.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SetUp;

/// <summary>The first person of the first school. With it the set-up is over, so the answer to the post shows the code, and nothing does again.</summary>
public sealed class AdministratorModel(FirstRun firstRun, ReadSchool readSchool, AddSchoolAdministrator addAdministrator, FirstRunGate gate, ServerSettings settings)
    : SetUpStep(firstRun, 3)
{
    [FromQuery(Name = "school")]
    public string? Urn { get; set; }

    [BindProperty]
    public string? Forename { get; set; }

    [BindProperty]
    public string? Surname { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? JobRole { get; set; }

    [BindProperty]
    public bool AcceptsMixedScript { get; set; }

    public bool AsksMixedScript { get; private set; }

    public School School { get; private set; } = null!;

    public SchoolAdministratorAdded? Added { get; private set; }

    public string MailPlace => settings.MailPlace;

    public Task<IActionResult> OnGetAsync() => FindAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is RedirectResult elsewhere)
            return elsewhere;
        // A role that is not on the list is none: a number would be read as one otherwise.
        var role = Enum.TryParse<JobRole>(JobRole, out var read) && JobRole == read.ToString() ? read : (JobRole)(-1);
        var added = await addAdministrator.ExecuteAsync(new(School.Code, Forename, Surname, Email, AcceptsMixedScript, role, default), HttpContext.RequestAborted);
        AsksMixedScript = AcceptsMixedScript || added.Refusals.OfType<MixedScriptEmail>().Any();
        if (!added.Succeeded)
            return this.Refused(added.Refusals);
        gate.IsOver = true;
        Added = added.Value;
        return Page();
    }

    private async Task<IActionResult> FindAsync()
    {
        var found = Urn is null ? null : await readSchool.ExecuteAsync(Urn, HttpContext.RequestAborted);
        if (found is not { Succeeded: true })
            return Redirect(SetUpLinks.WhichSchool(Token));
        School = found.Value.School;
        return Page();
    }
}
