using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <param name="SealedAt">When the newest sealed entry was written; null while nothing is sealed.</param>
/// <param name="UnsealedSince">When the oldest entry without a seal was written; null when all have theirs.</param>
public sealed record AuditOverview(int Chains, DateTime? SealedAt, int Unsealed, DateTime? UnsealedSince);

/// <summary>How the server fares, in counts: nobody's name, and nothing of one school.</summary>
public sealed record ServerOverview(
    DatabaseSize Database, int Schools, int SchoolsWithUsers, int Accounts, int Pending, MailCount Mail, AuditOverview Audit);

/// <summary>What an operator's first page shows.</summary>
public sealed class ReadServerOverview(Database database, MeasureDatabase measureDatabase, CountMail countMail)
{
    public async Task<ServerOverview> ExecuteAsync(CancellationToken cancellationToken)
    {
        var size = await measureDatabase.ExecuteAsync(cancellationToken);
        var mail = await countMail.ExecuteAsync(cancellationToken);
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var active = db.Set<Membership>().Where(m => m.State == MembershipState.Active);
            return new ServerOverview(
                size,
                await db.Set<School>().CountAsync(s => !s.IsClosed, cancellationToken),
                await active.Select(m => m.OrganisationId).Distinct().CountAsync(cancellationToken),
                await active.Select(m => m.AccountId).Distinct().CountAsync(cancellationToken),
                await db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending, cancellationToken),
                mail,
                await AuditAsync(db, cancellationToken));
        });
    }

    private static async Task<AuditOverview> AuditAsync(AppDb db, CancellationToken cancellationToken)
    {
        var unsealed = db.Set<AuditEntry>().Where(e => e.Sequence == null);
        // The heads of the chains lead to their newest entries by the index; reading every entry would not.
        var heads = from chain in db.Set<AuditChain>()
                    join entry in db.Set<AuditEntry>() on new { chain.OrganisationId, Sequence = (long?)chain.Sequence } equals new { entry.OrganisationId, entry.Sequence }
                    select (DateTime?)entry.At;
        return new(
            await db.Set<AuditChain>().CountAsync(cancellationToken),
            await heads.MaxAsync(cancellationToken),
            await unsealed.CountAsync(cancellationToken),
            await unsealed.MinAsync(e => (DateTime?)e.At, cancellationToken));
    }
}
