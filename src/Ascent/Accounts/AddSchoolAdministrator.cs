using Ascent.Accounts.Conversions;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Reports">Beside School setup: permissions that open reports and tracking. Administration opens none by itself.</param>
public sealed record AddSchoolAdministratorRequest(string Urn, string? Forename, string? Surname, string? Email, bool AcceptsMixedScript, JobRole JobRole, PermissionSet Reports);

/// <param name="Code">The activation code, to be told once, while the school has nobody who could show it; null when there is.</param>
/// <param name="WasWaiting">The person was a pending administrator already; only the link is new.</param>
public sealed record SchoolAdministratorAdded(Guid MembershipId, string School, string Email, string? Code, bool WasWaiting);

public sealed record AdministratorAdded(Guid MembershipId, long Permissions, bool CodeTold) : AuditEvent("administrator-added");

/// <summary>The operator's way to a school's first administrator: the same pending user, invitation and mail as every other.</summary>
public sealed class AddSchoolAdministrator(Database database, CreateUser createUser, ResendInvitation resend, GuardedCodes codes, TimeProvider clock)
{
    public async Task<Result<SchoolAdministratorAdded>> ExecuteAsync(AddSchoolAdministratorRequest request, CancellationToken cancellationToken)
    {
        var (school, became) = await database.ReadAsync(OrganisationScope.Server, async db =>
            await db.Set<School>().SingleOrDefaultAsync(s => s.Code == request.Urn, cancellationToken) is { } found ? (found, await db.BecameAsync(found, cancellationToken)) : default);
        if (school is null)
            return new NotFound($"school with URN {request.Urn}");
        if (became is not null)
            return became;
        var actor = EnterSchool.ActorIn(school.Id);
        var created = await createUser.ExecuteAsync(
            new(null, request.Forename, request.Surname, request.Email, request.AcceptsMixedScript, request.JobRole, null, request.Reports.With(Permission.SchoolSetup), null), actor, cancellationToken);
        if (created.Succeeded)
            return await TellAsync(school, created.Value, wasWaiting: false, actor, cancellationToken);
        // Asked again for an administrator who still waits: a lost mail or a lost code must not be a dead end. Whoever waits without
        // School setup is refused instead, because this does not change anybody's access.
        if (created.Refusals is not [AlreadyHere { State: MembershipState.Pending } waiting] || !await HoldsSchoolSetupAsync(school, waiting.MembershipId, cancellationToken))
            return Result.Refuse<SchoolAdministratorAdded>(created.Refusals);
        var resent = await resend.ExecuteAsync(waiting.MembershipId, actor, cancellationToken);
        return resent.Succeeded ? await TellAsync(school, waiting.MembershipId, wasWaiting: true, actor, cancellationToken) : Result.Refuse<SchoolAdministratorAdded>(resent.Refusals);
    }

    private Task<bool> HoldsSchoolSetupAsync(School school, Guid membershipId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(school.Id), async db =>
            (await db.Set<Membership>().SingleOrDefaultAsync(m => m.Id == membershipId, cancellationToken))?.Permissions.Has(Permission.SchoolSetup) == true);

    private Task<Result<SchoolAdministratorAdded>> TellAsync(School school, Guid membershipId, bool wasWaiting, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<SchoolAdministratorAdded>>(OrganisationScope.Of(school.Id), async db =>
        {
            var (membership, invitation) = (await db.FindPendingAsync(membershipId, cancellationToken))!.Value;
            var nobodyCanShowIt = (await db.AdministratorNamesAsync(clock.Today(), cancellationToken)).Count == 0;
            db.AddAudit(clock.Now(), actor, school.Id, new AdministratorAdded(membershipId, membership.PermissionBits, nobodyCanShowIt), invitation.ForAudit(membership));
            await db.SaveChangesAsync(cancellationToken);
            return new SchoolAdministratorAdded(membershipId, school.Name, invitation.Email, nobodyCanShowIt ? codes.Read(invitation) : null, wasWaiting);
        }, cancellationToken);
}
