using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>Name and address. Where the user will be is asked next, so that whether somebody is there already is asked here only when it is known.</summary>
public sealed class AboutModel(BodyUserJourney journeys, EnterFromAbove enter, CreateBodyUser createUser) : BodyUserStep(journeys, enter, BodyUserSteps.About)
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

    /// <summary>The address is somebody's who is there already.</summary>
    public AlreadyHere? AlreadyHere { get; private set; }

    public void OnGet() =>
        (Forename, Surname, Email, AcceptsMixedScript, AsksMixedScript) = (Answers.Forename, Answers.Surname, Answers.Email, Answers.AcceptsMixedScript, Answers.AcceptsMixedScript);

    public async Task<IActionResult> OnPostAsync()
    {
        var person = Journey?.Has(BodyUserSteps.Where) == true && Shut == SchoolShut.No
            ? await createUser.CheckPersonAsync(new(Forename, Surname, Email, AcceptsMixedScript, Answers.School), Body.Actor, HttpContext.RequestAborted)
            : PersonDetails.Read(Forename, Surname, Email, AcceptsMixedScript);
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
