using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class IndexModel(ListPupils listPupils) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public PupilsView View => PupilsView.Read(Request.Query);

    public PupilsPage List { get; private set; } = null!;

    /// <summary>Those that the roll has; every one where it is too long to be counted.</summary>
    public IEnumerable<NcYear> Years => List.ByYear is { } counted ? counted.Keys.Order() : NcYear.All;

    public async Task OnGetAsync() => List = await listPupils.ExecuteAsync(School.Actor, View.Query, HttpContext.RequestAborted);

    public string Href(PupilsView view) => view.In(DataLinks.Pupils(School.Urn));
}
