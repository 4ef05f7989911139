using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.CreateUser;

public sealed class ConfirmModel(BodyUserJourney journeys, EnterFromAbove enter, CreateBodyUser createUser, ListBodySchools listSchools, ReadSeats readSeats, ServerSettings settings)
    : BodyUserStep(journeys, enter, BodyUserSteps.Confirm)
{
    /// <summary>The level of the link as the page showed it, so that nobody confirms what has changed meanwhile.</summary>
    [BindProperty]
    public string? Level { get; set; }

    /// <summary>What the person will get: in a school School setup, and of the reports what the link covers at this moment.</summary>
    public PermissionSet Permissions => School is { } school ? new PermissionSet(Answers.PermissionBits & school.Level.Grants().Bits).With(Permission.SchoolSetup) : Answers.Permissions();

    /// <summary>Reports that were ticked, and that the link does not cover any more.</summary>
    public IReadOnlyList<string> NotCovered => School is { } school
        ? [.. Answers.Permissions().Held().Where(p => !school.Level.Grants().Has(p)).Select(p => $"“{PermissionCatalogue.Label(p, Place)}”")] : [];

    public string Role => JobRoles.Label(Answers.JobRole, Answers.OtherRole);

    public string EndsOn => Answers.EndsOn is { } day ? $"After {InWords.Date(day)}" : "No end date";

    public int LinkDays => (int)settings.InvitationLife.TotalDays;

    /// <summary>The schools that were chosen and are linked now.</summary>
    public IReadOnlyList<PickedSchool> Chosen { get; private set; } = [];

    /// <summary>The School setup seats of the school; null for the body's own users.</summary>
    public SeatCount? Seats { get; private set; }

    public string SeatsWords => Seats is not { } seats ? ""
        : seats.IsFull ? $"All {seats.Limit} School setup seats have been taken meanwhile: it cannot be given now."
        : seats.Used + 1 == seats.Limit ? $"Takes the last of {seats.Limit} School setup seats."
        : $"Takes School setup seat {seats.Used + 1} of {seats.Limit}.";

    public IReadOnlyList<string> Reports => BodyAccessWords.InStep(BodyUserSteps.Reports, Answers with { PermissionBits = Permissions.Bits }, Place);

    public IReadOnlyList<string> Administration => BodyAccessWords.InStep(BodyUserSteps.Administration, Answers with { PermissionBits = Permissions.Bits }, Place);

    public async Task OnGetAsync() => await ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
        if (School is { } school && Level != school.Level.ToString())
            return this.Refused([new LevelChanged(school.Name, school.Level)]);
        var gone = Answers.Schools.Count - Chosen.Count;
        if (gone > 0)
            return this.Refused([new SchoolsRefusal($"{InWords.Count(gone, "of the chosen schools is", "of the chosen schools are")} not linked with your organisation any more: look at the choice again")]);
        var request = new CreateBodyUserRequest(Journey!.Id, Answers.Forename, Answers.Surname, Answers.Email, Answers.AcceptsMixedScript, Answers.JobRole, Answers.OtherRole, Permissions,
            Answers.EndsOn, Answers.School, [.. Chosen.Select(s => s.Id)]);
        var created = await createUser.ExecuteAsync(request, Body.Actor, HttpContext.RequestAborted);
        if (created.Succeeded)
            return Redirect(BodyLinks.PendingUsersAfterCreation(Body.Address, Answers.School, created.Value));
        // Locked, or the link has ended, between this page and its button: the question about the place says so.
        if (created.Refusals.Any(r => r is Ascent.Shared.NotFound or SchoolIsLocked or ReachOver))
            return Redirect(Link(BodyUserSteps.Where));
        return this.Refused(created.Refusals);
    }

    /// <summary>Where to mend what was refused.</summary>
    public string MendHref(string field) => Link(field switch
    {
        "Forename" or "Surname" or "Email" => BodyUserSteps.About,
        "EndsOn" => BodyUserSteps.EndDate,
        "Schools" => BodyUserSteps.Reports,
        "" => BodyUserSteps.Confirm,
        _ when Enum.TryParse<Permission>(field, out var permission) => permission == Permission.LaSetup ? BodyUserSteps.Administration
            : permission == Permission.SchoolSetup ? BodyUserSteps.Where : BodyUserSteps.Reports,
        _ => BodyUserSteps.Where,
    }, change: field.Length > 0);

    private async Task ReadAsync()
    {
        Chosen = await listSchools.PickAsync(Body.Actor, Answers.Schools, HttpContext.RequestAborted);
        if (School is { } school)
            Seats = (await readSeats.ExecuteAsync(school.Id, HttpContext.RequestAborted)).Single(c => c.Permission == Permission.SchoolSetup);
    }
}

/// <summary>The link goes another way than when the page was shown.</summary>
public sealed record LevelChanged(string School, ReachLevel Level)
    : Refusal("level-changed", $"The link with {School} has changed meanwhile and is now for {Level.Words()}: look at what is given, and confirm again", RefusalKind.Conflict);
