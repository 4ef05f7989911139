using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests;

/// <summary>The rules that other tests trust in: each is seen to tell when it is broken.</summary>
public sealed class InvariantsTests
{
    [Theory, BothDatabases]
    public async Task BrokenAsync_SoundDatabase_SaysNothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    public static TheoryData<string, string> Harms => new()
    {
        { "A pending membership has an invitation", "DELETE FROM invitations WHERE email = 'waiting@school.example'" },
        { "An invitation belongs to a pending membership", "UPDATE memberships SET state = 'Deleted' WHERE id IN (SELECT membership_id FROM invitations)" },
        { "An invitation has its mail", "DELETE FROM outbox_mails WHERE recipient = 'waiting@school.example'" },
        { "An invitation mail was made by something that the log tells", "DELETE FROM audit_entries WHERE kind = 'user-created'" },
        { "A mail keeps its secret until it is sent and not longer", "UPDATE outbox_mails SET secret_cipher = NULL WHERE recipient = 'waiting@school.example'" },
        { "A mail keeps its secret until it is sent and not longer", "UPDATE outbox_mails SET state = 'Sent' WHERE recipient = 'waiting@school.example'" },
        { "A seat is held by somebody who needs it", "UPDATE memberships SET state = 'Deleted' WHERE id IN (SELECT holder_id FROM seats)" },
        { "A seat is held by somebody who needs it", "UPDATE memberships SET permission_bits = 0" },
        { "Who needs a seat holds one", "UPDATE seats SET holder_id = NULL" },
        { "A membership holds nothing that its sort of organisation has not", "UPDATE memberships SET permission_bits = 512 WHERE organisation_id IN (SELECT id FROM organisations WHERE kind = 'School')" },
        { "A membership holds nothing that its sort of organisation has not", "UPDATE memberships SET permission_bits = 1 WHERE organisation_id IN (SELECT id FROM organisations WHERE kind <> 'School')" },
        { "A link that is over says how, and a present one does not", "UPDATE reach_links SET ending = NULL" },
        { "A link that is over says how, and a present one does not", "UPDATE reach_links SET ending = 'School'" },
        { "A chosen school was linked with the body, and is chosen for somebody who has a choice", "UPDATE membership_schools SET series_id = membership_id" },
        { "A chosen school was linked with the body, and is chosen for somebody who has a choice", "UPDATE memberships SET permission_bits = 4 WHERE organisation_id IN (SELECT id FROM organisations WHERE kind <> 'School')" },
        { "An account has a place somewhere", "DELETE FROM membership_schools; DELETE FROM seats; DELETE FROM invitations; DELETE FROM memberships" },
        { "Who is active can sign in", "UPDATE accounts SET password_hash = NULL" },
        { "An open session belongs to somebody who has signed up", "UPDATE accounts SET password_hash = NULL" },
        { "Half a session belongs to somebody with a second factor", "UPDATE sessions SET awaits_factor = 1 WHERE account_id NOT IN (SELECT account_id FROM factors)" },
        { "Half a session holds no second factor", "UPDATE sessions SET awaits_factor = 1, factor_id = (SELECT min(id) FROM factors)" },
        { "A second factor belongs to somebody who has signed up", "UPDATE accounts SET password_hash = NULL" },
        { "Recovery codes stand beside a second factor", "DELETE FROM factor_trusts; DELETE FROM factors" },
        { "Nobody has more than ten recovery codes", "INSERT INTO recovery_codes (account_id, number, hash, made_at) SELECT account_id, number + 100, hash, made_at FROM recovery_codes" },
        { "An organisation agrees to limited factors only, and a limited one has an organisation that agreed", "UPDATE factors SET is_limited = 1" },
        { "An organisation agrees to limited factors only, and a limited one has an organisation that agreed", "INSERT INTO factor_trusts (factor_id, organisation_id) SELECT factors.id, organisations.id FROM factors, organisations" },
        { "A membership that somebody made is in the log", "DELETE FROM audit_entries WHERE kind = 'user-created'" },
        { "What the log says was made is there", "DELETE FROM membership_schools; DELETE FROM seats; DELETE FROM invitations; DELETE FROM memberships" },
        { "A template's set can be held", "UPDATE access_templates SET permission_bits = 0" },
        { "A template's set can be held", "UPDATE access_templates SET permission_bits = 8" },
        { "A template has one of the places that a school has", "UPDATE access_templates SET number = 51" },
        { "A What-if view has one of the places of somebody who is in the school or in a body", "UPDATE report_what_ifs SET number = 21" },
        { "A What-if view has one of the places of somebody who is in the school or in a body", "UPDATE memberships SET state = 'Deleted'" },
        { "A template that is there is in the log, and was not deleted", "DELETE FROM audit_entries WHERE kind = 'template-added'" },
        { "A template that is there is in the log, and was not deleted", "UPDATE audit_entries SET kind = 'template-deleted' WHERE kind = 'template-added'" },
        { "A pupil is in one registration class a year", "DROP INDEX \"IX_class_pupils_organisation_id_pupil_id_registration_year\"; INSERT INTO class_pupils (organisation_id, class_id, pupil_id, registration_year) SELECT p.organisation_id, c.id, p.pupil_id, p.registration_year FROM class_pupils p, classes c WHERE c.id <> p.class_id" },
        { "A pupil's row says what the class is", "UPDATE class_pupils SET registration_year = NULL" },
        { "Offered subjects stand one after the other", "UPDATE offered_subjects SET position = 2" },
        { "A subject is one of the list", "UPDATE subject_enrolments SET subject_code = 'XXX'" },
        { "A sign-up is in the log", "DELETE FROM audit_entries WHERE kind = 'membership-activated'" },
        { "Who signed up by the log is not pending", "UPDATE memberships SET state = 'Pending' WHERE state = 'Active'" },
    };

    [Theory]
    [InlineData("A result is a number, a grade, an outcome or not understood", "UPDATE results SET number = NULL")]
    [InlineData("A result is a number, a grade, an outcome or not understood", "UPDATE results SET kind = 'Grade'")]
    [InlineData("A result is a number, a grade, an outcome or not understood", "UPDATE results SET kind = 'Outcome', number = NULL")]
    [InlineData("A result is a number, a grade, an outcome or not understood", "UPDATE results SET code = 'A'")]
    [InlineData("Nobody was there more often than there were sessions", "UPDATE attendance_totals SET attended = possible, unauthorised = 1")]
    [InlineData("What was replaced has something in its place", "UPDATE results SET change_id = organisation_id WHERE replaced_by_id = '00000000-0000-0000-0000-000000000000'")]
    [InlineData("What was replaced has something in its place", "UPDATE attendance_totals SET replaced_by_id = organisation_id WHERE replaced_by_id <> '00000000-0000-0000-0000-000000000000'")]
    [InlineData("What was replaced has something in its place", "UPDATE former_schools SET replaced_by_id = organisation_id WHERE replaced_by_id <> '00000000-0000-0000-0000-000000000000'")]
    public async Task BrokenAsync_RecordsHarmed_NamesTheRule(string rule, string harm)
    {
        await using var host = await AscentHost.StartAsync(DatabaseKind.Sqlite);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var pupil = await host.Data.AddPupilAsync(manager);
        foreach (var (mark, attended) in ((string, int)[])[("12", 360), ("13", 361)])
            await host.Data.AddRecordsAsync(manager.School.Id, (pupil, TestData.InFile([TestData.TablesCheck(mark)], [new(AcademicYear.StartingIn(2025), 380, attended, 6, 3)], [new("", "Elm", null, new(2025, 7, (attended % 28) + 1))])));
        Assert.Empty(await Invariants.BrokenAsync(host));

        await host.ChangeAsync(db => db.Database.ExecuteSqlRawAsync(harm));

        Assert.Contains(await Invariants.BrokenAsync(host), told => told.StartsWith($"{rule}: ", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Harms))]
    public async Task BrokenAsync_RowsHarmed_NamesTheRule(string rule, string harm)
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);

        // Also what the database would not let happen.
        await host.ChangeAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
            await db.Database.ExecuteSqlRawAsync(harm);
        });

        Assert.Contains(await Invariants.BrokenAsync(host), told => told.StartsWith($"{rule}: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A finished journey has its result and no answers", "UPDATE journeys SET state = '{{\"Email\":\"x\"}}'")]
    [InlineData("A finished journey has its result and no answers", "UPDATE journeys SET result_id = account_id")]
    [InlineData("Two journeys never have one result", "UPDATE journeys SET result_id = (SELECT min(result_id) FROM journeys)")]
    public async Task BrokenAsync_JourneysHarmed_NamesTheRule(string rule, string harm)
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var store = host.Get<JourneyStore>();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 2; i++)
        {
            var journey = await store.BeginAsync(setup.Actor, "create-user", 1, ["about"], new { }, CancellationToken.None);
            Assert.True((await host.Get<CreateUser>().ExecuteAsync(
                new(journey, "Sam", "Made", $"made{i}@school.example", false, JobRole.Teacher, null, default, null), setup.Actor, CancellationToken.None)).Succeeded);
        }
        Assert.Empty(await Invariants.BrokenAsync(host));

        await host.ChangeAsync(db => db.Database.ExecuteSqlRawAsync(harm));

        Assert.Contains(await Invariants.BrokenAsync(host), told => told.StartsWith($"{rule}: ", StringComparison.Ordinal));
    }

    /// <summary>Somebody with a seat who waits, and somebody who was invited and has signed up and in.</summary>
    private static async Task<AscentHost> StartAsync(DatabaseKind kind)
    {
        var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var active = await host.Data.InviteAsync(setup, email: "active@school.example");
        var (token, code) = (await host.Data.TokenOfAsync(active.MembershipId), await host.Data.CodeOfAsync(active.MembershipId));
        var activated = await host.Get<ActivateMembership>().ExecuteAsync(new(token, code, "seven brass kettles", null), CancellationToken.None);
        // The administrator has a second factor.
        var session = await host.Get<Sessions>().OpenAsync(setup.AccountId, "Firefox on Linux", null, endOthers: false, CancellationToken.None);
        var person = (await host.Get<Sessions>().ReadAsync(session.Token, counts: true, CancellationToken.None))!;
        var app = host.Get<NewApps>().Begin(setup.AccountId, setup.Email);
        Assert.True((await host.Get<AddApp>().ExecuteAsync(person, new(app.Sealed, TestData.CodeAt(app.Secret, host.Clock.GetUtcNow().UtcDateTime), null), CancellationToken.None)).Succeeded);
        await host.Get<Sessions>().OpenAsync(activated.Value.AccountId, "Firefox on Linux", null, endOthers: false, CancellationToken.None);
        var pupil = await host.Data.AddPupilAsync(setup);
        await host.Data.PutInClassAsync(setup, await host.Data.AddClassAsync(setup, "4A"), pupil);
        await host.Data.AddClassAsync(setup, "4B");
        await host.Data.OfferAsync(setup, new(4), "MAT");
        await host.Data.AssignAsync(setup, pupil, "MAT");
        await host.Data.AddTemplateAsync(setup, "Governor", PermissionSet.Of(Permission.SchoolReports));
        await host.ChangeAsync(db => Task.FromResult(db.Add(TestData.WhatIf(setup.School.Id, setup.AccountId, host.Clock.Now(), "Without 1 pupil"))));
        var body = await host.Data.AddAuthorityAsync();
        await host.Data.LinkAsync(setup.School, body, ReachLevel.Administration);
        await host.Data.LinkAsync(setup.School, body, ReachLevel.School);
        await host.Data.AddBodyMemberAsync(body, PermissionSet.None.With(SchoolScope.SelectedSchools), [setup.School]);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), email: "waiting@school.example");
        return host;
    }
}
