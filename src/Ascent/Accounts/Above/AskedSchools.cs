using System.Text.Json;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>A school as the public register has it, and how it stands with the body. Nothing else of a school that is not linked is shown.</summary>
/// <param name="Level">Of the present link; null when there is none.</param>
/// <param name="Asked">What the body has asked for and the school has not answered.</param>
public sealed record SchoolToAsk(string Urn, string? DfeNumber, string Name, string? Town, ReachLevel? Level, AskedFor? Asked)
{
    /// <summary>There is no higher level.</summary>
    public bool IsLinkedForAll => Level == ReachLevel.Pupil;
}

public sealed record AskedFor(ReachLevel Level, string Agreement, DateTime At);

/// <summary>Finds schools that a body could ask for a link: any open one on the server, by the register's facts.</summary>
public sealed class FindSchoolsToAsk(Database database)
{
    /// <param name="search">A part of the name, or the whole DfE number or URN.</param>
    public Task<Result<IReadOnlyList<SchoolToAsk>>> ExecuteAsync(Actor actor, string search, int most, CancellationToken cancellationToken)
    {
        var key = PlainText.SearchKey(PickedSchool.ReadField(search) ?? "").Replace('\0', '\ufffd');
        return FindAsync(actor, db => db.Set<School>().Where(s => s.NameKey.Contains(key) || s.Code == key || s.DfeNumber == key), most, cancellationToken);
    }

    /// <summary>One of them.</summary>
    public async Task<Result<SchoolToAsk>> OneAsync(Actor actor, string urn, CancellationToken cancellationToken)
    {
        var found = await FindAsync(actor, db => db.Set<School>().Where(s => s.Code == urn), 1, cancellationToken);
        return !found.Succeeded ? Result.Refuse<SchoolToAsk>(found.Refusals) : found.Value is [var one] ? one : new NotFound($"school with URN {urn}");
    }

    private async Task<Result<IReadOnlyList<SchoolToAsk>>> FindAsync(Actor actor, Func<AppDb, IQueryable<School>> schools, int most, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var rows = await schools(db).Where(s => !s.IsClosed).OrderBy(s => s.NameKey).ThenBy(s => s.Id).Take(most)
                .Select(s => new
                {
                    s.Code, s.DfeNumber, s.Name, s.Town,
                    Level = db.PresentLinks(bodyId).Where(l => l.OrganisationId == s.Id).Select(l => (ReachLevel?)l.Level).FirstOrDefault(),
                    Asked = db.Set<ReachProposal>().Where(p => p.OrganisationId == s.Id && p.BodyId == bodyId).Select(p => new AskedFor(p.Level, p.Agreement, p.ProposedAt)).FirstOrDefault(),
                }).ToListAsync(cancellationToken);
            return Result.Of<IReadOnlyList<SchoolToAsk>>(rows.ConvertAll(r => new SchoolToAsk(r.Code, r.DfeNumber, r.Name, r.Town, r.Level, r.Asked)));
        });
    }
}

/// <param name="By">Who asked; null when that account is gone.</param>
public sealed record AskedLine(Guid ProposalId, string Urn, string School, ReachLevel Level, string Agreement, DateTime At, string? By);

public sealed record AnswerLine(string Urn, string School, ReachLevel Level, bool IsAccepted, DateTime At);

/// <summary>What a body has asked schools for: what waits, the oldest first, and what they have answered lately, the newest first.</summary>
public sealed record AskedSchools(IReadOnlyList<AskedLine> Waiting, IReadOnlyList<AnswerLine> Answers);

public sealed class ListAskedSchools(Database database, TimeProvider clock)
{
    /// <summary>How long an answer is listed. Afterwards it stands in the log.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    /// <summary>How many answers are listed at most.</summary>
    public const int MostAnswers = 50;

    public async Task<Result<AskedSchools>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return new NotAllowed(Permission.LaSetup);
        var since = clock.Now() - Lately;
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var waiting = await (from proposal in db.Set<ReachProposal>()
                                 where proposal.BodyId == bodyId
                                 join school in db.Set<School>() on proposal.OrganisationId equals school.Id
                                 orderby proposal.ProposedAt, proposal.Id
                                 select new AskedLine(proposal.Id, school.Code, school.Name, proposal.Level, proposal.Agreement, proposal.ProposedAt,
                                     db.Set<Account>().Where(a => a.Id == proposal.ProposedById).Select(a => a.Forename + " " + a.Surname).FirstOrDefault())).ToListAsync(cancellationToken);
            var accepted = await (from link in db.Set<ReachLink>()
                                  where link.BodyId == bodyId && link.Origin == ReachOrigin.Accepted && link.StartedAt >= since
                                  join school in db.Set<School>() on link.OrganisationId equals school.Id
                                  orderby link.StartedAt descending
                                  select new AnswerLine(school.Code, school.Name, link.Level, true, link.StartedAt)).Take(MostAnswers).ToListAsync(cancellationToken);
            // A refusal leaves no row but the entry in the body's own log.
            var entries = await db.Set<AuditEntry>().Where(e => e.OrganisationId == bodyId && e.Kind == ReachDeclined.EventKind && e.At >= since)
                .OrderByDescending(e => e.At).Take(MostAnswers).Select(e => new { e.At, e.Facts }).ToListAsync(cancellationToken);
            var declined = entries.ConvertAll(e => (e.At, Event: JsonSerializer.Deserialize<ReachDeclined>(e.Facts)!));
            var ids = declined.ConvertAll(d => d.Event.SchoolId);
            var schools = await db.Set<School>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => new { s.Code, s.Name }, cancellationToken);
            var answers = accepted.Concat(declined.Where(d => schools.ContainsKey(d.Event.SchoolId)).Select(d => new AnswerLine(schools[d.Event.SchoolId].Code, schools[d.Event.SchoolId].Name, d.Event.Level, false, d.At)));
            return new AskedSchools(waiting, [.. answers.OrderByDescending(a => a.At).Take(MostAnswers)]);
        });
    }
}

/// <summary>A body took back what it had asked for. In the chains of both.</summary>
public sealed record ReachWithdrawn(Guid ProposalId, Guid SchoolId, Guid BodyId, ReachLevel Level) : AuditEvent("reach-withdrawn");

/// <summary>A body takes back what it has asked a school for; the school's holders of School setup are told. What is linked already stays as it is.</summary>
public sealed class WithdrawProposal(Database database, HolderMails mails, TimeProvider clock)
{
    /// <returns>The URN of the school, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid proposalId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } bodyId || !actor.Holds(Permission.LaSetup, bodyId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.LaSetup));
        return database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<ReachProposal>().SingleOrDefaultAsync(p => p.BodyId == bodyId && p.Id == proposalId, cancellationToken) is not { } proposal)
                return new ProposalGone();
            var now = clock.Now();
            db.Remove(proposal);
            await db.NoteAsync(now, actor, proposal.OrganisationId, bodyId, new ReachWithdrawn(proposal.Id, proposal.OrganisationId, bodyId, proposal.Level),
                new Dictionary<string, string> { ["Agreement"] = proposal.Agreement }, cancellationToken);
            var body = await db.Set<Organisation>().Where(o => o.Id == bodyId).Select(o => o.Name).SingleAsync(cancellationToken);
            await mails.TellReachAsync(db, proposal.OrganisationId, body, $"does not ask for {proposal.Level.Words()} any more", actor, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return await db.Set<School>().Where(s => s.Id == proposal.OrganisationId).Select(s => s.Code).SingleAsync(cancellationToken);
        }, cancellationToken);
    }
}

/// <summary>The school has answered, or somebody withdrew it.</summary>
public sealed record ProposalGone() : Refusal("proposal-gone", "This does not wait any more: the school has answered meanwhile, or it was withdrawn", RefusalKind.Conflict);
