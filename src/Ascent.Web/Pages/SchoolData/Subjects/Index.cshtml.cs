using Ascent.Accounts;
using Ascent.SchoolData.Subjects;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Subjects;

public sealed class IndexModel(ListSubjects listSubjects) : PageModel
{
    public SchoolAccess School => HttpContext.School();

    public SubjectYears List { get; private set; } = null!;

    public async Task OnGetAsync() => List = await listSubjects.YearsAsync(School.Actor, HttpContext.RequestAborted);
}
