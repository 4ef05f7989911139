using System.Globalization;
using Ascent.Accounts;
using Ascent.SchoolData;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

/// <summary>Shows what deleting would take away, and deletes. Who it is stands in the address.</summary>
public sealed class DeleteModel(PreviewDeletion previewDeletion, DeletePupils deletePupils) : PageModel
{
    [FromQuery(Name = "id")]
    public Guid[] Ids { get; set; } = [];

    [FromQuery(Name = "left-before")]
    public string? LeftBefore { get; set; }

    /// <summary>How many the page has shown.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public SchoolAccess School => HttpContext.School();

    public DeletionPreview Preview { get; private set; } = null!;

    /// <summary>To the list as it was, with the same pupils ticked.</summary>
    public string CancelHref => Choice.LeftBefore is not null ? new PupilsView { Status = PupilStatus.Left }.In(DataLinks.Pupils(School.Urn))
        : PupilsView.Read(Request.Query).In($"{DataLinks.Pupils(School.Urn)}?{string.Join('&', Preview.First.Select(p => $"id={p.Id:N}"))}");

    public string? Lead => Choice.LeftBefore is { } day ? $"Everybody whose last day was before {InWords.Date(day)}."
        : Preview.DeletedAlready > 0 ? $"{InWords.Count(Preview.DeletedAlready, "other was", "others were")} deleted already." : null;

    public string WhyNobody => Choice.LeftBefore is { } day ? $"Nobody’s last day was before {InWords.Date(day)}." : "Whom you ticked is deleted already.";

    private PupilChoice Choice => DayText.Read(LeftBefore ?? "") is { } day ? new([], day) : new(Ids);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Choice is { Ids.Count: 0, LeftBefore: null })
            context.Result = Redirect(PupilsView.Read(Request.Query).In(DataLinks.Pupils(School.Urn)));
        else if (!await ReadAsync())
            context.Result = NotFound();
        else
            await next();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deletePupils.ExecuteAsync(Choice, Seen, School.Actor, HttpContext.RequestAborted);
        if (deleted.Succeeded)
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"{DataLinks.Pupils(School.Urn)}?deleted={deleted.Value}"));
        await ReadAsync();
        return this.Refused(deleted.Refusals);
    }

    private async Task<bool> ReadAsync()
    {
        if (await previewDeletion.ExecuteAsync(Choice, School.Actor, HttpContext.RequestAborted) is not { } preview)
            return false;
        Preview = preview;
        return true;
    }
}
