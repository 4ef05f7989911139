using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

/// <summary>A page that asks for some of the permissions: shows what was chosen, or what the job role suggests, and keeps what is ticked.</summary>
public abstract class AccessStep(CreateUserJourney journeys, string step) : CreateUserStep(journeys, step)
{
    /// <summary>The permissions of this page.</summary>
    private IEnumerable<Permission> Asked => PermissionCatalogue.All.Where(info => AccessWords.GroupsOf(Step).Contains(info.Group)).Select(info => info.Permission);

    /// <summary>"Suggested for teachers: …", or that nothing is.</summary>
    public string Suggestion
    {
        get
        {
            var role = JobRoles.Of(Answers.JobRole);
            var suggested = Asked.Where(role.Suggestion.Has).Select(p => AccessWords.Label(p, role.Suggestion, School.HasTracking)).ToArray();
            return suggested.Length == 0 ? $"Nothing is suggested for {role.Plural}. Tick what {Who} needs."
                : $"Suggested for {role.Plural}: {InWords.List(suggested.Select(s => $"“{s}”"))}. Change it as you need.";
        }
    }

    protected abstract void Show(PermissionSet set);

    protected abstract PermissionSet Chosen();

    public void OnGet() => Show(IsAnswered ? Answers.Permissions() : JobRoles.Of(Answers.JobRole).Suggestion);

    public async Task<IActionResult> OnPostAsync()
    {
        var chosen = Chosen();
        var refusals = AccessRules.CheckAccess(chosen, School.HasTracking);
        return refusals.Count > 0 ? this.Refused(refusals) : await KeepAsync(answers => answers with { PermissionBits = Without(answers.Permissions()).Bits | chosen.Bits });
    }

    private PermissionSet Without(PermissionSet set) => Asked.Aggregate(set, (left, permission) => left.Without(permission));
}
