using Ascent.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

public sealed class NameModel(ChangeOwnName changeName) : ProfilePage
{
    [BindProperty]
    public string? Forename { get; set; }

    [BindProperty]
    public string? Surname { get; set; }

    public void OnGet() => (Forename, Surname) = (Person.Forename, Person.Surname);

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await changeName.ExecuteAsync(Person.AccountId, Forename, Surname, HttpContext.RequestAborted);
        return changed.Succeeded ? Redirect(With("/profile?saved=name")) : this.Refused(changed.Refusals);
    }
}
