using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>
/// What every page of the journey shares: it finds the answers, looks how the link with the school stands at this moment, keeps people from skipping
/// ahead, and knows the way on and back.
/// </summary>
public abstract class BodyUserStep(BodyUserJourney journeys, EnterFromAbove enter, string step) : PageModel
{
    /// <summary>The journey's id, from the address.</summary>
    [FromQuery(Name = "j")]
    public string? JourneyId { get; set; }

    [FromQuery(Name = "change")]
    public string? Change { get; set; }

    public BodyAccess Body => HttpContext.Body();

    public BodyUserAnswers Answers { get; private set; } = new();

    /// <summary>The school of the answers as it can be entered now; null for the body's own users, and when it cannot.</summary>
    public SchoolFromAbove? School { get; private set; }

    /// <summary>Why the school of the answers cannot be entered any more.</summary>
    public SchoolShut Shut { get; private set; }

    protected string Step { get; } = step;

    protected Journey? Journey { get; private set; }

    protected bool IsAnswered => Journey?.Has(Step) == true;

    /// <summary>The person in questions: "What may Hannah administer?"</summary>
    public string Who => Answers.Words.Who;

    public string FullName => Answers.Words.FullName;

    public string Initials => InWords.Initials(Answers.Forename, Answers.Surname);

    /// <summary>Where the user will be, which decides what permissions and roles there are.</summary>
    public Place Place => School is { } school ? Place.School(school.HasTracking) : Body.Place;

    /// <summary>Back to the page before, or to the last page when that is where one came from.</summary>
    public string BackHref => IsChange || IsBesideTheWay ? Link(BodyUserSteps.Confirm)
        : Index == 0 ? BodyLinks.Home(Body.Address)
        : Link(Steps[Index - 1]);

    public string NextLabel => IsChange || IsBesideTheWay ? "Save and go back to confirm"
        // Which question follows is known when this one is answered.
        : Step == BodyUserSteps.Where ? "Next"
        : $"Next: {char.ToLowerInvariant(Label(Steps[Index + 1])[0])}{Label(Steps[Index + 1])[1..]}";

    public string CancelHref => BodyLinks.Home(Body.Address);

    public bool IsChange => Change is not null && Journey is not null;

    public IReadOnlyList<JourneyStep> Progress() =>
        [.. Steps.Select((s, i) => new JourneyStep(
            Label(s),
            i == Index ? JourneyStepState.Current : Journey?.Has(s) == true ? JourneyStepState.Done : JourneyStepState.Next,
            i == Index ? null : Link(s),
            i == Index || Step == BodyUserSteps.Confirm || Journey?.Has(s) != true ? null : AnswersOf(s)))];

    /// <summary>Where the pages about the people of a school begin, or of the body itself.</summary>
    public string HomeOf(string? urn) => urn is null ? BodyLinks.Home(Body.Address) : BodyLinks.School(Body.Address, urn);

    public string Link(string to, bool change = false) => BodyLinks.CreateUser(Body.Address, to, Journey?.Id, change);

    private IReadOnlyList<string> Steps => BodyUserSteps.In(Answers, School?.Level);

    // Of a School Improvement Partner the end date is asked; of others it is reached from the last page only.
    private bool IsBesideTheWay => !Steps.Contains(Step);

    private int Index => Steps.ToList().IndexOf(IsBesideTheWay ? BodyUserSteps.Confirm : Step);

    private string Label(string of) => BodyUserSteps.Label(of, Answers.IsPartner);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await FindAsync(context.HttpContext.RequestAborted) is { } elsewhere)
            context.Result = elsewhere;
        else
            await next();
    }

    private async Task<IActionResult?> FindAsync(CancellationToken cancellationToken)
    {
        if (JourneyId is null && Step == BodyUserSteps.About)
            return null;
        Journey = Guid.TryParseExact(JourneyId, "N", out var id) ? await journeys.FindAsync(Body.Actor, id, cancellationToken) : null;
        if (Journey is null)
            return Redirect(BodyLinks.CreateUserAnew(Body.Address));
        Answers = Journey.Answers<BodyUserAnswers>();
        // What is left of the answers then is the school.
        if (Journey.ResultId is { } result)
            return Redirect(BodyLinks.PendingUsersAfterCreation(Body.Address, Answers.School, result));
        if (Answers.School is { } urn)
            (School, Shut) = await EnterAsync(urn, cancellationToken);
        // The question about the place says what has become of the school, and takes another answer.
        if (Shut != SchoolShut.No && Step is not (BodyUserSteps.About or BodyUserSteps.Where))
            return Redirect(Link(BodyUserSteps.Where));
        // What nobody asks of this user is not there; the end date may be given to everybody.
        if (IsBesideTheWay && Step != BodyUserSteps.EndDate)
            return Redirect(Link(BodyUserSteps.Confirm));
        // Nobody skips a question: the first one without an answer comes first.
        var missing = Steps.TakeWhile(s => s != Step && s != BodyUserSteps.Confirm).FirstOrDefault(s => !Journey.Has(s));
        return missing is null ? null : Redirect(Link(missing));
    }

    /// <summary>Keeps the answers of this page and goes on.</summary>
    protected async Task<IActionResult> KeepAsync(Func<BodyUserAnswers, BodyUserAnswers> change)
    {
        if (Journey is null)
        {
            var id = await journeys.BeginAsync(Body.Actor, change(new()), HttpContext.RequestAborted);
            return Redirect(BodyLinks.CreateUser(Body.Address, BodyUserSteps.Where, id));
        }
        if (!await journeys.AnswerAsync(Body.Actor, Journey.Id, Step, change, HttpContext.RequestAborted))
            return Redirect(BodyLinks.CreateUserAnew(Body.Address));
        if (IsChange || IsBesideTheWay)
            return Redirect(Link(BodyUserSteps.Confirm));
        // The answer may have changed which questions follow.
        Answers = change(Answers);
        if (Step == BodyUserSteps.Where && Answers.School is { } urn)
            (School, Shut) = await EnterAsync(urn, HttpContext.RequestAborted);
        return Redirect(Link(Steps[Index + 1]));
    }

    protected async Task<(SchoolFromAbove? School, SchoolShut Shut)> EnterAsync(string urn, CancellationToken cancellationToken)
    {
        var school = await enter.ExecuteAsync(urn, Body.Actor, cancellationToken);
        return school.Succeeded ? (school.Value, SchoolShut.No)
            : (null, school.Refusals.Any(r => r is SchoolIsLocked) ? SchoolShut.Locked : SchoolShut.NotLinked);
    }

    private IReadOnlyList<string>? AnswersOf(string of) => of switch
    {
        BodyUserSteps.About => [FullName, Answers.Email],
        BodyUserSteps.Where => [Answers.SchoolName ?? Body.Name, JobRoles.Label(Answers.JobRole, Answers.OtherRole)],
        BodyUserSteps.EndDate => [Answers.EndsOn is { } day ? InWords.Date(day) : "None"],
        _ => BodyAccessWords.InStep(of, Answers, Place),
    };
}

/// <summary>Whether the school that was chosen can still be entered.</summary>
public enum SchoolShut
{
    No,
    Locked,
    NotLinked,
}
