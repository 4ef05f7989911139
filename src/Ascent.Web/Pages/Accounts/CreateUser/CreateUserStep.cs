using Ascent.Accounts;
using Ascent.Shared.Journeys;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.CreateUser;

/// <summary>What every page of the journey shares: it finds the answers, keeps people from skipping ahead, and knows the way on and back.</summary>
public abstract class CreateUserStep(CreateUserJourney journeys, string step) : PageModel
{
    private static readonly string[] StepsBesideTheWay = [CreateUserSteps.EndDate];

    /// <summary>The journey's id, from the address.</summary>
    [FromQuery(Name = "j")]
    public string? JourneyId { get; set; }

    [FromQuery(Name = "change")]
    public string? Change { get; set; }

    public SchoolAccess School => HttpContext.School();

    public CreateUserAnswers Answers { get; private set; } = new();

    protected CreateUserJourney Journeys { get; } = journeys;

    protected string Step { get; } = step;

    protected Journey? Journey { get; private set; }

    protected bool IsAnswered => Journey?.Has(Step) == true;

    /// <summary>The person in questions: "What may Hannah administer?"</summary>
    public string Who => Answers.Forename;

    public string FullName => $"{Answers.Forename} {Answers.Surname}";

    public string Initials => InWords.Initials(Answers.Forename, Answers.Surname);

    /// <summary>Back to the page before, or to the last page when that is where one came from.</summary>
    public string BackHref => IsChange || StepsBesideTheWay.Contains(Step) ? Link(CreateUserSteps.Confirm)
        : Index == 0 ? AccountLinks.Users(School.Home)
        : Link(Steps[Index - 1]);

    public string NextLabel => IsChange ? "Save and go back to confirm"
        : $"Next: {char.ToLowerInvariant(CreateUserSteps.Label(Steps[Index + 1])[0])}{CreateUserSteps.Label(Steps[Index + 1])[1..]}";

    public string CancelHref => Answers.Replaces is null ? AccountLinks.Users(School.Home) : AccountLinks.PendingUsers(School.Home);

    public bool IsChange => Change is not null && Journey is not null;

    public IReadOnlyList<JourneyStep> Progress() =>
        [.. Steps.Select((s, i) => new JourneyStep(
            CreateUserSteps.Label(s),
            i == Index ? JourneyStepState.Current : Journey?.Has(s) == true ? JourneyStepState.Done : JourneyStepState.Next,
            i == Index ? null : Link(s),
            i == Index || Step == CreateUserSteps.Confirm || Journey?.Has(s) != true ? null : AnswersOf(s)))];

    public string Link(string to, bool change = false) => AccountLinks.CreateUser(School.Home, to, Journey?.Id, change);

    private IReadOnlyList<string> Steps => CreateUserSteps.In(School.HasTracking);

    private int Index => Steps.ToList().IndexOf(StepsBesideTheWay.Contains(Step) ? CreateUserSteps.Confirm : Step);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await FindAsync(context.HttpContext.RequestAborted) is { } elsewhere)
            context.Result = elsewhere;
        else
            await next();
    }

    private async Task<IActionResult?> FindAsync(CancellationToken cancellationToken)
    {
        if (Step == CreateUserSteps.Tracking && !School.HasTracking)
            return NotFound();
        if (JourneyId is null && Step == CreateUserSteps.About)
            return null;
        Journey = Guid.TryParseExact(JourneyId, "N", out var id) ? await Journeys.FindAsync(School.Actor, id, cancellationToken) : null;
        if (Journey is null)
            return Redirect(AccountLinks.CreateUserAnew(School.Home));
        if (Journey.ResultId is { } result)
            return Redirect(AccountLinks.PendingUsersAfterCreation(School.Home, result));
        Answers = Journey.Answers<CreateUserAnswers>();
        // Nobody skips a question: the first one without an answer comes first.
        var missing = Steps.TakeWhile(s => s != Step && s != CreateUserSteps.Confirm).FirstOrDefault(s => !Journey.Has(s));
        return missing is null ? null : Redirect(Link(missing));
    }

    /// <summary>Keeps the answers of this page and goes on.</summary>
    protected async Task<IActionResult> KeepAsync(Func<CreateUserAnswers, CreateUserAnswers> change)
    {
        if (Journey is null)
        {
            var id = await Journeys.BeginAsync(School.Actor, change(new()), HttpContext.RequestAborted);
            return Redirect(AccountLinks.CreateUser(School.Home, Steps[1], id));
        }
        if (!await Journeys.AnswerAsync(School.Actor, Journey.Id, Step, change, HttpContext.RequestAborted))
            return Redirect(AccountLinks.CreateUserAnew(School.Home));
        return Redirect(IsChange || StepsBesideTheWay.Contains(Step) ? Link(CreateUserSteps.Confirm) : Link(Steps[Index + 1]));
    }

    private IReadOnlyList<string>? AnswersOf(string of) => of switch
    {
        CreateUserSteps.About => [FullName, Answers.Email],
        CreateUserSteps.Role => [JobRoles.Label(Answers.JobRole, Answers.OtherRole), .. Answers.BeginsWith is { } from ? (string[])[$"Begins with {from}"] : []],
        _ => AccessWords.InStep(of, Answers.Permissions(), School.HasTracking),
    };
}
