using Ascent.Accounts;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;

namespace Ascent.Web.Journeys;

/// <summary>The answers so far. Raise <see cref="BodyUserJourney.StateVersion"/> when a field changes its meaning.</summary>
public sealed record BodyUserAnswers
{
    public string Forename { get; init; } = "";

    public string Surname { get; init; } = "";

    public string Email { get; init; } = "";

    public bool AcceptsMixedScript { get; init; }

    /// <summary>The URN of the linked school whose administrator this will be; null for the body's own users.</summary>
    public string? School { get; init; }

    /// <summary>As it was called then, for when the link with it has ended meanwhile.</summary>
    public string? SchoolName { get; init; }

    public JobRole JobRole { get; init; }

    public string? OtherRole { get; init; }

    /// <summary>What was ticked, as <see cref="PermissionSet.Bits"/>. Of a school's administrator the reports only.</summary>
    public long PermissionBits { get; init; }

    /// <summary>Of the body's own users with selected schools: their URNs.</summary>
    public IReadOnlyList<string> Schools { get; init; } = [];

    public DateOnly? EndsOn { get; init; }

    /// <summary>A School Improvement Partner, whose questions are others.</summary>
    public bool IsPartner => School is null && JobRole == JobRole.SchoolImprovementPartner;

    public PermissionSet Permissions() => new(PermissionBits);

    public BodyPersonWords Words => new(Forename, $"{Forename} {Surname}");
}

/// <summary>The person in questions, and in full.</summary>
public sealed record BodyPersonWords(string Who, string FullName);

/// <summary>The pages of a body's "Create a user", in their order. Which of them are asked depends on who it will be.</summary>
public static class BodyUserSteps
{
    public const string About = "about";
    public const string Where = "where";
    public const string Reports = "reports";
    public const string Administration = "administration";
    public const string EndDate = "end-date";
    public const string Confirm = "confirm";

    /// <param name="level">Of the link with the school of the answers, at this moment; null for the body's own users.</param>
    public static IReadOnlyList<string> In(BodyUserAnswers answers, ReachLevel? level) =>
        answers.School is not null ? level is ReachLevel.Administration or null ? [About, Where, Confirm] : [About, Where, Reports, Confirm]
        : answers.IsPartner ? [About, Where, Reports, EndDate, Confirm]
        : [About, Where, Reports, Administration, Confirm];

    public static string Label(string step, bool isPartner = false) => step switch
    {
        About => "About the user",
        Where => "Where and job role",
        Reports => isPartner ? "Schools and reports" : "Access to reports",
        Administration => "Administration",
        EndDate => "End date",
        Confirm => "Confirm and finish",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}

/// <summary>Begins, finds and answers the journey on behalf of its pages.</summary>
public sealed class BodyUserJourney(JourneyStore store)
{
    public const string Name = "create-body-user";
    public const int StateVersion = 1;

    public Task<Journey?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken) => store.FindAsync(actor, Name, StateVersion, id, cancellationToken);

    public Task<Guid> BeginAsync(Actor actor, BodyUserAnswers answers, CancellationToken cancellationToken) =>
        store.BeginAsync(actor, Name, StateVersion, [BodyUserSteps.About], answers, cancellationToken);

    public Task<bool> AnswerAsync(Actor actor, Guid id, string step, Func<BodyUserAnswers, BodyUserAnswers> change, CancellationToken cancellationToken) =>
        store.AnswerAsync(actor, Name, StateVersion, id, step, change, cancellationToken, AskedAgain);

    // Another place or another sort of user has other questions; what was ticked for the one is nothing for the other.
    private static IEnumerable<string> AskedAgain(BodyUserAnswers before, BodyUserAnswers after)
    {
        if ((before.School, before.IsPartner) != (after.School, after.IsPartner))
            return [BodyUserSteps.Reports, BodyUserSteps.Administration, BodyUserSteps.EndDate];
        return [];
    }
}
