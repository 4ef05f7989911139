using Ascent.Shared;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

/// <summary>What belongs to the person: name, user name, password, sessions; and what each organisation has given.</summary>
public sealed class IndexModel(ReadOwnProfile readProfile, ReadOwnFactors readFactors, EndOwnSessions endSessions, Passkeys passkeys, TimeProvider clock) : ProfilePage
{
    [FromQuery(Name = "saved")]
    public string? Saved { get; set; }

    public OwnProfile Own { get; private set; } = null!;

    public DateTime Now => clock.Now();

    /// <summary>Passkeys can be used under this server's address.</summary>
    public bool KnowsPasskeys => passkeys.IsPossible;

    public OwnFactors Factors { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Own = await readProfile.ExecuteAsync(Person, HttpContext.RequestAborted);
        Factors = await readFactors.ExecuteAsync(Person.AccountId, HttpContext.RequestAborted);
    }

    /// <param name="id">One session, or none for every other.</param>
    public async Task<IActionResult> OnPostEndAsync(Guid? id)
    {
        // An id that cannot be read is not the same as none, which means all of them.
        if (!ModelState.IsValid)
            return NotFound();
        var ended = await endSessions.ExecuteAsync(Person, id, HttpContext.RequestAborted);
        return !ended.Succeeded ? this.Refused(ended.Refusals) : Redirect(With($"/profile?saved={(id is null ? "sessions" : "session")}"));
    }
}
