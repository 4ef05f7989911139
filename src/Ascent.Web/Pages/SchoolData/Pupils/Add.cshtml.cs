using Ascent.Accounts;
using Ascent.SchoolData.Pupils;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class AddModel(AddPupil addPupil) : PupilForm
{
    public SchoolAccess School => HttpContext.School();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var added = await addPupil.ExecuteAsync(new(Typed, AcceptsNamesake), School.Actor, HttpContext.RequestAborted);
        AsksNamesake = AcceptsNamesake || added.Refusals is [NamesakeHere];
        return added.Succeeded ? Redirect(DataLinks.PupilAfter(School.Urn, added.Value, "added")) : this.Refused(added.Refusals);
    }
}
