using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <param name="ActivatedAt">Null while the person has not signed up.</param>
/// <param name="LinkExpiresAt">The end of the sign-up link; null once it is used.</param>
public sealed record OperatorLine(string Email, string Name, DateTime AddedAt, DateTime? ActivatedAt, DateTime? LinkExpiresAt);

/// <summary>Everybody who runs the server, or is invited to.</summary>
public sealed class ListOperators(Database database)
{
    public Task<List<OperatorLine>> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, db =>
            (from one in db.Set<Operator>()
             join account in db.Set<Account>() on one.AccountId equals account.Id
             join invitation in db.Set<OperatorInvitation>() on one.AccountId equals invitation.AccountId into invitations
             from invitation in invitations.DefaultIfEmpty()
             orderby account.EmailKey
             select new OperatorLine(account.Email, invitation == null ? account.Forename + " " + account.Surname : invitation.Forename + " " + invitation.Surname,
                 one.AddedAt, one.ActivatedAt, invitation == null ? null : invitation.ExpiresAt)).ToListAsync(cancellationToken));
}
