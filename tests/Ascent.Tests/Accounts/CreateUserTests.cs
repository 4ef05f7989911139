using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class CreateUserTests
{
    private static readonly CreateUserRequest Hannah = new(
        null, "Hannah", "Moss", "Hannah.Moss@school.example", false, JobRole.Teacher, null, PermissionSet.Of(Permission.ManageData, Permission.SchoolReports), new DateOnly(2027, 7, 31));

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NewPerson_SavesEverythingAtOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync("Larch School"), Permission.SchoolSetup);

        var created = await host.Get<CreateUser>().ExecuteAsync(Hannah, setup.Actor, CancellationToken.None);

        var now = AscentHost.Start.UtcDateTime;
        var (membership, account, invitation) = await host.ReadAsync(async db =>
        {
            var made = await db.Set<Membership>().SingleAsync(m => m.Id == created.Value);
            return (made, await db.Set<Account>().SingleAsync(a => a.Id == made.AccountId), await db.Set<Invitation>().SingleAsync());
        });
        Assert.Equal(("Hannah.Moss@school.example", "hannah.moss@school.example", "Hannah", "Moss", null, now), (account.Email, account.EmailKey, account.Forename, account.Surname, account.PasswordHash, account.CreatedAt));
        Assert.Equal((MembershipState.Pending, JobRole.Teacher, Hannah.Permissions, Hannah.EndsOn, setup.AccountId, now),
            (membership.State, membership.JobRole, membership.Permissions, membership.EndsOn, membership.CreatedById!.Value, membership.CreatedAt));
        Assert.Equal((membership.Id, now.AddDays(14), now), (invitation.MembershipId, invitation.ExpiresAt, invitation.LinkMadeAt));
        Assert.Equal([membership.Id], await SeatsAsync(host, Permission.ManageData));

        var mail = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync());
        Assert.Equal((invitation.MailId, MailState.Waiting, "Hannah.Moss@school.example", "Hannah Moss"), (mail.Id, mail.State, mail.Recipient, mail.RecipientName));
        Assert.DoesNotContain(await host.Data.CodeOfAsync(membership.Id), mail.Values + mail.SecretCipher, StringComparison.Ordinal);

        var (entry, detail) = await host.ReadAsync(async db => (await db.Set<AuditEntry>().SingleAsync(e => e.Kind == "user-created"), await db.Set<AuditDetail>().SingleAsync()));
        Assert.Equal((setup.School.Id, setup.AccountId, ActorKind.Person), (entry.OrganisationId, entry.ActorId!.Value, entry.ActorKind));
        Assert.Contains(membership.Id.ToString(), entry.Facts, StringComparison.Ordinal);
        Assert.DoesNotContain("Hannah", entry.Facts, StringComparison.OrdinalIgnoreCase); // names stand in the details, which can be erased
        Assert.Equal((account.Id, true), (detail.PersonId, detail.Text.Contains("Hannah Moss", StringComparison.Ordinal)));
    }

    [Theory]
    [BothDatabases(null, "Moss", "h@school.example", "forename-missing", "Forename")]
    [BothDatabases(" \u2003 ", "Moss", "h@school.example", "forename-missing", "Forename")]
    [BothDatabases("Han\u202enah", "Moss", "h@school.example", "forename-characters", "Forename")]
    [BothDatabases("Hannah", "", "h@school.example", "surname-missing", "Surname")]
    [BothDatabases("Hannah", "Moss", " ", "email-missing", "Email")]
    [BothDatabases("Hannah", "Moss", "h@school", "email-unreadable", "Email")]
    [BothDatabases("Hannah", "Moss", "hаnnah@school.example", "email-mixed-script", "Email")]
    [Asvs("2.2.1", "What is typed of a person is held to rules, field by field.")]
    [Asvs("2.2.2", "The use case checks, whatever the page did.")]
    public async Task ExecuteAsync_PersonUnsound_IsRefusedAtTheField(DatabaseKind kind, string? forename, string? surname, string? email, string code, string field)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        var refused = await host.Get<CreateUser>().ExecuteAsync(Hannah with { Forename = forename, Surname = surname, Email = email }, setup.Actor, CancellationToken.None);

        Assert.Equal([(code, field)], refused.Refusals.Select(r => (r.Code, r.Field!)));
        await NothingWasMadeAsync(host);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task ExecuteAsync_LongName_IsCountedInCharactersAsPeopleSeeThem(int length, bool works)
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        var made = await host.Get<CreateUser>().ExecuteAsync(Hannah with { Forename = string.Concat(Enumerable.Repeat("q\u0301", length)) }, setup.Actor, CancellationToken.None);

        Assert.Equal(works ? [] : ["forename-long"], made.Refusals.Select(r => r.Code));
    }

    [Fact]
    public async Task ExecuteAsync_SeveralThingsWrong_AreAllTold()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.SchoolSetup);
        var request = new CreateUserRequest(null, "", "", "", false, JobRole.Other, " ", PermissionSet.Of(Permission.PupilReports, Permission.TrackingMarks), new DateOnly(2026, 11, 22));

        var refused = await host.Get<CreateUser>().ExecuteAsync(request, setup.Actor, CancellationToken.None);

        Assert.Equal(
            [("forename-missing", "Forename"), ("surname-missing", "Surname"), ("email-missing", "Email"), ("other-role", "OtherRole"),
                ("access", "PupilReports"), ("access", "TrackingMarks"), ("end-date", "EndsOn")],
            refused.Refusals.Select(r => (r.Code, r.Field!)));
        await NothingWasMadeAsync(host);
    }

    [Fact]
    public async Task ExecuteAsync_MixedAlphabetsAccepted_IsMade()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        Assert.True((await host.Get<CreateUser>().ExecuteAsync(Hannah with { Email = "hаnnah@school.example", AcceptsMixedScript = true }, setup.Actor, CancellationToken.None)).Succeeded);
    }

    [Theory]
    [InlineData("2026-11-22", false)]
    [InlineData("2026-11-23", true)]
    [InlineData("2036-11-23", true)]
    [InlineData("2036-11-24", false)]
    public void CheckEndDate_Day_IsTodayOrWithinTenYears(string day, bool works) =>
        Assert.Equal(works, AccessRules.CheckEndDate(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new DateOnly(2026, 11, 23)).Count == 0);

    [Theory]
    [InlineData(JobRole.Teacher, "ignored", true, null)]
    [InlineData(JobRole.Other, "  School   librarian ", true, "School librarian")]
    [InlineData(JobRole.Other, null, false, null)]
    [InlineData(JobRole.Other, "a\nb", false, null)]
    [InlineData((JobRole)99, null, false, null)]
    public void ReadRole_RoleAndWords_AreReadTogether(JobRole role, string? other, bool works, string? words)
    {
        var read = AccessRules.ReadRole(role, other);

        Assert.Equal(works, read.Succeeded);
        Assert.Equal(words, works ? read.Value : null);
    }

    [Theory, BothDatabases]
    [Asvs("8.3.1", "The use case asks for the right itself, whichever page calls it.")]
    public async Task ExecuteAsync_WithoutSchoolSetup_IsNotAllowed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var data = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var elsewhere = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var create = host.Get<CreateUser>();

        Assert.Equal("not-allowed", Assert.Single((await create.ExecuteAsync(Hannah, data.Actor, CancellationToken.None)).Refusals).Code);
        Assert.Equal("not-allowed", Assert.Single((await create.ExecuteAsync(Hannah, elsewhere.Actor with { OrganisationId = null }, CancellationToken.None)).Refusals).Code);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AddressInThisSchool_SaysWhoAndInWhichState(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell", "ruth@school.example");
        var pending = await host.Data.InviteAsync(setup, forename: "Tom", surname: "Reed", email: "tom@school.example");
        var create = host.Get<CreateUser>();

        var active = Assert.IsType<AlreadyHere>(Assert.Single((await create.ExecuteAsync(Hannah with { Email = "RUTH@school.example" }, setup.Actor, CancellationToken.None)).Refusals));
        var waiting = Assert.IsType<AlreadyHere>(Assert.Single((await create.ExecuteAsync(Hannah with { Email = "tom@School.Example" }, setup.Actor, CancellationToken.None)).Refusals));

        Assert.Equal((setup.MembershipId, "Ruth Bell", MembershipState.Active, "Email"), (active.MembershipId, active.Name, active.State, active.Field));
        Assert.Equal((pending.MembershipId, "Tom Reed", MembershipState.Pending), (waiting.MembershipId, waiting.Name, waiting.State));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AddressKnownElsewhere_AddsAMembershipAndLeavesTheAccountAlone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var known = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.None, "Anna", "Known", "anna@home.example");
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var before = await host.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Id == known.AccountId));

        var created = await host.Get<CreateUser>().ExecuteAsync(Hannah with { Forename = "Annie", Surname = "Other", Email = "ANNA@home.example" }, setup.Actor, CancellationToken.None);

        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == created.Value));
        var after = await host.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Id == known.AccountId));
        Assert.Equal(known.AccountId, membership.AccountId);
        // Only its version moved, so that nobody erases the person at this moment.
        Assert.Equal(before.Version + 1, after.Version);
        before.Version = after.Version;
        Assert.Equivalent(before, after, strict: true);
        // The list shows what was typed here, nothing of the person's own.
        var row = Assert.Single((await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows);
        Assert.Equal(("Annie Other", "ANNA@home.example"), (row.FullName, row.Email));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AllSeatsTaken_IsRefusedWithTheNames(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Cy", "Dunn");
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Eve", "Fox");
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Gus", "Hill");

        var refused = await host.Get<CreateUser>().ExecuteAsync(Hannah with { Permissions = PermissionSet.Of(Permission.SchoolSetup, Permission.ManageData) }, setup.Actor, CancellationToken.None);

        var full = Assert.IsType<SeatsFull>(Assert.Single(refused.Refusals));
        Assert.Equal(("SchoolSetup", 4, 4, 1), (full.Field, full.Count.Limit, full.Count.Used, full.Count.Pending));
        Assert.Matches("^All 4 School setup & Pupil Tracking seats are taken: ", full.Message);
        Assert.All(["Ruth Bell", "Cy Dunn", "Eve Fox", "Gus Hill (pending)"], name => Assert.Contains(name, full.Message, StringComparison.Ordinal));
        Assert.Equal(1, await host.CountAsync<Invitation>());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == "invitation")));
    }

    private static Task<List<Guid>> SeatsAsync(AscentHost host, Permission permission) =>
        host.ReadAsync(db => db.Set<Seat>().Where(s => s.Permission == permission && s.HolderId != null).Select(s => s.HolderId!.Value).ToListAsync());

    private static async Task NothingWasMadeAsync(AscentHost host)
    {
        Assert.Equal((1, 1, 0, 0), (await host.CountAsync<Account>(), await host.CountAsync<Membership>(), await host.CountAsync<Invitation>(), await host.CountAsync<OutboxMail>()));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "user-created")));
    }
}
