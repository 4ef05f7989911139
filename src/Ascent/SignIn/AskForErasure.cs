using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

public sealed record ErasureAsked() : AuditEvent("erasure-asked");

/// <summary>
/// A person asks for everything held on them to be erased. Each organisation has to let go of them first, so its administrators are told;
/// whoever runs the server sees who has asked (`accounts asked`), and erases.
/// </summary>
public sealed class AskForErasure(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);
    private static readonly long SchoolSetup = PermissionSet.Of(Permission.SchoolSetup).Bits;

    public Task<Result<Done>> ExecuteAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (!person.IsFreshAt(now))
            return Task.FromResult<Result<Done>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            var before = now - Again;
            // Pressed again it is the same wish, and no more mails.
            if (await db.Set<AuditEntry>().AnyAsync(e => e.OrganisationId == AuditTrail.Server && e.ActorId == person.AccountId && e.At > before && e.Kind == "erasure-asked", cancellationToken))
                return new Done();
            var today = LondonTime.DateOf(now);
            var holders = await (from own in db.Set<Membership>()
                                 where own.AccountId == person.AccountId && own.State == MembershipState.Active
                                 join holder in db.Set<Membership>() on own.OrganisationId equals holder.OrganisationId
                                 where holder.AccountId != person.AccountId && holder.State == MembershipState.Active && (holder.EndsOn == null || holder.EndsOn >= today) && (holder.PermissionBits & SchoolSetup) != 0
                                 join account in db.Set<Account>() on holder.AccountId equals account.Id
                                 join organisation in db.Set<Organisation>() on own.OrganisationId equals organisation.Id
                                 select new { own.OrganisationId, organisation.Name, account.Email, account.Forename, account.Surname }).ToListAsync(cancellationToken);
            foreach (var holder in holders)
                db.Add(OutboxMail.Create(clock.NewId(), holder.OrganisationId, ErasureAskedMail.TemplateName, holder.Email, $"{holder.Forename} {holder.Surname}",
                    new ErasureAskedMail.Values(holder.Forename, holder.Name, $"{person.Forename} {person.Surname}", now), now));
            db.AddAudit(now, Persons.Actor(person.AccountId), AuditTrail.Server, new ErasureAsked());
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }
}

/// <summary>To the administrators: somebody asks to be erased, and has to be deleted first.</summary>
public sealed class ErasureAskedMail() : MailTemplate<ErasureAskedMail.Values>(ErasureAskedMail.TemplateName)
{
    public const string TemplateName = "erasure-asked";

    public sealed record Values(string Forename, string Organisation, string Person, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"{v.Person} asks to be erased",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.Person} asked on {InWords.Date(v.At)} for everything that this server holds on them to be erased. That can be done once no school has a place for them any more."),
        new MailParagraph($"Talk to them, and then delete them at {v.Organisation} under Manage users. You are told because you hold School setup."),
    ]);
}

/// <summary>Somebody who asked to be erased and is not yet.</summary>
public sealed record ErasureWish(string Email, string Name, DateTime AskedAt, int Places);

/// <summary>Who has asked to be erased, the longest ago first.</summary>
public sealed class ListErasureWishes(Database database)
{
    public Task<List<ErasureWish>> ExecuteAsync(CancellationToken cancellationToken) => database.ReadAsync(OrganisationScope.Server, async db =>
    {
        var asked = await db.Set<AuditEntry>().Where(e => e.OrganisationId == AuditTrail.Server && e.Kind == "erasure-asked").GroupBy(e => e.ActorId).Select(g => new { Id = g.Key, At = g.Min(e => e.At) }).ToListAsync(cancellationToken);
        var ids = asked.Select(a => a.Id).ToList();
        var accounts = await db.Set<Account>().Where(a => ids.Contains(a.Id) && !a.EmailKey.StartsWith(EraseAccount.ErasedKey)).ToListAsync(cancellationToken);
        var places = await db.Set<Membership>().Where(m => ids.Contains(m.AccountId) && m.State != MembershipState.Deleted).GroupBy(m => m.AccountId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return accounts.Select(a => new ErasureWish(a.Email, $"{a.Forename} {a.Surname}", asked.Single(x => x.Id == a.Id).At, places.GetValueOrDefault(a.Id))).OrderBy(w => w.AskedAt).ToList();
    });
}
