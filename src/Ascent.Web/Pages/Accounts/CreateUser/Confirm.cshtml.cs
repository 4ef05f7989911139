using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class ConfirmModel(CreateUserJourney journeys, Ascent.Accounts.CreateUser createUser, ReadSeats readSeats, ServerSettings settings)
    : CreateUserStep(journeys, CreateUserSteps.Confirm)
{
    public PermissionSet Permissions => Answers.Permissions();

    public string Role => JobRoles.Label(Answers.JobRole, Answers.OtherRole);

    /// <summary>What the administration answer comes to: what it includes, which seat it takes.</summary>
    public IReadOnlyList<string> AdministrationEffects { get; private set; } = [];

    public string EndsOn => Answers.EndsOn is { } day ? $"After {InWords.Date(day)}" : "No end date";

    public int LinkDays => (int)settings.InvitationLife.TotalDays;

    /// <summary>The school as the new user would open it: what the menus and the pages ask, with the rights that were chosen.</summary>
    public SchoolAccess AsThem => School with { Permissions = Permissions.Effective(School.HasTracking) };

    public async Task OnGetAsync() => await ReadEffectsAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var request = new CreateUserRequest(Journey!.Id, Answers.Forename, Answers.Surname, Answers.Email, Answers.AcceptsMixedScript,
            Answers.JobRole, Answers.OtherRole, Answers.Permissions(), Answers.EndsOn, Answers.Replaces, Answers.TemplateId);
        var created = await createUser.ExecuteAsync(request, School.Actor, HttpContext.RequestAborted);
        if (created.Succeeded)
            return Redirect(AccountLinks.PendingUsersAfterCreation(School.Home, created.Value));
        await ReadEffectsAsync();
        return this.Refused(created.Refusals);
    }

    /// <summary>The step on which an answer that was refused can be changed.</summary>
    private static string StepOf(string field) => field switch
    {
        "Forename" or "Surname" or "Email" => CreateUserSteps.About,
        "JobRole" or "OtherRole" => CreateUserSteps.Role,
        "EndsOn" => CreateUserSteps.EndDate,
        _ when Enum.TryParse<Permission>(field, out var permission) => PermissionCatalogue.Of(permission).Group switch
        {
            PermissionGroup.Administration => CreateUserSteps.Administration,
            PermissionGroup.Reports => CreateUserSteps.Reports,
            _ => CreateUserSteps.Tracking,
        },
        _ => CreateUserSteps.About,
    };

    /// <summary>Where to mend what was refused; what belongs to no answer is about the person who was to be withdrawn.</summary>
    public string MendHref(string field) => field.Length == 0 ? AccountLinks.PendingUsers(School.Home) : Link(StepOf(field), change: true);

    private async Task ReadEffectsAsync()
    {
        var effects = new List<string>();
        if (Permissions.Has(Permission.SchoolSetup))
            effects.Add("Includes Manage data, which includes pupils’ records.");
        else if (Permissions.Has(Permission.ManageData))
            effects.Add("Includes pupils’ records.");
        var seats = await readSeats.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted);
        foreach (var count in Permissions.SeatsNeeded().Select(p => seats.Single(c => c.Permission == p).Without(Answers.Replaces)))
            effects.Add(count.IsFull ? $"All {count.Limit} seats have been taken meanwhile: this cannot be given now."
                : count.Used + 1 == count.Limit ? $"Takes the last of {count.Limit} seats."
                : $"Takes seat {count.Used + 1} of {count.Limit}.");
        AdministrationEffects = effects;
    }
}
