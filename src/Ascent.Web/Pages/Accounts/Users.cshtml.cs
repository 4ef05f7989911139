using Ascent.Accounts;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts;

/// <summary>What can be done about users.</summary>
public sealed class UsersModel : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public IEnumerable<Door> Entries => Doors.Administration(School).Where(d => d.Place == DoorPlace.Users);
}
