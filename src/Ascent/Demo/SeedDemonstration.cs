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
        var hashes = new Dictionary<string, string>();
        foreach (var email in DemoPeople.All.Where(p => !p.IsPending).Select(p => p.Email).Distinct())
            hashes[email] = await hashing.HashAsync(Password, cancellationToken);
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

    private async Task AddPeopleAsync(AppDb db, Dictionary<string, string> hashes, CancellationToken cancellationToken)
    {
        var places = (await db.Set<Organisation>().ToListAsync(cancellationToken)).ToDictionary(o => o is School ? o.Code : BodyAddress.Of(o.Kind, o.Code));
        var seats = await db.Set<Seat>().OrderBy(s => s.Number).ToListAsync(cancellationToken);
        var now = clock.Now();
        var creators = new Dictionary<string, Guid>();
        var accounts = new Dictionary<string, Account>();
        var members = new Dictionary<(string Place, string Email), Membership>();
        var templates = AddTemplates(db, places[DemoPeople.TemplatesUrn], now);
        foreach (var person in DemoPeople.All)
        {
            var place = places[person.Place];
            var email = EmailAddress.Parse(person.Email)!;
            if (!accounts.TryGetValue(person.Email, out var account))
            {
                accounts[person.Email] = account = new Account
                {
                    Id = clock.NewId(), Email = email.Typed, EmailKey = email.Key, Forename = person.Forename, Surname = person.Surname, CreatedAt = now,
                    PasswordHash = hashes.GetValueOrDefault(person.Email), TermsVersion = person.IsPending ? 0 : SignIn.AgreeToTerms.Version,
                };
                db.Add(account);
            }
            var createdAt = now.AddDays(-person.DaysAgo);
            var membership = new Membership
            {
                OrganisationId = place.Id, Id = Guid.CreateVersion7(new DateTimeOffset(createdAt)), AccountId = account.Id, JobRole = person.Role,
                Permissions = person.Permissions.Normalised(), CreatedAt = createdAt, CreatedById = creators.TryGetValue(person.Place, out var creator) ? creator : null,
                EndsOn = person.DaysLeft is { } days ? LondonTime.DateOf(now).AddDays(days) : null,
            };
            membership.GiveTemplate(person.Template is null ? null : templates[person.Template]);
            creators.TryAdd(person.Place, account.Id);
            members[(person.Place, person.Email)] = membership;
            db.Add(membership);
            foreach (var permission in membership.Permissions.SeatsNeeded())
                seats.First(s => s.OrganisationId == place.Id && s.Permission == permission && s.HolderId is null).HolderId = membership.Id;
            var details = new PersonDetails(person.Forename, person.Surname, email);
            if (person.IsPending)
                Invite(db, place, membership, details, createdAt);
            else
            {
                membership.Activate(createdAt.AddHours(2));
                membership.NoteOpened(now.AddDays(-person.OpenedDaysAgo));
                membership.FindAs(person.Forename, person.Surname, email.Typed);
            }
            // Of the past too: the mail of an invitation has the moment of what made it.
            db.AddAudit(createdAt, Actor.System, place.Id, new UserCreated(membership.Id, membership.JobRole, membership.PermissionBits, membership.EndsOn), details.ForAudit(account.Id));
            if (membership.ActivatedAt is { } activatedAt)
                db.AddAudit(activatedAt, new Actor(ActorKind.Person, account.Id, membership.Id, place.Id, membership.Permissions), place.Id, new MembershipActivated(membership.Id), details.ForAudit(account.Id));
        }
        DemoReview.Add(db, places[DemoPeople.Larkfield].Id, members.Where(m => m.Key.Place == DemoPeople.Larkfield).ToDictionary(m => m.Key.Email, m => m.Value), clock);
        new DemoReach(db, places, members, now).Add();
    }

    private Dictionary<string, Guid> AddTemplates(AppDb db, Organisation school, DateTime now)
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

    private void Invite(AppDb db, Organisation place, Membership membership, PersonDetails person, DateTime createdAt)
    {
        invitations.Create(db, membership, person, place.Name, isKnown: false, createdAt);
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
