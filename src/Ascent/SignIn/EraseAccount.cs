using System.Security.Cryptography;
using System.Text.Json;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

/// <summary>What the person is given: that it was done, when, and under which number it stands in the log.</summary>
/// <param name="Details">Texts about the person that were deleted from the log.</param>
/// <param name="Chains">Chains of the log that say so.</param>
public sealed record ErasureReceipt(string Receipt, Guid AccountId, DateTime At, int Details, int Chains, int Mails);

/// <summary>
/// Deletes everything held on a person: name, address, sign-in, devices, mails, and the texts about them beside the log. What stays is an
/// account without a name, so that entries still tell one person from another, and an entry in each chain that says why texts are gone.
/// </summary>
public sealed class EraseAccount(Database database, ErasureList list, TimeProvider clock)
{
    internal const string ErasedKey = "erased:";

    public async Task<Result<ErasureReceipt>> ExecuteAsync(string? email, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var key = EmailAddress.Parse(email)?.Key ?? "";
        var erased = await database.ChangeAsync<Result<ErasureReceipt>>(OrganisationScope.Server, async db =>
            await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == key, cancellationToken) is { } account
                ? await TryAsync(db, account, actor, cancellationToken)
                : new NotFound($"account as {email}"), cancellationToken);
        // Outside the database, and so after the save; whatever a crash leaves out here is added the next time.
        if (erased.Succeeded)
            await list.ExecuteAsync(cancellationToken);
        return erased;
    }

    /// <summary>Erases somebody whose last place anywhere was taken away before a moment. The night's work, which adds to the list when it is done.</summary>
    /// <returns>False when there is nothing to erase: erased already, has a place again, or runs the server.</returns>
    public Task<bool> EraseLeaverAsync(Guid accountId, DateTime leftBefore, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellationToken);
            var left = await db.Set<Membership>().Where(m => m.AccountId == accountId).MaxAsync(m => (DateTime?)m.StateSince, cancellationToken);
            return !IsErased(account) && left < leftBefore && (await TryAsync(db, account, Actor.System, cancellationToken)).Succeeded;
        }, cancellationToken);

    /// <summary>
    /// Erases again somebody whom a restored database has back, under the receipt that the person was given. Whatever place the old
    /// database has for them goes too: they had none any more when they were erased.
    /// </summary>
    /// <returns>False when there is nothing to erase.</returns>
    public Task<bool> EraseAgainAsync(ErasureLine line, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == line.Account, cancellationToken) is not { } account || IsErased(account))
                return false;
            var now = clock.Now();
            var memberships = await db.Set<Membership>().Where(m => m.AccountId == account.Id).ToListAsync(cancellationToken);
            foreach (var membership in memberships.Where(m => m.State != MembershipState.Deleted))
            {
                membership.Delete(null, now);
                await db.CloseAsync(membership, cancellationToken);
            }
            if (await db.Set<Operator>().SingleOrDefaultAsync(o => o.AccountId == account.Id, cancellationToken) is { } place)
                db.Remove(place);
            await EraseAsync(db, account, memberships, line.Receipt, Actor.System, now, cancellationToken);
            return true;
        }, cancellationToken);

    internal static bool IsErased(Account account) => account.EmailKey.StartsWith(ErasedKey, StringComparison.Ordinal);

    private async Task<Result<ErasureReceipt>> TryAsync(AppDb db, Account account, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.Set<Operator>().AnyAsync(o => o.AccountId == account.Id, cancellationToken))
            return new StillOperator();
        var memberships = await db.Set<Membership>().Where(m => m.AccountId == account.Id).ToListAsync(cancellationToken);
        if (memberships.Count(m => m.State != MembershipState.Deleted) is > 0 and var open)
            return new StillMember(open);
        var now = clock.Now();
        return await EraseAsync(db, account, memberships, $"{LondonTime.DateOf(now).Year}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(5))}", actor, now, cancellationToken);
    }

    private static async Task<ErasureReceipt> EraseAsync(AppDb db, Account account, List<Membership> memberships, string receipt, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var details = await db.Set<AuditDetail>().Where(d => d.PersonId == account.Id).ToListAsync(cancellationToken);
        var names = NamesOf(account, details);
        await ForgetSignInAsync(db, account.Id, memberships, cancellationToken);
        await ForgetReviewsAsync(db, account.Id, memberships, cancellationToken);
        var mails = await ForgetMailsAsync(db, names, cancellationToken);
        db.RemoveRange(details);
        foreach (var membership in memberships)
        {
            membership.FindAs("", "", "");
            membership.OtherRole = null;
            membership.GiveTemplate(null);
            membership.Version++;
        }
        (account.Email, account.EmailKey, account.Forename, account.Surname) = ("erased", $"{ErasedKey}{account.Id:N}", "Erased", "person");
        (account.PasswordHash, account.TermsVersion) = (null, 0);
        account.Version++;
        var chains = details.Select(d => d.OrganisationId).Concat(memberships.Select(m => m.OrganisationId)).Append(AuditTrail.Server).Distinct().ToList();
        foreach (var chain in chains)
            db.AddAudit(now, actor, chain, new PersonErased(account.Id, receipt));
        await db.SaveChangesAsync(cancellationToken);
        return new ErasureReceipt(receipt, account.Id, now, details.Count, chains.Count, mails);
    }

    private static async Task ForgetSignInAsync(AppDb db, Guid accountId, List<Membership> memberships, CancellationToken cancellationToken)
    {
        var ids = memberships.Select(m => m.Id).ToList();
        db.RemoveRange(await db.Set<Session>().Where(s => s.AccountId == accountId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<KnownDevice>().Where(d => d.AccountId == accountId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<PasswordReset>().Where(r => r.AccountId == accountId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<EmailChange>().Where(c => c.AccountId == accountId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<OperatorInvitation>().Where(i => i.AccountId == accountId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<Journey>().Where(j => j.AccountId == accountId).ToListAsync(cancellationToken));
        await db.ForgetKeptAsync(accountId, null, cancellationToken);
        db.RemoveRange(await db.Set<Invitation>().Where(i => ids.Contains(i.MembershipId)).ToListAsync(cancellationToken));
        var factors = await db.Set<Factor>().Where(f => f.AccountId == accountId).ToListAsync(cancellationToken);
        var factorIds = factors.ConvertAll(f => f.Id);
        db.RemoveRange(await db.Set<FactorTrust>().Where(t => factorIds.Contains(t.FactorId)).ToListAsync(cancellationToken));
        db.RemoveRange(factors);
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<FactorReset>().Where(r => ids.Contains(r.MembershipId)).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<ResetCode>().Where(c => ids.Contains(c.MembershipId)).ToListAsync(cancellationToken));
    }

    /// <summary>The person's own rows go, and in those of others stands that somebody confirmed, but not who. The counts of a review stay.</summary>
    private static async Task ForgetReviewsAsync(AppDb db, Guid accountId, List<Membership> memberships, CancellationToken cancellationToken)
    {
        var ids = memberships.Select(m => m.Id).ToList();
        db.RemoveRange(await db.Set<AccessReviewItem>().Where(i => ids.Contains(i.MembershipId)).ToListAsync(cancellationToken));
        foreach (var item in await db.Set<AccessReviewItem>().Where(i => i.ConfirmedById == accountId).ToListAsync(cancellationToken))
            item.ConfirmedById = null;
        foreach (var review in await db.Set<AccessReview>().Where(r => r.FinishedById == accountId).ToListAsync(cancellationToken))
            review.FinishedById = null;
    }

    /// <summary>Mails to the person go. Mails to others that name the person stay, with other words in the place of the name.</summary>
    private static async Task<int> ForgetMailsAsync(AppDb db, HashSet<string> names, CancellationToken cancellationToken)
    {
        var own = await db.Set<OutboxMail>().Where(m => names.Contains(m.Recipient)).ToListAsync(cancellationToken);
        db.RemoveRange(own);
        var ids = own.Select(m => m.Id).ToHashSet();
        var count = own.Count;
        foreach (var name in names)
        {
            // A value as a whole, as JSON has it, so that no other name that this one is a part of is touched.
            var value = JsonSerializer.Serialize(name);
            foreach (var mail in await db.Set<OutboxMail>().Where(m => m.Values.Contains(value)).ToListAsync(cancellationToken))
                if (!ids.Contains(mail.Id))
                {
                    mail.Values = mail.Values.Replace(value, "\"Somebody who was erased\"", StringComparison.Ordinal);
                    mail.Version++;
                    count++;
                }
        }
        return count;
    }

    /// <summary>Every name and address under which the person was ever known here.</summary>
    private static HashSet<string> NamesOf(Account account, IEnumerable<AuditDetail> details)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { account.Email, $"{account.Forename} {account.Surname}" };
        foreach (var detail in details)
            foreach (var (label, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(detail.Text)!)
                if (label is AuditPerson.Name or AuditPerson.Email or "withdrawn name" or "withdrawn email" or "before" or "after")
                    names.Add(text);
        return names;
    }
}

public sealed record StillMember(int Organisations)
    : Refusal("still-member", $"This person still has a place in {InWords.Count(Organisations, "organisation", "organisations")}. Each has to delete them first, and a last holder of School setup has to be followed by somebody", RefusalKind.Refused);

public sealed record StillOperator() : Refusal("still-operator", "This person runs the server: remove the operator account first", RefusalKind.Refused);
