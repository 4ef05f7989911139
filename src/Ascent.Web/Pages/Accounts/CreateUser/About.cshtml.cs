using Ascent.Accounts;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class AboutModel(CreateUserJourney journeys, Ascent.Accounts.CreateUser createUser) : CreateUserStep(journeys, CreateUserSteps.About)
{
    [FromQuery(Name = "expired")]
    public string? Expired { get; set; }

    [BindProperty]
    public string? Forename { get; set; }

    [BindProperty]
    public string? Surname { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public bool AcceptsMixedScript { get; set; }

    /// <summary>The address mixes alphabets: the box that lets it through is shown.</summary>
    public bool AsksMixedScript { get; private set; }

    /// <summary>The address is somebody's who is here already; the page links to where that person is.</summary>
    public AlreadyHere? AlreadyHere { get; private set; }

    public void OnGet() =>
        (Forename, Surname, Email, AcceptsMixedScript, AsksMixedScript) = (Answers.Forename, Answers.Surname, Answers.Email, Answers.AcceptsMixedScript, Answers.AcceptsMixedScript);

    public async Task<IActionResult> OnPostAsync()
    {
        var person = await createUser.CheckPerson(School.OrganisationId, Forename, Surname, Email, AcceptsMixedScript, HttpContext.RequestAborted, Answers.Replaces);
        AsksMixedScript = AcceptsMixedScript || person.Refusals.OfType<MixedScriptEmail>().Any();
        AlreadyHere = person.Refusals.OfType<AlreadyHere>().FirstOrDefault();
        if (!person.Succeeded)
            return this.Refused(person.Refusals);
        return await KeepAsync(answers => answers with
        {
            Forename = person.Value.Forename,
            Surname = person.Value.Surname,
            Email = person.Value.Email.Typed,
            AcceptsMixedScript = AcceptsMixedScript,
        });
    }
}
