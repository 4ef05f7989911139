using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Web.Journeys;

/// <summary>The answers so far. Raise <see cref="CreateUserJourney.StateVersion"/> when a field changes its meaning.</summary>
public sealed record CreateUserAnswers
{
    public string Forename { get; init; } = "";

    public string Surname { get; init; } = "";

    public string Email { get; init; } = "";

    public bool AcceptsMixedScript { get; init; }

    public JobRole JobRole { get; init; }

    public string? OtherRole { get; init; }

    /// <summary>As <see cref="PermissionSet.Bits"/>.</summary>
    public long PermissionBits { get; init; }

    public DateOnly? EndsOn { get; init; }

    /// <summary>The pending membership that is withdrawn when this one is made; null for a user who is simply new.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>Who that is, as the pages say it.</summary>
    public string? ReplacesName { get; init; }

    /// <summary>The access template, or the colleague, whose set the pages about access begin with; neither for what is usual for the job role.</summary>
    public Guid? TemplateId { get; init; }

    public Guid? ColleagueId { get; init; }

    /// <summary>What that is called, as the pages say it.</summary>
    public string? BeginsWith { get; init; }

    public PermissionSet Permissions() => new(PermissionBits);
}

/// <summary>The pages of "Create a single user", in their order.</summary>
public static class CreateUserSteps
{
    public const string About = "about";
    public const string Role = "role";
    public const string Administration = "administration";
    public const string Reports = "reports";
    public const string Tracking = "tracking";
    public const string Confirm = "confirm";

    /// <summary>Beside the way: reached from the last page only.</summary>
    public const string EndDate = "end-date";

    public static IReadOnlyList<string> In(bool hasTracking) =>
        hasTracking ? [About, Role, Administration, Reports, Tracking, Confirm] : [About, Role, Administration, Reports, Confirm];

    public static string Label(string step) => step switch
    {
        About => "About the user",
        Role => "Job role",
        Administration => "Administration",
        Reports => "Access to reports",
        Tracking => "Access to Pupil Tracking",
        Confirm => "Confirm and finish",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}

/// <summary>Begins, finds and answers the journey on behalf of its pages.</summary>
public sealed class CreateUserJourney(JourneyStore store)
{
    public const string Name = "create-user";
    public const int StateVersion = 1;

    public Task<Journey?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken) => store.FindAsync(actor, Name, StateVersion, id, cancellationToken);

    public Task<Guid> BeginAsync(Actor actor, CreateUserAnswers answers, CancellationToken cancellationToken) =>
        store.BeginAsync(actor, Name, StateVersion, [CreateUserSteps.About], answers, cancellationToken);

    /// <summary>Filled with a pending user's answers, who is withdrawn on Confirm: every question is answered, and name and email can be put right.</summary>
    public Task<Guid> BeginAgainAsync(SchoolAccess school, PendingUser person, CancellationToken cancellationToken)
    {
        var answers = new CreateUserAnswers
        {
            Forename = person.Forename,
            Surname = person.Surname,
            Email = person.Email,
            // It was let through once already.
            AcceptsMixedScript = EmailAddress.Parse(person.Email)?.MixesScripts == true,
            JobRole = person.Access.JobRole,
            OtherRole = person.Access.OtherRole,
            // What lies still in this school cannot be given anew.
            PermissionBits = person.Permissions.Effective(school.HasTracking).Normalised().Bits,
            EndsOn = person.EndsOn,
            TemplateId = person.TemplateId,
            Replaces = person.MembershipId,
            ReplacesName = person.FullName,
        };
        var steps = CreateUserSteps.In(school.HasTracking).Where(s => s != CreateUserSteps.Confirm).ToArray();
        return store.BeginAsync(school.Actor, Name, StateVersion, steps, answers, cancellationToken);
    }

    public Task<bool> AnswerAsync(Actor actor, Guid id, string step, Func<CreateUserAnswers, CreateUserAnswers> change, CancellationToken cancellationToken) =>
        store.AnswerAsync(actor, Name, StateVersion, id, step, change, cancellationToken, AskedAgain);

    // Whoever chooses another set to begin with wants to see it, also where the pages about access have been answered.
    private static IEnumerable<string> AskedAgain(CreateUserAnswers before, CreateUserAnswers after) =>
        (before.TemplateId, before.ColleagueId) != (after.TemplateId, after.ColleagueId) ? [CreateUserSteps.Administration, CreateUserSteps.Reports, CreateUserSteps.Tracking] : [];
}
