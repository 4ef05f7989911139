using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Factors;

public sealed record FactorResetAsked(Guid MembershipId) : AuditEvent("factor-reset-asked");

public sealed record FactorResetCodeShown(Guid MembershipId) : AuditEvent("factor-reset-code-shown");

/// <summary>Written by the sign-in module when the person has enrolled the new one.</summary>
public sealed record FactorResetDone(Guid MembershipId) : AuditEvent("factor-reset-done");

public sealed record HasNoFactor(string Forename)
    : Refusal("no-factor-to-reset", $"{Forename} has no second factor, so there is nothing to reset. Where one is needed, {Forename} is led to adding one after signing in", RefusalKind.Refused);

/// <summary>
/// Lets a person who has lost their device enrol a new second factor. Nothing is removed: a link goes to the person by mail, a code is shown
/// to the administrators, and with both and the present password the person enrols it. Asked again, the old link and code are dead.
/// </summary>
public sealed class ResetFactor(Database database, GuardedCodes codes, Secrets secrets, HolderMails mails, TimeProvider clock)
{
    /// <returns>The name of the person, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsFresh)
            return Task.FromResult<Result<string>>(new ConfirmItIsYou());
        return database.OnUserAsync<string>(membershipId, actor, clock, [MembershipState.Active], async (db, on) =>
        {
            var account = await db.Set<Account>().SingleAsync(a => a.Id == on.Membership.AccountId, cancellationToken);
            if (!await db.HasFactorAsync(account.Id, cancellationToken))
                return new HasNoFactor(account.Forename);
            var school = await db.Set<Organisation>().Where(o => o.Id == on.OrganisationId).Select(o => o.Name).SingleAsync(cancellationToken);
            await BeginAsync(db, account, on.Membership, school, on.Now, cancellationToken);
            await mails.TellFactorResetAsync(db, on.Membership, on.FullName, actor, isDone: false, on.Now, cancellationToken);
            db.AddAudit(on.Now, actor, on.OrganisationId, new FactorResetAsked(membershipId), on.People);
            await db.SaveChangesAsync(cancellationToken);
            return on.FullName;
        }, cancellationToken);
    }

    /// <summary>By whoever runs the server, for somebody whose school has nobody else who could do it.</summary>
    /// <returns>The code in clear; never put it in a file or a log.</returns>
    public async Task<Result<ToldResetCode>> TellAsync(string? email, string urn, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var key = EmailAddress.Parse(email)?.Key ?? "";
        var school = await database.ReadAsync(OrganisationScope.Server, db => db.Set<School>().SingleOrDefaultAsync(s => s.Code == urn, cancellationToken));
        if (school is null)
            return new NotFound($"school with URN {urn}");
        return await database.ChangeAsync<Result<ToldResetCode>>(OrganisationScope.Of(school.Id), async db =>
        {
            var now = clock.Now();
            var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == key, cancellationToken);
            var membership = account is null ? null : await db.Set<Membership>().SingleOrDefaultAsync(m => m.AccountId == account.Id && m.State == MembershipState.Active, cancellationToken);
            if (account is null || membership is null)
                return new NotFound($"Active user as {email} at {school.Name}");
            if (!await db.HasFactorAsync(account.Id, cancellationToken))
                return new HasNoFactor(account.Forename);
            var member = await db.Named().SingleAsync(m => m.MembershipId == membership.Id, cancellationToken);
            var others = (await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken)).Where(h => h.AccountId != account.Id).Select(h => h.FullName).ToArray();
            if (others.Length > 0)
                return new OthersCanReset(member.FullName, school.Name, others);
            var reset = await BeginAsync(db, account, membership, school.Name, now, cancellationToken);
            db.AddAudit(now, actor, school.Id, new FactorResetAsked(membership.Id), member.ForAudit());
            db.AddAudit(now, actor, school.Id, new FactorResetCodeShown(membership.Id), member.ForAudit());
            await db.SaveChangesAsync(cancellationToken);
            return new ToldResetCode(member.FullName, school.Name, urn, codes.Read(reset)!, reset.ExpiresAt);
        }, cancellationToken);
    }

    private async Task<FactorReset> BeginAsync(AppDb db, Account account, Membership membership, string school, DateTime now, CancellationToken cancellationToken)
    {
        var reset = await db.Set<FactorReset>().SingleOrDefaultAsync(r => r.MembershipId == membership.Id, cancellationToken);
        if (reset is null)
            db.Add(reset = new FactorReset { OrganisationId = membership.OrganisationId, MembershipId = membership.Id });
        var token = LinkToken.Create();
        (reset.LinkHash, reset.AskedAt, reset.ExpiresAt) = (LinkToken.Hash(token)!, now, now + FactorReset.Life);
        codes.Renew(reset);
        db.Add(OutboxMail.Create(clock.NewId(), membership.OrganisationId, FactorResetMail.TemplateName, account.Email, $"{account.Forename} {account.Surname}",
            new FactorResetMail.Values(account.Forename, school, reset.ExpiresAt), now, secrets.Protect(OutboxMail.SecretPurpose, token)));
        return reset;
    }
}

public sealed record OthersCanReset(string FullName, string School, IReadOnlyList<string> Names)
    : Refusal("others-can-reset", $"{InWords.List(Names, "or")} can reset the second factor of {FullName} at {School}: whoever knows the person does it", RefusalKind.Refused);

/// <summary>Somebody who may enrol a new second factor, and needs the code for it.</summary>
public sealed record FactorResetWaiting(Guid MembershipId, string FullName, string Email, DateTime AskedAt, DateTime ExpiresAt, bool IsYou);

public sealed class ListFactorResets(Database database)
{
    public Task<IReadOnlyList<FactorResetWaiting>> ExecuteAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<FactorResetWaiting>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
            await (from reset in db.Set<FactorReset>()
                   join member in db.Named() on reset.MembershipId equals member.MembershipId
                   where member.State == MembershipState.Active
                   orderby reset.AskedAt
                   select new FactorResetWaiting(member.MembershipId, member.Forename + " " + member.Surname, member.Email, reset.AskedAt, reset.ExpiresAt, member.AccountId == actor.AccountId))
                .ToListAsync(cancellationToken));
}

/// <summary>Shows the code of a reset to another School setup holder, and writes it down. The others were told when it was asked for.</summary>
public sealed class ShowFactorResetCode(Database database, GuardedCodes codes, TimeProvider clock)
{
    public Task<Result<ShownResetCode>> ExecuteAsync(Guid membershipId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<ShownResetCode>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<ShownResetCode>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<ShownResetCode>>(OrganisationScope.Of(organisationId), async db =>
        {
            var reset = await db.Set<FactorReset>().SingleOrDefaultAsync(r => r.MembershipId == membershipId, cancellationToken);
            var member = await db.Named().SingleOrDefaultAsync(m => m.MembershipId == membershipId && m.State == MembershipState.Active, cancellationToken);
            if (reset is null || member is null)
                return new NotFound("reset of a second factor");
            if (member.AccountId == actor.AccountId)
                return new OwnCode();
            var now = clock.Now();
            if (now >= reset.ExpiresAt || codes.Read(reset) is not { } text)
                return new FactorResetExpired();
            db.AddAudit(now, actor, organisationId, new FactorResetCodeShown(membershipId), member.ForAudit());
            await db.SaveChangesAsync(cancellationToken);
            return new ShownResetCode(membershipId, member.FullName, text, reset.ExpiresAt);
        }, cancellationToken);
    }
}

public sealed record FactorResetExpired() : Refusal("factor-reset-expired", "Link and code have run out. Reset the second factor again under Manage users", RefusalKind.Conflict);

/// <summary>To the person: a link to enrol a new second factor. It never holds the code.</summary>
public sealed class FactorResetMail() : MailTemplate<FactorResetMail.Values>(FactorResetMail.TemplateName)
{
    public const string TemplateName = "factor-reset";

    public sealed record Values(string Forename, string Organisation, DateTime ExpiresAt);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Add a new second factor for {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"An administrator of {v.Organisation} lets you add a new second factor to your account in Ascent, in the place of a device that you do not have any more."),
        new MailButton("Add a second factor", settings.Address($"second-factor/reset/{secret}")),
        new MailParagraph($"You need your password, and a code that the administrator tells you by telephone or in person. The link works until {InvitationMail.Until(v.ExpiresAt)}, and once. Until you use it, nothing changes."),
        new MailParagraph($"You did not ask for this? Then leave the link alone, and tell {v.Organisation}."),
    ]);
}

/// <summary>To the other administrators: somebody's second factor is reset, or has been.</summary>
public sealed class FactorResetToldMail() : MailTemplate<FactorResetToldMail.Values>(FactorResetToldMail.TemplateName)
{
    public const string TemplateName = "factor-reset-told";

    public sealed record Values(string Forename, string Organisation, string Person, string By, bool IsDone, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Second factor of {v.Person} {(v.IsDone ? "was reset" : "is being reset")}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph(v.IsDone
            ? $"{v.Person} added a new second factor on {InWords.Date(v.At)}, after a reset at {v.Organisation}. It opens {v.Organisation}."
            : $"{v.By} has reset the second factor of {v.Person} at {v.Organisation} on {InWords.Date(v.At)}. With a mailed link, a code and the password, {v.Person} can add a new one."),
        new MailParagraph("You are told because you hold School setup too. Does this look wrong? Ask them; deactivating the person under Manage users closes the school to them at once."),
    ]);
}

/// <summary>To the person: a new second factor was enrolled through a reset.</summary>
public sealed class FactorResetDoneMail() : MailTemplate<FactorResetDoneMail.Values>(FactorResetDoneMail.TemplateName)
{
    public const string TemplateName = "factor-reset-done";

    public sealed record Values(string Forename, string Organisation, string Factor, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new("A new second factor was added after a reset",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"On {InWords.Date(v.At)} “{v.Factor}” was added to your account in Ascent with the link that was mailed to you and a code from {v.Organisation}. You were signed out everywhere else."),
        new MailParagraph($"It opens {v.Organisation}. Other schools that require a second factor open once you have used an older one or a recovery code, or when they have reset it too."),
        new MailParagraph("It was not you? Tell an administrator of your school at once."),
    ]);
}
