using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData;

public sealed class IndexModel(CountPupils countPupils) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public RollCounts Roll { get; private set; } = null!;

    public async Task OnGetAsync() => Roll = await countPupils.ExecuteAsync(School.Actor, HttpContext.RequestAborted);
}
