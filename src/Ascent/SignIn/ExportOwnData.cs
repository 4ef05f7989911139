using System.Text.Json;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Reviews;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn.Factors;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

public sealed record OwnDataExported() : AuditEvent("own-data-exported");

public sealed record OwnDataAccount(Guid Id, string Email, string? EmailAsked, string Forename, string Surname, DateTime CreatedAt, int TermsVersion, bool HasPassword);

/// <param name="Template">The access template that the organisation gave.</param>
/// <param name="AccessConfirmedAt">When an administrator last confirmed the access in a review.</param>
public sealed record OwnDataPlace(
    string Organisation, string State, string JobRole, string? Template, IReadOnlyList<string> Permissions, DateOnly? EndsOn, DateTime CreatedAt, DateTime? LastOpenedAt, DateTime? AccessConfirmedAt);

public sealed record OwnDataSession(string Device, DateTime StartedAt, DateTime LastSeenAt, DateTime? EndedAt);

public sealed record OwnDataFactor(string Kind, string Name, DateTime AddedAt, DateTime? LastUsedAt);

/// <param name="RecoveryCodes">How many are left.</param>
public sealed record OwnDataFactors(IReadOnlyList<OwnDataFactor> Factors, int RecoveryCodes);

/// <summary>What the person keeps under a name in an organisation, such as a view of a report.</summary>
public sealed record OwnDataKept(string Organisation, string Name, DateTime CreatedAt);

public sealed record OwnDataMail(string Kind, string To, DateTime CreatedAt, DateTime? SentAt);

/// <param name="Texts">What stands beside the entry about the person; null for what the person did.</param>
public sealed record OwnDataEntry(DateTime At, string Organisation, string Kind, IReadOnlyDictionary<string, string>? Texts);

/// <summary>Everything that is held on a person: no other person is named in it.</summary>
public sealed record OwnData(
    DateTime At, OwnDataAccount Account, IReadOnlyList<OwnDataPlace> Places, IReadOnlyList<OwnDataSession> Sessions, IReadOnlyList<DateTime> KnownDevicesSince, OwnDataFactors SecondFactors,
    IReadOnlyList<OwnDataMail> Mails, IReadOnlyList<OwnDataKept> Kept, IReadOnlyList<OwnDataEntry> LogAboutYou, IReadOnlyList<OwnDataEntry> LogByYou);

/// <summary>Gives a person a copy of what is held on them.</summary>
public sealed class ExportOwnData(Database database, TimeProvider clock)
{
    public async Task<Result<OwnData>> ExecuteAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (!person.IsFreshAt(now))
            return new ConfirmItIsYou();
        await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            db.AddAudit(now, Persons.Actor(person.AccountId), AuditTrail.Server, new OwnDataExported());
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return await database.ReadAsync(OrganisationScope.Server, db => ReadAsync(db, person.AccountId, now, cancellationToken));
    }

    private static async Task<OwnData> ReadAsync(AppDb db, Guid id, DateTime now, CancellationToken cancellationToken)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == id, cancellationToken);
        var asked = await db.Set<EmailChange>().Where(c => c.AccountId == id).Select(c => c.NewEmail).SingleOrDefaultAsync(cancellationToken);
        var sessions = await db.Set<Session>().Where(s => s.AccountId == id).OrderBy(s => s.StartedAt).Select(s => new OwnDataSession(s.Device, s.StartedAt, s.LastSeenAt, s.EndedAt)).ToListAsync(cancellationToken);
        var devices = await db.Set<KnownDevice>().Where(d => d.AccountId == id).OrderBy(d => d.FirstSeenAt).Select(d => d.FirstSeenAt).ToListAsync(cancellationToken);
        var mails = await db.Set<OutboxMail>().Where(m => m.Recipient == account.Email).OrderBy(m => m.CreatedAt).Select(m => new OwnDataMail(m.Template, m.Recipient, m.CreatedAt, m.SentAt)).ToListAsync(cancellationToken);
        return new OwnData(now,
            new(account.Id, account.Email, asked, account.Forename, account.Surname, account.CreatedAt, account.TermsVersion, account.HasSignedUp),
            await PlacesAsync(db, id, cancellationToken), sessions, devices, await FactorsAsync(db, id, cancellationToken), mails, await KeptAsync(db, id, cancellationToken), await AboutAsync(db, id, cancellationToken), await ByAsync(db, id, cancellationToken));
    }

    private static async Task<OwnDataFactors> FactorsAsync(AppDb db, Guid id, CancellationToken cancellationToken)
    {
        var factors = await db.Set<Factor>().Where(f => f.AccountId == id).OrderBy(f => f.AddedAt).ToListAsync(cancellationToken);
        return new([.. factors.Select(f => new OwnDataFactor(f.Kind.ToString(), f.Name, f.AddedAt, f.LastUsedAt))], await RecoveryCodes.LeftAsync(db, id, cancellationToken));
    }

    private static async Task<IReadOnlyList<OwnDataPlace>> PlacesAsync(AppDb db, Guid id, CancellationToken cancellationToken)
    {
        var rows = await (from membership in db.Set<Membership>()
                          where membership.AccountId == id
                          join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
                          join template in db.Set<AccessTemplate>()
                              on new { membership.OrganisationId, membership.TemplateId } equals new { template.OrganisationId, TemplateId = (Guid?)template.Id } into templates
                          from template in templates.DefaultIfEmpty()
                          orderby membership.CreatedAt
                          select new
                          {
                              membership, organisation.Name, Template = template == null ? null : template.Name,
                              Confirmed = db.Set<AccessReviewItem>().Where(i => i.OrganisationId == membership.OrganisationId && i.MembershipId == membership.Id).Max(i => i.ConfirmedAt),
                          }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new OwnDataPlace(r.Name, r.membership.State.ToString(), JobRoles.Label(r.membership.JobRole, r.membership.OtherRole), r.Template,
            [.. r.membership.Permissions.Held().Select(p => PermissionCatalogue.Of(p).Label)], r.membership.EndsOn, r.membership.CreatedAt, r.membership.LastOpenedAt, r.Confirmed))];
    }

    private static async Task<IReadOnlyList<OwnDataKept>> KeptAsync(AppDb db, Guid id, CancellationToken cancellationToken)
    {
        var kept = await db.KeptByAsync(id, null, cancellationToken);
        Guid[] organisations = [.. kept.Select(k => k.OrganisationId).Distinct()];
        var names = await db.Set<Organisation>().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        return [.. kept.Select(k => new OwnDataKept(names[k.OrganisationId], k.Name, k.CreatedAt))];
    }

    private static async Task<IReadOnlyList<OwnDataEntry>> AboutAsync(AppDb db, Guid id, CancellationToken cancellationToken)
    {
        var rows = await (from detail in db.Set<AuditDetail>()
                          where detail.PersonId == id
                          join entry in db.Set<AuditEntry>() on new { detail.OrganisationId, detail.EntryId } equals new { entry.OrganisationId, EntryId = entry.Id }
                          join organisation in db.Set<Organisation>() on entry.OrganisationId equals organisation.Id into organisations
                          from organisation in organisations.DefaultIfEmpty()
                          orderby entry.At
                          select new { entry.At, Name = organisation == null ? null : organisation.Name, entry.Kind, detail.Text }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new OwnDataEntry(r.At, r.Name ?? "The server", r.Kind, JsonSerializer.Deserialize<Dictionary<string, string>>(r.Text)))];
    }

    private static async Task<IReadOnlyList<OwnDataEntry>> ByAsync(AppDb db, Guid id, CancellationToken cancellationToken)
    {
        var rows = await (from entry in db.Set<AuditEntry>()
                          where entry.ActorId == id
                          join organisation in db.Set<Organisation>() on entry.OrganisationId equals organisation.Id into organisations
                          from organisation in organisations.DefaultIfEmpty()
                          orderby entry.At
                          select new { entry.At, Name = organisation == null ? null : organisation.Name, entry.Kind }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new OwnDataEntry(r.At, r.Name ?? "The server", r.Kind, null))];
    }
}
