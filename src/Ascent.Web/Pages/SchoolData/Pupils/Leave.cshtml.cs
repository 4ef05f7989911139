using Ascent.SchoolData.Pupils;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class LeaveModel(FindPupil findPupil, LeavePupil leavePupil) : PupilRollPage(findPupil)
{
    [BindProperty]
    public DateParts LastDay { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync() => Done(await leavePupil.ExecuteAsync(Id, LastDay.Text, School.Actor, HttpContext.RequestAborted), "left");
}
