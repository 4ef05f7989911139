using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.Web.Components;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class AdministrationModel(CreateUserJourney journeys, ReadSeats readSeats) : CreateUserStep(journeys, CreateUserSteps.Administration)
{
    [BindProperty]
    public bool SchoolSetup { get; set; }

    [BindProperty]
    public bool ManageData { get; set; }

    public IReadOnlyList<SeatCount> Seats { get; private set; } = [];

    /// <summary>What the job role suggests, in a sentence.</summary>
    public string Suggestion { get; private set; } = "";

    public async Task OnGetAsync()
    {
        await ReadAsync();
        var set = IsAnswered ? Answers.Permissions() : JobRoles.Of(Answers.JobRole).Suggestion;
        SchoolSetup = set.Has(Permission.SchoolSetup);
        // A suggestion never asks for a seat that is not there.
        ManageData = set.Has(Permission.ManageData) && (IsAnswered || !Of(Permission.ManageData).IsFull);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
        var chosen = PermissionSet.None;
        if (SchoolSetup)
            chosen = chosen.With(Permission.SchoolSetup);
        if (ManageData)
            chosen = chosen.With(Permission.ManageData);
        var full = chosen.SeatsNeeded().Select(Of).Where(c => c.IsFull)
            .Select(c => new SeatsFull(c, PermissionCatalogue.Label(c.Permission, School.HasTracking))).ToArray();
        if (full.Length > 0)
            return this.Refused(full);
        chosen = chosen.Normalised();
        return await KeepAsync(answers => answers with { PermissionBits = answers.Permissions().Without(Permission.SchoolSetup).Without(Permission.ManageData).Bits | chosen.Bits });
    }

    public SeatCount Of(Permission permission) => Seats.Single(c => c.Permission == permission);

    public IReadOnlyList<Components.SeatHolder> Holders(Permission permission) => Of(permission).Pegs(School.AccountId);

    public Components.SeatHolder Next => new(Initials, FullName);

    private async Task ReadAsync()
    {
        // A seat of somebody who is withdrawn in the same save is free for this person.
        Seats = [.. (await readSeats.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted)).Select(c => c.Without(Answers.Replaces))];
        var role = JobRoles.Of(Answers.JobRole);
        Suggestion = role.Suggestion.Has(Permission.ManageData)
            ? $"Suggested for {role.Plural}: Manage data. Tick only what {Who} will use."
            : $"Most {role.Plural} need neither. Tick only what {Who} will use.";
    }
}
