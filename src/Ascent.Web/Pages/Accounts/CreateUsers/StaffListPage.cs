using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared.Journeys;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>A page of a list that was given: finds it, and leads to where it stands now.</summary>
/// <param name="isAfterConfirm">The page is for a list that has been confirmed.</param>
public abstract class StaffListPage(StaffListJourney lists, bool isAfterConfirm) : PageModel
{
    /// <summary>The journey's id, from the address.</summary>
    [FromQuery(Name = "j")]
    public string? JourneyId { get; set; }

    public SchoolAccess School => HttpContext.School();

    public CreateUsersAnswers Answers { get; private set; } = null!;

    public string CancelHref => AccountLinks.Users(School.Home);

    public Guid ListId => Journey.Id;

    protected StaffListJourney Lists { get; } = lists;

    protected Journey Journey { get; private set; } = null!;

    protected string RowsHref => AccountLinks.CreateUsers(School.Home, "rows", Journey.Id);

    protected string DoneHref => AccountLinks.CreateUsers(School.Home, "done", Journey.Id);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var journey = Guid.TryParseExact(JourneyId, "N", out var id) ? await Lists.FindAsync(id, School.Actor, HttpContext.RequestAborted) : null;
        if (journey is null)
        {
            context.Result = Redirect($"{AccountLinks.CreateUsers(School.Home)}?expired=1");
            return;
        }
        Journey = journey;
        var isConfirmed = journey.IsFinished || journey.Has(CreateUsersAnswers.ConfirmStep);
        if (!journey.IsFinished)
            Answers = journey.Answers<CreateUsersAnswers>();
        if (isConfirmed != isAfterConfirm)
            context.Result = Redirect(isConfirmed ? DoneHref : RowsHref);
        else
            await next();
    }
}
