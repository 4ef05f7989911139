using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Privacy;

/// <summary>Erases everybody whose last place in any organisation was deleted 30 days ago. Not operators: they have a place on the server.</summary>
public sealed class EraseLeavers(Database database, EraseAccount eraseAccount, ErasureList list, TimeProvider clock) : NightlyTask
{
    /// <summary>More are left for the next night.</summary>
    public const int MostInANight = 2_000;

    public override string Counts => "accounts erased";

    public override async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.Now() - Retention.Leavers;
        var leavers = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Membership>()
            .Where(m => m.State == MembershipState.Deleted)
            .GroupBy(m => m.AccountId).Where(g => g.Max(m => m.StateSince) < before).Select(g => g.Key)
            .Where(id => !db.Set<Membership>().Any(m => m.AccountId == id && m.State != MembershipState.Deleted)
                && !db.Set<Operator>().Any(o => o.AccountId == id)
                && db.Set<Account>().Any(a => a.Id == id && !a.EmailKey.StartsWith(EraseAccount.ErasedKey)))
            .OrderBy(id => id).Take(MostInANight).ToListAsync(cancellationToken));
        var count = 0;
        foreach (var leaver in leavers)
            count += await eraseAccount.EraseLeaverAsync(leaver, before, cancellationToken) ? 1 : 0;
        if (leavers.Count > 0)
            await list.ExecuteAsync(cancellationToken);
        return count;
    }
}
