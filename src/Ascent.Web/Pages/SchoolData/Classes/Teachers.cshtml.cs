using System.Globalization;
using Ascent.SchoolData.Classes;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class TeachersModel(FindClass findClass, ChooseTeachers chooseTeachers) : ClassPageModel(findClass)
{
    private readonly FindClass findClass = findClass;

    public IReadOnlyList<TeacherChoice> Choices { get; private set; } = [];

    /// <summary>Those ticked, by membership.</summary>
    public HashSet<string> Ticked { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (Class.IsOver)
            return Redirect(DataLinks.Class(School.Urn, Id));
        await ListAsync();
        Ticked = [.. Choices.Where(c => c.IsChosen).Select(c => $"{c.MembershipId:N}")];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var ids = Request.Form.Ids("Teachers");
        var seen = int.TryParse(Request.Form["Version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
        var chosen = await chooseTeachers.ExecuteAsync(new(Id, ids, seen), School.Actor, HttpContext.RequestAborted);
        if (chosen.Succeeded)
            return Redirect(chosen.Value ? DataLinks.ClassAfter(School.Urn, Id, "teachers") : DataLinks.Class(School.Urn, Id));
        if (!await LoadAsync())
            return NotFound();
        await ListAsync();
        Ticked = [.. ids.Select(id => $"{id:N}")];
        return this.Refused(chosen.Refusals);
    }

    private async Task ListAsync() => Choices = await findClass.TeachersAsync(Id, School.Actor, HttpContext.RequestAborted);
}
