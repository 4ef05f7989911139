using Ascent.Accounts;
using Ascent.SchoolData.Classes;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class IndexModel(ListClasses listClasses) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public ClassesView View => ClassesView.Read(Request.Query);

    public ClassesPage List { get; private set; } = null!;

    public async Task OnGetAsync() => List = await listClasses.ExecuteAsync(School.Actor, View.Query, HttpContext.RequestAborted);

    public string Href(ClassesView view) => view.In(DataLinks.Classes(School.Urn));
}
