using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

/// <summary>The job role, and what the pages about access begin with: what is usual for the role, a template, or a colleague's access.</summary>
public sealed class RoleModel(CreateUserJourney journeys, ListTemplates listTemplates, ReadSuggestion readSuggestion) : CreateUserStep(journeys, CreateUserSteps.Role)
{
    public const string ByRole = "role";
    public const string ByTemplate = "template";
    public const string ByColleague = "colleague";

    [BindProperty]
    public string? JobRole { get; set; }

    [BindProperty]
    public string? OtherRole { get; set; }

    /// <summary>What the next pages begin with; what is usual for the role when nothing is said.</summary>
    [BindProperty]
    public string? BeginWith { get; set; } = ByRole;

    [BindProperty]
    public Guid? Template { get; set; }

    /// <summary>The beginning of a colleague's name or address.</summary>
    [BindProperty]
    public string? Search { get; set; }

    /// <summary>Which of those found is meant.</summary>
    [BindProperty]
    public Guid? Colleague { get; set; }

    public IReadOnlyList<TemplateSummary> Templates { get; private set; } = [];

    public IReadOnlyList<Colleague> Found { get; private set; } = [];

    public async Task OnGetAsync()
    {
        if (IsAnswered)
        {
            (JobRole, OtherRole, Template, Colleague) = (Answers.JobRole.ToString(), Answers.OtherRole, Answers.TemplateId, Answers.ColleagueId);
            BeginWith = Template is not null ? ByTemplate : Colleague is not null ? ByColleague : ByRole;
            if (Colleague is { } chosen && await readSuggestion.FindColleagueAsync(chosen, School.Actor, HttpContext.RequestAborted) is { } colleague)
                (Found, Search) = ([colleague], colleague.FullName);
        }
        await ReadTemplatesAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // A role that is not on the list is none: a number would be read as one otherwise.
        var role = Enum.TryParse<JobRole>(JobRole, out var read) && JobRole == read.ToString() ? read : (JobRole)(-1);
        var other = AccessRules.ReadRole(role, OtherRole);
        var begin = BeginWith switch
        {
            ByTemplate => await ReadTemplateAsync(),
            ByColleague => await ReadColleagueAsync(),
            _ => new Begin(null, null, null),
        };
        Refusal[] refusals = [.. other.Refusals, .. begin.Refusals];
        if (refusals.Length > 0)
        {
            await ReadTemplatesAsync();
            return this.Refused(refusals);
        }
        var from = begin.Value;
        return await KeepAsync(answers => answers with { JobRole = role, OtherRole = other.Value, TemplateId = from.TemplateId, ColleagueId = from.ColleagueId, BeginsWith = from.Words });
    }

    private sealed record Begin(Guid? TemplateId, Guid? ColleagueId, string? Words);

    private async Task<Result<Begin>> ReadTemplateAsync() =>
        Template is not { } id ? new BeginRefusal("Choose the template", nameof(Template))
        : await readSuggestion.OfTemplateAsync(id, School.Actor, HttpContext.RequestAborted) is { } suggestion ? new Begin(id, null, suggestion.From)
        : new BeginRefusal("This template is not there any more: choose another one", nameof(Template));

    private async Task<Result<Begin>> ReadColleagueAsync()
    {
        if (string.IsNullOrWhiteSpace(Search))
            return new BeginRefusal("Type the beginning of the colleague’s name or email address", nameof(Search));
        Found = await readSuggestion.FindColleaguesAsync(Search, School.Actor, HttpContext.RequestAborted);
        // A choice counts only among those whom the words find, so that words typed anew begin a new choice.
        var meant = Found.Count == 1 ? Found[0] : Found.FirstOrDefault(c => c.MembershipId == Colleague);
        if (meant is not null)
            return new Begin(null, meant.MembershipId, meant.InWords);
        Colleague = null;
        if (Found.Count == 0)
            return new BeginRefusal($"Nobody who is Active or Pending here begins with “{Shorten(Search)}”: type fewer letters, or the other name", nameof(Search));
        if (Found.Count <= ReadSuggestion.MostFound)
            return new BeginRefusal("Choose which colleague is meant", nameof(Colleague));
        Found = [];
        return new BeginRefusal($"More than {ReadSuggestion.MostFound} people begin with “{Shorten(Search)}”: type more letters", nameof(Search));
    }

    private static string Shorten(string typed) => PlainText.Tidy(typed) is var tidy && tidy.Length > 40 ? $"{tidy[..40]}…" : tidy;

    private async Task ReadTemplatesAsync() => Templates = await listTemplates.ExecuteAsync(School.Actor, HttpContext.RequestAborted);
}

public sealed record BeginRefusal(string Message, string Field) : Refusal("begin-with", Message, RefusalKind.Field, Field);
