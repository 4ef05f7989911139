using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

/// <summary>
/// A page that asks for some of the permissions: shows what was chosen, or what job role, template or colleague suggests, with the limits, and keeps what is
/// ticked. Which permissions those are is the catalogue's to say.
/// </summary>
public abstract class AccessStep(CreateUserJourney journeys, ReadSeats readSeats, ReadSuggestion readSuggestion, string step) : CreateUserStep(journeys, step)
{
    private IReadOnlyList<SeatCount> seats = [];

    /// <summary>What a template or a colleague suggests; null when the job role does.</summary>
    private AccessSuggestion? chosenSuggestion;

    /// <summary>What is ticked on this page.</summary>
    public PermissionSet Chosen { get; private set; }

    /// <summary>The permissions of this page.</summary>
    private IEnumerable<Permission> Asked => PermissionCatalogue.In(School.HasTracking).Where(info => AccessWords.GroupsOf(Step).Contains(info.Group)).Select(info => info.Permission);

    /// <summary>"Suggested for teachers: …", "Suggested by the template “Class teacher”: …", or that nothing is.</summary>
    public string Suggestion
    {
        get
        {
            var role = JobRoles.Of(Answers.JobRole);
            var set = chosenSuggestion?.Permissions ?? role.Suggestion;
            var suggested = Asked.Where(set.Has).Select(p => AccessWords.Label(p, set, School.HasTracking)).ToArray();
            if (chosenSuggestion is { From: var from })
                return suggested.Length > 0 ? $"Suggested by {from}: {InWords.List(suggested.Select(s => $"“{s}”"))}.{NotGiven(set)} Change it as you need."
                    : $"Nothing here is suggested by {from}. Tick what {Who} needs.";
            return suggested.Length > 0 ? $"Suggested for {role.Plural}: {InWords.List(suggested.Select(s => $"“{s}”"))}. Change it as you need."
                : Step == CreateUserSteps.Administration ? $"Most {role.Plural} need neither. Tick only what {Who} will use."
                : $"Nothing is suggested for {role.Plural}. Tick what {Who} needs.";
        }
    }

    public PermissionChoice Choice(Permission permission) =>
        new(permission, School, Chosen, seats.FirstOrDefault(c => c.Permission == permission), new(Initials, FullName), Who);

    public async Task OnGetAsync()
    {
        await ReadAsync();
        if (IsAnswered)
        {
            Chosen = Answers.Permissions();
            return;
        }
        Chosen = chosenSuggestion?.Permissions ?? JobRoles.Of(Answers.JobRole).Suggestion;
        // A suggestion never asks for a seat that is not there.
        foreach (var full in seats.Where(c => c.IsFull))
            Chosen = Chosen.Without(full.Permission);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AccessForm.Read(Request.Form, Asked) is not { } chosen)
            return BadRequest();
        Chosen = chosen;
        await ReadAsync();
        Refusal[] refusals = [.. AccessRules.CheckAccess(chosen, School.HasTracking), .. AccessForm.Full(chosen, seats, School.HasTracking)];
        return refusals.Length > 0 ? this.Refused(refusals)
            : await KeepAsync(answers => answers with { PermissionBits = Asked.Aggregate(answers.Permissions(), (set, p) => set.Without(p)).Bits | chosen.Bits });
    }

    private string NotGiven(PermissionSet set)
    {
        var full = seats.Where(c => c.IsFull && Asked.Contains(c.Permission) && set.Has(c.Permission)).Select(c => $"“{PermissionCatalogue.Label(c.Permission, School.HasTracking)}”").ToArray();
        return full.Length == 0 ? "" : $" {InWords.List(full)} cannot be ticked, because all seats are taken.";
    }

    private async Task ReadAsync()
    {
        chosenSuggestion = Answers.TemplateId is { } template ? await readSuggestion.OfTemplateAsync(template, School.Actor, HttpContext.RequestAborted)
            : Answers.ColleagueId is { } colleague ? await readSuggestion.OfColleagueAsync(colleague, School.Actor, HttpContext.RequestAborted)
            : null;
        // A seat of somebody who is withdrawn in the same save is free for this person.
        seats = [.. (await readSeats.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted)).Select(c => c.Without(Answers.Replaces))];
    }
}
