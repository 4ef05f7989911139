using Ascent.Accounts;
using Ascent.Accounts.Passwords;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Demo;

/// <summary>The database holds accounts that the demonstration did not make; it is left alone.</summary>
public sealed record NotADemonstration()
    : Refusal("not-a-demonstration", "This database has accounts and is not a demonstration. Start with --no-demo, or choose another --data folder.", RefusalKind.Refused);

/// <summary>
/// Puts the invented schools and people into an empty database and marks it; a marked one is left as it is. The known password goes in here
/// and nowhere else: the blocklist refuses it to people.
/// </summary>
public sealed class SeedDemonstration(Database database, OpenSeats openSeats, PasswordHashing hashing, Invitations invitations, TimeProvider clock)
{
    public const string Password = "correct horse battery staple";

    public async Task<Result<Done>> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (await IsDemonstrationAsync(cancellationToken))
            return new Done();
        if (await database.ReadAsync(OrganisationScope.Server, db => db.Set<Account>().AnyAsync(cancellationToken)))
            return new NotADemonstration();
        await AddOrganisationsAsync(cancellationToken);
        await openSeats.ExecuteAsync(Actor.System, cancellationToken);
        var hashes = new Dictionary<DemoPerson, string>();
        foreach (var person in DemoPeople.All.Where(p => !p.IsPending))
            hashes[person] = await hashing.HashAsync(Password, cancellationToken);
        return await database.ChangeAsync<Result<Done>>(OrganisationScope.Server, async db =>
        {
            await AddPeopleAsync(db, hashes, cancellationToken);
            db.Add(new ServerFact { Name = ServerFact.Demonstration, Value = "1" });
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }

    public Task<bool> IsDemonstrationAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, db => db.Set<ServerFact>().AnyAsync(f => f.Name == ServerFact.Demonstration, cancellationToken));

    private Task<int> AddOrganisationsAsync(CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            // A seed that was cut off goes on from here.
            var present = await db.Set<Organisation>().Select(o => o.Code).ToListAsync(cancellationToken);
            foreach (var organisation in DemoSchools.Create(clock).Where(o => !present.Contains(o.Code)))
                db.Add(organisation);
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

    private async Task AddPeopleAsync(AppDb db, Dictionary<DemoPerson, string> hashes, CancellationToken cancellationToken)
    {
        var schools = await db.Set<School>().ToDictionaryAsync(s => s.Code, cancellationToken);
        var seats = await db.Set<Seat>().OrderBy(s => s.Number).ToListAsync(cancellationToken);
        var now = clock.Now();
        var creators = new Dictionary<string, Guid>();
        var members = new Dictionary<string, Membership>();
        var templates = AddTemplates(db, schools[DemoPeople.TemplatesUrn], now);
        foreach (var person in DemoPeople.All)
        {
            var school = schools[person.Urn];
            var email = EmailAddress.Parse(person.Email)!;
            var account = new Account
            {
                Id = clock.NewId(), Email = email.Typed, EmailKey = email.Key, Forename = person.Forename, Surname = person.Surname, CreatedAt = now,
                PasswordHash = hashes.GetValueOrDefault(person), TermsVersion = person.IsPending ? 0 : SignIn.AgreeToTerms.Version,
            };
            var createdAt = now.AddDays(-person.DaysAgo);
            var membership = new Membership
            {
                OrganisationId = school.Id, Id = Guid.CreateVersion7(new DateTimeOffset(createdAt)), AccountId = account.Id, JobRole = person.Role,
                Permissions = person.Permissions.Normalised(), CreatedAt = createdAt, CreatedById = creators.TryGetValue(person.Urn, out var creator) ? creator : null,
            };
            membership.GiveTemplate(person.Template is null ? null : templates[person.Template]);
            creators.TryAdd(person.Urn, account.Id);
            members[person.Email] = membership;
            db.AddRange(account, membership);
            foreach (var permission in membership.Permissions.SeatsNeeded())
                seats.First(s => s.OrganisationId == school.Id && s.Permission == permission && s.HolderId is null).HolderId = membership.Id;
            var details = new PersonDetails(person.Forename, person.Surname, email);
            if (person.IsPending)
                Invite(db, school, membership, details, createdAt);
            else
            {
                membership.Activate(createdAt.AddHours(2));
                membership.NoteOpened(now.AddDays(-person.OpenedDaysAgo));
                membership.FindAs(person.Forename, person.Surname, email.Typed);
            }
            // Of the past too: the mail of an invitation has the moment of what made it.
            db.AddAudit(createdAt, Actor.System, school.Id, new UserCreated(membership.Id, membership.JobRole, membership.PermissionBits, null), details.ForAudit(account.Id));
            if (membership.ActivatedAt is { } activatedAt)
                db.AddAudit(activatedAt, new Actor(ActorKind.Person, account.Id, membership.Id, school.Id, membership.Permissions), school.Id, new MembershipActivated(membership.Id), details.ForAudit(account.Id));
        }
        var larkfield = schools[DemoPeople.Larkfield].Id;
        DemoReview.Add(db, larkfield, members.Where(m => m.Value.OrganisationId == larkfield).ToDictionary(), clock);
    }

    private Dictionary<string, Guid> AddTemplates(AppDb db, School school, DateTime now)
    {
        var ids = new Dictionary<string, Guid>();
        foreach (var (name, permissions) in DemoPeople.Templates)
        {
            var template = new AccessTemplate
            {
                OrganisationId = school.Id, Id = clock.NewId(), Number = ids.Count + 1, Name = name, NameKey = AccessTemplate.KeyOf(name),
                Permissions = permissions.Normalised(), CreatedAt = now,
            };
            db.Add(template);
            db.AddAudit(now, Actor.System, school.Id, new TemplateAdded(template.Id, template.PermissionBits), template.ForAudit(name, []));
            ids.Add(name, template.Id);
        }
        return ids;
    }

    private void Invite(AppDb db, School school, Membership membership, PersonDetails person, DateTime createdAt)
    {
        invitations.Create(db, membership, person, school.Name, isKnown: false, createdAt);
        // Mails of the past have gone out in the past.
        if (clock.Now() - createdAt > TimeSpan.FromDays(1))
            foreach (var mail in db.ChangeTracker.Entries<OutboxMail>().Select(e => e.Entity).Where(m => m.State == MailState.Waiting))
            {
                mail.State = MailState.Sent;
                mail.SentAt = mail.CreatedAt;
                mail.SecretCipher = null;
            }
    }
}
