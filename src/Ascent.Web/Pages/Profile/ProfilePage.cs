using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Profile;

/// <summary>A page of one's own profile. Whoever came from somewhere, such as their own row in Manage users, finds the way back there.</summary>
public abstract class ProfilePage : PageModel
{
    [FromQuery(Name = "back")]
    public string? Back { get; set; }

    public SignedInPerson Person => HttpContext.Person()!;

    public string BackHref => this.LocalOr(Back, "/");

    public string ProfileHref => With("/profile");

    /// <summary>A page of the profile that keeps the way back.</summary>
    public string With(string path) => BackHref == "/" ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}back={Uri.EscapeDataString(BackHref)}";
}
