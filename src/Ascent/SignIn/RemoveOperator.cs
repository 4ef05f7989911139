using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

public sealed record OperatorRemoved(Guid AccountId) : AuditEvent("operator-removed");

/// <summary>
/// Takes the server away from an operator: at once, on every device. Password and second factors go too, so that the address is as good as new for a
/// school, or for adding the operator again. The last one may go: the command line does not need an account.
/// </summary>
public sealed class RemoveOperator(Database database, TimeProvider clock)
{
    /// <returns>The name of the person.</returns>
    public Task<Result<string>> ExecuteAsync(string? email, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return Task.FromResult<Result<string>>(new OperatorsOnly());
        var key = EmailAddress.Parse(email)?.Key ?? "";
        return database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == key, cancellationToken);
            var found = account is null ? null : await db.Set<Operator>().SingleOrDefaultAsync(o => o.AccountId == account.Id, cancellationToken);
            if (found is null)
                return new NotFound($"operator as {email}");
            var now = clock.Now();
            db.RemoveRange(await db.Set<OperatorInvitation>().Where(i => i.AccountId == account!.Id).ToListAsync(cancellationToken));
            db.Remove(found);
            // A lost device is left behind in this way too: whoever is added again enrols anew.
            db.RemoveRange(await db.Set<Factor>().Where(f => f.AccountId == account!.Id).ToListAsync(cancellationToken));
            db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account!.Id).ToListAsync(cancellationToken));
            account!.PasswordHash = null;
            account.Version++;
            await Persons.EndSessionsAsync(db, account.Id, except: null, now, cancellationToken);
            db.AddAudit(now, actor, AuditTrail.Server, new OperatorRemoved(account.Id));
            await db.SaveChangesAsync(cancellationToken);
            return $"{account.Forename} {account.Surname}";
        }, cancellationToken);
    }
}
