using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <param name="EndedAt">Null while it is present.</param>
public sealed record ReachLine(Guid LinkId, int Version, Guid BodyId, string Body, OrganisationKind Kind, ReachLevel Level, ReachOrigin Origin, string? Agreement, DateTime StartedAt, DateTime? EndedAt, ReachEnding? Ending);

public sealed record ReachProposalLine(Guid ProposalId, string Body, OrganisationKind Kind, ReachLevel Level, string Agreement, DateTime ProposedAt);

/// <summary>Who reaches the school, who asks to, and who did; the newest first.</summary>
public sealed record SchoolReach(IReadOnlyList<ReachLine> Present, IReadOnlyList<ReachProposalLine> Asked, IReadOnlyList<ReachLine> Past);

/// <summary>What "Our organisation" shows to a School setup holder.</summary>
public sealed class ListReach(Database database)
{
    /// <summary>How many of the past are shown.</summary>
    public const int MostPast = 50;

    public async Task<Result<SchoolReach>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } schoolId || !actor.Holds(Permission.SchoolSetup, schoolId))
            return new NotAllowed(Permission.SchoolSetup);
        return await database.ReadAsync(OrganisationScope.Of(schoolId), async db =>
        {
            var lines = from link in db.Set<ReachLink>()
                        join body in db.Set<Organisation>() on link.BodyId equals body.Id
                        select new { link, body.Name, body.Kind };
            var present = await lines.Where(l => l.link.EndedAt == null).OrderBy(l => l.Name).ThenBy(l => l.link.Id).ToListAsync(cancellationToken);
            var past = await lines.Where(l => l.link.EndedAt != null).OrderByDescending(l => l.link.EndedAt).ThenBy(l => l.link.Id).Take(MostPast).ToListAsync(cancellationToken);
            var asked = await (from proposal in db.Set<ReachProposal>()
                               join body in db.Set<Organisation>() on proposal.BodyId equals body.Id
                               orderby proposal.ProposedAt descending, proposal.Id
                               select new ReachProposalLine(proposal.Id, body.Name, body.Kind, proposal.Level, proposal.Agreement, proposal.ProposedAt)).ToListAsync(cancellationToken);
            ReachLine Line(ReachLink l, string name, OrganisationKind kind) => new(l.Id, l.Version, l.BodyId, name, kind, l.Level, l.Origin, l.Agreement, l.StartedAt, l.EndedAt, l.Ending);
            return new SchoolReach(present.ConvertAll(p => Line(p.link, p.Name, p.Kind)), asked, past.ConvertAll(p => Line(p.link, p.Name, p.Kind)));
        });
    }
}
