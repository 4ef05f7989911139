using Ascent.Shared.Permissions;

namespace Ascent.Shared;

public enum ActorKind
{
    /// <summary>Somebody signed in, acting in one organisation.</summary>
    Person,

    /// <summary>Whoever runs the server: at the command line, or signed in with an operator account.</summary>
    Operator,

    /// <summary>The program itself: a worker, or a rule that acts by itself.</summary>
    System,
}

/// <summary>Somebody of an authority or trust with its setup, acting in a school that it has a link with.</summary>
/// <param name="BodyId">The authority or trust.</param>
/// <param name="Grants">The reports that a holder of School setup may be given from there, by the link's level.</param>
public sealed record FromAbove(Guid BodyId, PermissionSet Grants);

/// <summary>Who acts, where, and with which effective permissions, as read for this very request.</summary>
public sealed record Actor(ActorKind Kind, Guid? AccountId, Guid? MembershipId, Guid? OrganisationId, PermissionSet Permissions)
{
    /// <summary>
    /// The person has given the password within the last minutes. Asked before granting School setup, showing a code and the like; at the
    /// command line whoever holds the server's files counts.
    /// </summary>
    public bool IsFresh { get; init; }

    /// <summary>
    /// Set for somebody from above the school. Such an actor holds no permission of the school, so every use case is closed to them but those
    /// that let them act on holders of School setup.
    /// </summary>
    public FromAbove? Above { get; init; }

    /// <summary>The services of the school that are on. A permission opens nothing of one that is off.</summary>
    public SchoolServices Services { get; init; } = SchoolServices.All;

    public static Actor System { get; } = new(ActorKind.System, null, null, null, PermissionSet.None) { IsFresh = true };

    public static Actor Operator { get; } = new(ActorKind.Operator, null, null, null, PermissionSet.None) { IsFresh = true };

    /// <summary>True when the actor may use <paramref name="permission"/> in the organisation; an operator acts through commands of its own.</summary>
    public bool Holds(Permission permission, Guid organisationId) => OrganisationId == organisationId && Permissions.Has(permission);

    /// <summary>The same for what belongs to a service, which has to be on in the organisation.</summary>
    public bool Holds(Permission permission, Guid organisationId, SchoolServices service) => Services.Has(service) && Holds(permission, organisationId);

    /// <summary>True when the actor manages the users of the organisation: School setup in a school, LA or Trust setup in a body.</summary>
    public bool Administers(Guid organisationId) => Holds(Permission.SchoolSetup, organisationId) || Holds(Permission.LaSetup, organisationId);
}

/// <summary>A use case was called by somebody without the permission. Pages ask first, so this is the second wall.</summary>
public sealed record NotAllowed(Permission Permission)
    : Refusal("not-allowed", $"This needs the permission {PermissionCatalogue.Of(Permission).Label}.", RefusalKind.NotAllowed);

/// <summary>The deed asks for the password again first; nothing was done.</summary>
public sealed record ConfirmItIsYou() : Refusal("confirm-it-is-you", "Give your password again first", RefusalKind.Confirm);

/// <summary>The thing is not there, or not here.</summary>
public sealed record NotFound(string What) : Refusal("not-found", $"There is no such {What} here.", RefusalKind.NotFound);

/// <summary>What concerns the server as a whole, or the register's facts, is for whoever runs it.</summary>
public sealed record OperatorsOnly() : Refusal("operators-only", "Only whoever runs the server can do this.", RefusalKind.NotAllowed);
