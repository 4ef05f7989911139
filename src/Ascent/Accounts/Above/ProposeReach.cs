using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <param name="Urn">Of the school that is asked.</param>
public sealed record ProposeReachRequest(string Urn, ReachLevel Level, string? Agreement);

/// <summary>A body asks a school to agree to a level. In the chains of both.</summary>
public sealed record ReachProposed(Guid ProposalId, Guid SchoolId, Guid BodyId, ReachLevel Level) : AuditEvent("reach-proposed");

/// <summary>
/// A body asks a school for a link, or for a higher level; the school's holders of School setup are told, and nothing changes until one of them
/// accepts. Asking again takes the place of what was asked before.
/// </summary>
public sealed class ProposeReach(Database database, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the school, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(ProposeReachRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.LaSetup));
        return database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<School>().SingleOrDefaultAsync(s => s.Code == request.Urn, cancellationToken) is not { } school)
                return new NotFound($"school with URN {request.Urn}");
            var agreement = ReachRules.ReadAgreement(request.Agreement);
            if (!agreement.Succeeded)
                return Result.Refuse<string>(agreement.Refusals);
            var present = await db.PresentLinkAsync(school.Id, bodyId, cancellationToken);
            if (present is not null && present.Level >= request.Level)
                return new ReachesAlready(school.Name, present.Level);
            if (await db.Set<ReachProposal>().SingleOrDefaultAsync(p => p.OrganisationId == school.Id && p.BodyId == bodyId, cancellationToken) is { } before)
            {
                if (before.Level == request.Level && before.Agreement == agreement.Value)
                    return school.Name;
                db.Remove(before);
            }
            var now = clock.Now();
            var proposal = new ReachProposal
            {
                OrganisationId = school.Id, Id = clock.NewId(), BodyId = bodyId, Level = request.Level, Agreement = agreement.Value, ProposedAt = now, ProposedById = actor.AccountId,
            };
            db.Add(proposal);
            await db.NoteAsync(now, actor, school.Id, bodyId, new ReachProposed(proposal.Id, school.Id, bodyId, request.Level), new Dictionary<string, string> { ["Agreement"] = agreement.Value }, cancellationToken);
            var body = await db.Set<Organisation>().Where(o => o.Id == bodyId).Select(o => o.Name).SingleAsync(cancellationToken);
            await mails.TellReachAsync(db, school.Id, body, $"asks the school to agree to {request.Level.Words()}", actor, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return school.Name;
        }, cancellationToken);
    }
}

public sealed record ReachesAlready(string School, ReachLevel Level)
    : Refusal("reaches-already", $"{School} is linked already, for {Level.Words()}", RefusalKind.Refused, "Level");
