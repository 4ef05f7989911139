using Ascent.SchoolData.Classes;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class DeleteModel(FindClass findClass, DeleteClass deleteClass) : ClassPageModel(findClass)
{
    [BindProperty]
    public string? TypedName { get; set; }

    public IActionResult OnGet() => Class.IsOver ? Redirect(DataLinks.Class(School.Urn, Id)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deleteClass.ExecuteAsync(new(Id, TypedName), School.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded ? Redirect(DataLinks.ClassesAfterDeletion(School.Urn)) : this.Refused(deleted.Refusals);
    }
}
