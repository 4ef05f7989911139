using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Conversions;

/// <summary>In the same chains as the conversion.</summary>
public sealed record ConversionUndone(Guid ConversionId, string PredecessorUrn, string SuccessorUrn) : AuditEvent("conversion-undone");

/// <param name="MembershipIds">Places that had slept in the successor's old row and were taken away.</param>
public sealed record ConversionCommitted(Guid ConversionId, string PredecessorUrn, string SuccessorUrn, IReadOnlyList<Guid> MembershipIds) : AuditEvent("conversion-committed");

/// <summary>
/// Puts two schools back to their places. Whatever was done in the school since goes back with it: a conversion takes nothing out of the school, so
/// that undoing it has nothing to lose.
/// </summary>
public sealed class UndoConversion(Database database, HolderMails mails, TimeProvider clock)
{
    public Task<Result<ConversionDone>> ExecuteAsync(ConversionRequest request, Actor actor, CancellationToken cancellationToken) =>
        Conversions.DecideAsync(database, request, actor, async (db, conversion, school, former) =>
        {
            if (await LookAtConversion.LockedAsync(db, [school, former], cancellationToken) is { Count: > 0 } locked)
                return Result.Refuse<ConversionDone>([.. locked.Select(l => new ConversionObstacle(l))]);
            var now = clock.Now();
            var name = school.Name;
            former.BecameId = null;
            conversion.Decide(ConversionState.Undone, actor.AccountId, now);
            await ConversionSwap.ExecuteAsync(db, school, former, cancellationToken);
            foreach (var chain in (Guid[])[school.Id, former.Id, AuditTrail.Server])
                db.AddAudit(now, actor, chain, new ConversionUndone(conversion.Id, conversion.PredecessorUrn, conversion.SuccessorUrn));
            await mails.TellConversionAsync(db, school, name, isUndone: true, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return conversion.Describe(school, former);
        }, cancellationToken);
}

/// <summary>Makes a conversion one for good. Places that people had in the successor before, beside the one that went on, are taken away.</summary>
public sealed class CommitConversion(Database database, TimeProvider clock)
{
    public Task<Result<ConversionDone>> ExecuteAsync(ConversionRequest request, Actor actor, CancellationToken cancellationToken) =>
        Conversions.DecideAsync(database, request, actor, async (db, conversion, school, former) =>
        {
            var now = clock.Now();
            var asleep = await db.Set<Membership>().Where(m => m.OrganisationId == former.Id && m.State != MembershipState.Deleted).OrderBy(m => m.Id).ToListAsync(cancellationToken);
            foreach (var place in asleep)
            {
                if (await db.Set<Invitation>().SingleOrDefaultAsync(i => i.OrganisationId == former.Id && i.MembershipId == place.Id, cancellationToken) is { } invitation)
                    await db.WithdrawAsync(place, invitation, actor, now, cancellationToken);
                else
                    place.Delete(actor.AccountId, now);
                await db.CloseAsync(place, cancellationToken);
            }
            conversion.Decide(ConversionState.Committed, actor.AccountId, now);
            foreach (var chain in (Guid[])[school.Id, former.Id, AuditTrail.Server])
                db.AddAudit(now, actor, chain, new ConversionCommitted(conversion.Id, conversion.PredecessorUrn, conversion.SuccessorUrn, asleep.ConvertAll(m => m.Id)));
            await db.SaveChangesAsync(cancellationToken);
            return conversion.Describe(school, former);
        }, cancellationToken);
}

/// <summary>All conversions, the newest first.</summary>
public sealed class ListConversions(Database database)
{
    public async Task<Result<IReadOnlyList<ListedConversion>>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var rows = await (from conversion in db.Set<Conversion>()
                              join school in db.Set<School>() on conversion.SchoolId equals school.Id
                              join former in db.Set<School>() on conversion.FormerId equals former.Id
                              orderby conversion.DoneAt descending, conversion.Id descending
                              select new { conversion, school, former }).ToListAsync(cancellationToken);
            return Result.Of<IReadOnlyList<ListedConversion>>(rows.ConvertAll(r => new ListedConversion(r.conversion.Describe(r.school, r.former), r.conversion.DoneAt, r.conversion.DecidedAt)));
        });
    }
}

public sealed record ListedConversion(ConversionDone Conversion, DateTime DoneAt, DateTime? DecidedAt);

internal static class Conversions
{
    /// <summary>One save, with both schools held and the conversion undecided.</summary>
    public static async Task<Result<ConversionDone>> DecideAsync(
        Database database, ConversionRequest request, Actor actor, Func<AppDb, Conversion, School, School, Task<Result<ConversionDone>>> decide, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        if (!actor.IsFresh)
            return new ConfirmItIsYou();
        return await database.ChangeManyAsync<Result<ConversionDone>>(OrganisationScope.Server, async db =>
        {
            var undecided = db.Set<Conversion>().Where(c => c.State == ConversionState.Done && c.PredecessorUrn == request.PredecessorUrn && c.SuccessorUrn == request.SuccessorUrn);
            if (await undecided.Select(c => new { c.SchoolId, c.FormerId }).SingleOrDefaultAsync(cancellationToken) is not { } ids)
                return new NoUndecidedConversion(request.PredecessorUrn, request.SuccessorUrn);
            await db.HoldAloneAsync([ids.SchoolId, ids.FormerId], cancellationToken);
            if (await undecided.SingleOrDefaultAsync(cancellationToken) is not { } conversion)
                return new NoUndecidedConversion(request.PredecessorUrn, request.SuccessorUrn);
            var (school, former) = (await db.Set<School>().SingleAsync(s => s.Id == conversion.SchoolId, cancellationToken), await db.Set<School>().SingleAsync(s => s.Id == conversion.FormerId, cancellationToken));
            return await decide(db, conversion, school, former);
        }, cancellationToken);
    }
}

public sealed record NoUndecidedConversion(string PredecessorUrn, string SuccessorUrn)
    : Refusal("no-undecided-conversion", $"There is no conversion of {PredecessorUrn} into {SuccessorUrn} that could be undone or committed", RefusalKind.NotFound);
