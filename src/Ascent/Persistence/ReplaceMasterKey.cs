using Ascent.Audit;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <param name="KeysForgotten">Keys of the ring that nobody can read any more.</param>
public sealed record MasterKeyReplaced(int KeysForgotten) : AuditEvent("master-key-replaced");

/// <summary>The key that is here opens the database, so there is nothing to mend.</summary>
public sealed record MasterKeyHolds() : Refusal("master-key-holds", "The master key that is here is the right one for this database. Nothing was changed.", RefusalKind.Conflict);

/// <summary>
/// The way on after a master key is lost for good: forgets the key ring that it wrapped, so that the server starts again under the key
/// that is here, or a new one. What was kept under the old key stays unreadable; people's passwords, rights and data do not hang on it.
/// </summary>
public sealed class ReplaceMasterKey(Database database, CheckMasterKey checkMasterKey, TimeProvider clock)
{
    public async Task<Result<int>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var check = await checkMasterKey.ExecuteAsync(cancellationToken);
        if (check.Succeeded)
            return new MasterKeyHolds();
        if (check.Refusals is [MasterKeyUnreadable unreadable])
            return unreadable;
        return await database.ChangeAsync<Result<int>>(OrganisationScope.Server, async db =>
        {
            var keys = await db.Set<KeyRingKey>().ToListAsync(cancellationToken);
            db.RemoveRange(keys);
            db.AddAudit(clock.Now(), actor, AuditTrail.Server, new MasterKeyReplaced(keys.Count));
            await db.SaveChangesAsync(cancellationToken);
            return keys.Count;
        }, cancellationToken);
    }
}
