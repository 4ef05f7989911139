using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class PupilsModel(FindClass findClass, ListClassCandidates listCandidates, PutInClass putInClass) : ClassPageModel(findClass)
{
    public CandidatesView View => CandidatesView.Read(Request.Query, Class.Details.Year);

    public CandidatesPage List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => Class.IsOver ? Redirect(DataLinks.Class(School.Urn, Id)) : await ShowAsync(Page());

    public async Task<IActionResult> OnPostAsync() => await PutAsync(await putInClass.ExecuteAsync(Id, Request.Form.Ids("ids"), School.Actor, HttpContext.RequestAborted));

    /// <summary>A whole year group; the year stands in the address, as the filter does.</summary>
    public async Task<IActionResult> OnPostYearAsync() =>
        View.Year is { } year ? await PutAsync(await putInClass.WholeYearAsync(Id, year, School.Actor, HttpContext.RequestAborted)) : NotFound();

    public string Href(CandidatesView view) => view.In(DataLinks.ClassPupils(School.Urn, Id));

    private async Task<IActionResult> PutAsync(Result<PutInClassResult> put) =>
        put.Succeeded ? Redirect(DataLinks.ClassAfter(School.Urn, Id, $"put={put.Value.Added}&moved={put.Value.Moved}&stayed={put.Value.Stayed}")) : await ShowAsync(this.Refused(put.Refusals));

    private async Task<IActionResult> ShowAsync(IActionResult answer)
    {
        if (await listCandidates.ExecuteAsync(Id, School.Actor, View.Query, HttpContext.RequestAborted) is not { } list)
            return NotFound();
        List = list;
        return answer;
    }
}
