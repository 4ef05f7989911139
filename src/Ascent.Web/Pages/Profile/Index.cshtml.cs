using Ascent.Shared;
using Ascent.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

/// <summary>What belongs to the person: name, user name, password, sessions; and what each organisation has given.</summary>
public sealed class IndexModel(ReadOwnProfile readProfile, EndOwnSessions endSessions, TimeProvider clock) : ProfilePage
{
    [FromQuery(Name = "saved")]
    public string? Saved { get; set; }

    public OwnProfile Own { get; private set; } = null!;

    public DateTime Now => clock.Now();

    public async Task OnGetAsync() => Own = await readProfile.ExecuteAsync(Person, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostEndAsync(Guid? id)
    {
        await endSessions.ExecuteAsync(Person, id, HttpContext.RequestAborted);
        return Redirect(With($"/profile?saved={(id is null ? "sessions" : "session")}"));
    }
}
