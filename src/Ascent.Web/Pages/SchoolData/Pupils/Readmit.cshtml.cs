using Ascent.SchoolData.Pupils;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class ReadmitModel(FindPupil findPupil, ReadmitPupil readmitPupil) : PupilRollPage(findPupil)
{
    [BindProperty]
    public DateParts FirstDay { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync() => Done(await readmitPupil.ExecuteAsync(Id, FirstDay.Text, School.Actor, HttpContext.RequestAborted), "readmitted");
}
