using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Bodies.Schools;

/// <summary>Asks one school for a link, or for a higher level.</summary>
public sealed class AskModel(FindSchoolsToAsk findSchools, ProposeReach propose) : PageModel
{
    [FromRoute]
    public string Urn { get; set; } = "";

    [BindProperty]
    public string? Level { get; set; }

    [BindProperty]
    public string? Agreement { get; set; }

    public BodyAccess Body => HttpContext.Body();

    public SchoolToAsk School { get; private set; } = null!;

    /// <summary>The levels above the present one.</summary>
    public IReadOnlyList<ReachLevel> Levels => [.. Enum.GetValues<ReachLevel>().Where(level => School.Level is not { } now || level > now)];

    public static string Lets(ReachLevel level) => level switch
    {
        ReachLevel.Administration => "You create and close the school’s administrators and can lock the school. You see no report.",
        ReachLevel.School => "Your people open its school-level reports too, those to whom you give them. Nobody sees a pupil’s name.",
        _ => "Your people open its reports with pupils’ names too, those to whom you give them.",
    };

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await findSchools.OneAsync(Body.Actor, Urn, HttpContext.RequestAborted);
        if (!found.Succeeded)
        {
            context.Result = this.Refused(found.Refusals);
            return;
        }
        School = found.Value;
        // There is nothing more to ask for.
        if (School.IsLinkedForAll)
            context.Result = Redirect(BodyLinks.Schools(Body.Address));
        else
            await next();
    }

    public void OnGet() => (Level, Agreement) = (School.Asked?.Level.ToString(), School.Asked?.Agreement);

    public async Task<IActionResult> OnPostAsync()
    {
        // A level that is not on the page is none: a number would be read as one otherwise.
        if (!Enum.TryParse<ReachLevel>(Level, out var level) || !Enum.IsDefined(level) || Level != level.ToString())
            return this.Refused([new LevelMissing()]);
        var asked = await propose.ExecuteAsync(new(Urn, level, Agreement), Body.Actor, HttpContext.RequestAborted);
        return asked.Succeeded ? Redirect(BodyLinks.AskedAfter(Body.Address, "asked", Urn)) : this.Refused(asked.Refusals);
    }
}

public sealed record LevelMissing() : Refusal("level-missing", "Choose what the school is asked for", RefusalKind.Field, "Level");
