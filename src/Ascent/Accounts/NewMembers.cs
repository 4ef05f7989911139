using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>What making one user and making many have in common: the rows that go into the save, and who is here already.</summary>
public sealed class NewMembers(Invitations invitations, TimeProvider clock)
{
    /// <summary>The accounts of these people by <see cref="Shared.Text.EmailAddress.Key"/>; whoever has none yet gets one. A known account keeps its own name.</summary>
    internal async Task<Dictionary<string, Account>> FindOrAddAccountsAsync(AppDb db, IReadOnlyCollection<PersonDetails> people, DateTime now, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var part in people.Chunk(Lookups.Size))
        {
            var keys = part.Select(p => p.Email.Key).ToArray();
            foreach (var account in await db.Set<Account>().Where(a => keys.Contains(a.EmailKey)).ToListAsync(cancellationToken))
            {
                // Whoever erases this account at this moment moves it too: one of the two begins again and meets what the other has done.
                account.Version++;
                accounts[account.EmailKey] = account;
            }
        }
        foreach (var person in people.Where(p => !accounts.ContainsKey(p.Email.Key)))
        {
            var account = new Account
            {
                Id = clock.NewId(),
                Email = person.Email.Typed,
                EmailKey = person.Email.Key,
                Forename = person.Forename,
                Surname = person.Surname,
                CreatedAt = now,
            };
            db.Add(account);
            accounts[account.EmailKey] = account;
        }
        return accounts;
    }

    internal static Membership Add(AppDb db, Guid id, Guid accountId, AccessChoice access, Actor actor, Guid organisationId, DateTime now)
    {
        var membership = new Membership
        {
            OrganisationId = organisationId,
            Id = id,
            AccountId = accountId,
            JobRole = access.JobRole,
            OtherRole = access.OtherRole,
            Permissions = access.Permissions,
            EndsOn = access.EndsOn,
            CreatedAt = now,
            CreatedById = actor.AccountId,
        };
        db.Add(membership);
        return membership;
    }

    /// <summary>Link, code and mail; a person who has signed up somewhere before gets other words, on no page though.</summary>
    internal void Invite(AppDb db, Membership membership, PersonDetails person, string organisation, Account account, DateTime now) =>
        invitations.Create(db, membership, person, organisation, account.HasSignedUp, now);
}

internal static class Lookups
{
    /// <summary>How many values one question to the database names.</summary>
    public const int Size = 500;

    /// <summary>Those of these addresses whose people are in the organisation already, in whatever state.</summary>
    /// <param name="except">A membership that does not count, because it is about to be replaced.</param>
    public static async Task<Dictionary<string, AlreadyHere>> WhoIsHereAsync(this AppDb db, IReadOnlyCollection<string> emailKeys, Guid? except, CancellationToken cancellationToken)
    {
        var here = new Dictionary<string, AlreadyHere>(StringComparer.Ordinal);
        foreach (var keys in emailKeys.Chunk(Size))
        {
            var found = await (from account in db.Set<Account>()
                               where keys.Contains(account.EmailKey)
                               join member in db.Named() on account.Id equals member.AccountId
                               where member.MembershipId != except
                               select new { account.EmailKey, Member = member }).ToListAsync(cancellationToken);
            foreach (var one in found)
                here[one.EmailKey] = new(one.Member.MembershipId, one.Member.FullName, one.Member.State);
        }
        return here;
    }
}
