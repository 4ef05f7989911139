using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>A School setup holder said no. In the chains of the school and of the body.</summary>
public sealed record ReachDeclined(Guid ProposalId, Guid SchoolId, Guid BodyId, ReachLevel Level) : AuditEvent(EventKind)
{
    public const string EventKind = "reach-declined";
}

/// <summary>
/// A School setup holder agrees to what a body has proposed: the link begins, or the higher level takes the place of the present link, from the next
/// request on. Two who accept at once make one link.
/// </summary>
public sealed class AcceptReach(Database database, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the body, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid proposalId, Actor actor, CancellationToken cancellationToken) =>
        ReachAnswers.OnProposalAsync(database, proposalId, actor, asksFresh: true, async (db, proposal, body) =>
        {
            var now = clock.Now();
            var present = await db.PresentLinkAsync(proposal.OrganisationId, proposal.BodyId, cancellationToken);
            db.Remove(proposal);
            // Meanwhile whoever runs the server may have agreed to as much or more.
            if (present is null || present.Level < proposal.Level)
            {
                var link = db.Start(present, proposal.OrganisationId, proposal.BodyId, proposal.Level, ReachOrigin.Accepted, proposal.Agreement, actor, clock.NewId(), now);
                await db.NoteAsync(now, actor, link.OrganisationId, link.BodyId, new ReachStarted(link.Id, link.OrganisationId, link.BodyId, link.Level, link.Origin),
                    new Dictionary<string, string> { ["Agreement"] = proposal.Agreement }, cancellationToken);
                await mails.TellReachAsync(db, link.OrganisationId, body, $"reaches the school from now on, for {link.Level.Words()}", actor, now, cancellationToken);
            }
            await db.SaveChangesAsync(cancellationToken);
            return body;
        }, cancellationToken);
}

/// <summary>A School setup holder does not agree. What is linked already stays as it is.</summary>
public sealed class DeclineReach(Database database, TimeProvider clock)
{
    /// <returns>The name of the body, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid proposalId, Actor actor, CancellationToken cancellationToken) =>
        ReachAnswers.OnProposalAsync(database, proposalId, actor, asksFresh: false, async (db, proposal, body) =>
        {
            db.Remove(proposal);
            await db.NoteAsync(clock.Now(), actor, proposal.OrganisationId, proposal.BodyId, new ReachDeclined(proposal.Id, proposal.OrganisationId, proposal.BodyId, proposal.Level),
                new Dictionary<string, string> { ["Agreement"] = proposal.Agreement }, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return body;
        }, cancellationToken);
}

internal static class ReachAnswers
{
    // In the server's scope, because the body's log has the answer too; every question names the school.
    public static Task<Result<string>> OnProposalAsync(
        Database database, Guid proposalId, Actor actor, bool asksFresh, Func<AppDb, ReachProposal, string, Task<Result<string>>> answer, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } schoolId || !actor.Holds(Permission.SchoolSetup, schoolId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.SchoolSetup));
        if (asksFresh && !actor.IsFresh)
            return Task.FromResult<Result<string>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<ReachProposal>().SingleOrDefaultAsync(p => p.OrganisationId == schoolId && p.Id == proposalId, cancellationToken) is not { } proposal)
                return new NotFound("proposal");
            var body = await db.Set<Organisation>().Where(o => o.Id == proposal.BodyId).Select(o => o.Name).SingleAsync(cancellationToken);
            return await answer(db, proposal, body);
        }, cancellationToken);
    }
}
