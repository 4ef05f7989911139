using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

public sealed record TermsAgreed(int TermsVersion) : AuditEvent("terms-agreed");

/// <summary>A person agrees to the terms of use, once for each version of them.</summary>
public sealed class AgreeToTerms(Database database, TimeProvider clock)
{
    public const int Version = Account.PresentTerms;

    public Task<Done> ExecuteAsync(Guid accountId, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellationToken);
            if (account.TermsVersion >= Version)
                return new Done();
            account.TermsVersion = Version;
            account.Version++;
            db.AddAudit(clock.Now(), new Actor(ActorKind.Person, accountId, null, null, default), AuditTrail.Server, new TermsAgreed(Version));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
}
