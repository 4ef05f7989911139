using System.Data;
using System.Text.Json;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Many;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Reference;
using Ascent.Reports.WhatIfs;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Ascent.TestSupport;

/// <summary>
/// What holds of the rows of the database at every moment, whatever was going on when somebody looks: nothing half-made. A rule that the
/// database itself enforces (a key, a unique index) need not stand here. Whoever adds tables adds their rules to <see cref="Rules"/>, and
/// a row to the test that breaks each of them.
/// </summary>
public static class Invariants
{
    private static readonly (string Rule, Func<Rows, IEnumerable<object>> Broken)[] Rules =
    [
        ("A pending membership has an invitation", rows => rows.Memberships.Where(m => m.State == MembershipState.Pending && !rows.InvitationOf.Contains(m.Id)).Select(m => (object)m.Id)),
        ("An invitation belongs to a pending membership", rows => rows.Invitations.Where(i => rows.MembershipOf.GetValueOrDefault(i.MembershipId)?.State != MembershipState.Pending).Select(i => (object)i.MembershipId)),
        ("An invitation has its mail", rows => rows.Invitations.Where(i => !rows.Mails.Exists(m => m.Id == i.MailId && m.OrganisationId == i.OrganisationId && m.Recipient == i.Email)).Select(i => (object)i.MembershipId)),
        ("An invitation mail was made by something that the log tells", rows => rows.Mails.Where(m => m.Template == InvitationMail.TemplateName && !rows.Moments.Contains((m.OrganisationId, m.CreatedAt))).Select(m => (object)m.Id)),
        ("A mail keeps its secret until it is sent and not longer", rows => rows.Mails.Where(HasWrongSecret).Select(m => (object)m.Id)),
        ("A seat is held by somebody who needs it", rows => rows.Seats.Where(s => s.HolderId is { } holder && !Needs(rows.MembershipOf.GetValueOrDefault(holder), s)).Select(s => (object)$"{s.Permission} {s.Number}")),
        ("Who needs a seat holds one", rows => from membership in rows.Memberships
                                               where membership.HoldsSeats
                                               from permission in membership.Permissions.SeatsNeeded()
                                               where rows.Seats.Count(s => s.OrganisationId == membership.OrganisationId && s.Permission == permission && s.HolderId == membership.Id) != 1
                                               select (object)$"{membership.Id} {permission}"),
        ("A membership holds nothing that its sort of organisation has not", rows => rows.Memberships.Where(m => rows.Bodies.Contains(m.OrganisationId)
            ? m.Permissions.Validate(Place.LocalAuthority).Length > 0
            : m.Permissions.Has(Permission.LaSetup) || m.Permissions.Has(Permission.LaReports) || m.Permissions.Schools == SchoolScope.SelectedSchools).Select(m => (object)m.Id)),
        ("A link that is over says how, and a present one does not", rows => rows.Links.Where(l => l.EndedAt is null != l.Ending is null).Select(l => (object)l.Id)),
        ("A chosen school was linked with the body, and is chosen for somebody who has a choice", rows => rows.Chosen.Where(c => !rows.Links.Exists(l => l.OrganisationId == c.SchoolId && l.BodyId == c.OrganisationId && l.SeriesId == c.SeriesId)
            || rows.MembershipOf.GetValueOrDefault(c.MembershipId)?.Permissions.Schools != SchoolScope.SelectedSchools).Select(c => (object)c.MembershipId)),
        ("An account has a place somewhere", rows => rows.Accounts.Where(a => !rows.Memberships.Exists(m => m.AccountId == a.Id) && !rows.Operators.Contains(a.Id) && !rows.OperatedOnce.Contains(a.Id)).Select(a => (object)a.Id)),
        ("Who is active can sign in", rows => rows.Memberships.Where(m => m.State == MembershipState.Active && !rows.Accounts.Exists(a => a.Id == m.AccountId && a.HasSignedUp)).Select(m => (object)m.Id)),
        ("An open session belongs to somebody who has signed up", rows => rows.Sessions.Where(s => s.EndedAt is null && !rows.Accounts.Exists(a => a.Id == s.AccountId && a.HasSignedUp)).Select(s => (object)s.Id)),
        ("Half a session belongs to somebody with a second factor", rows => rows.Sessions.Where(s => s is { AwaitsFactor: true, EndedAt: null } && !rows.Factors.Exists(f => f.AccountId == s.AccountId)).Select(s => (object)s.Id)),
        ("Half a session holds no second factor", rows => rows.Sessions.Where(s => s.AwaitsFactor && (s.FactorAt is not null || s.FactorId is not null)).Select(s => (object)s.Id)),
        ("A second factor belongs to somebody who has signed up", rows => rows.Factors.Where(f => !rows.Accounts.Exists(a => a.Id == f.AccountId && a.HasSignedUp)).Select(f => (object)f.Id)),
        ("Recovery codes stand beside a second factor", rows => rows.RecoveryCodes.Where(c => !rows.Factors.Exists(f => f.AccountId == c.AccountId)).Select(c => (object)c.AccountId)),
        ("Nobody has more than ten recovery codes", rows => rows.RecoveryCodes.GroupBy(c => c.AccountId).Where(g => g.Count() > 10).Select(g => (object)g.Key)),
        ("An organisation agrees to limited factors only, and a limited one has an organisation that agreed", rows => rows.Trusts.Where(t => !rows.Factors.Exists(f => f.Id == t.FactorId && f.IsLimited)).Select(t => (object)t.FactorId)
            .Concat(rows.Factors.Where(f => f.IsLimited && !rows.Trusts.Exists(t => t.FactorId == f.Id)).Select(f => (object)f.Id))),
        ("A finished journey has its result and no answers", rows => rows.Journeys.Where(j => j.ResultId is { } result && (j.Name == CreateUsersAnswers.JourneyName ? IsUnsoundList(rows, j) : !rows.MembershipOf.ContainsKey(result) || j.State != "{}")).Select(j => (object)j.Id)),
        ("Two journeys never have one result", rows => rows.Journeys.Where(j => j.ResultId is not null).GroupBy(j => j.ResultId).Where(g => g.Count() > 1).Select(g => (object)g.Key!)),
        ("A membership that somebody made is in the log", rows => rows.Memberships.Where(m => m.CreatedById is not null && !rows.Made.Contains(m.Id) && !rows.Listed.Contains(m.Id)).Select(m => (object)m.Id)),
        ("What the log says was made is there", rows => rows.Made.Where(id => !rows.MembershipOf.ContainsKey(id)).Select(id => (object)id)),
        ("A template's set can be held", rows => rows.Templates.Where(t => t.Permissions != t.Permissions.Normalised() || t.Permissions.IsEmpty || t.Permissions.Validate(true).Length > 0).Select(t => (object)t.Id)),
        ("A template has one of the places that a school has", rows => rows.Templates.Where(t => t.Number is < 1 or > AccessTemplate.Most).Select(t => (object)t.Id)),
        ("A template that is there is in the log, and was not deleted", rows => rows.Templates.Where(t => !rows.TemplatesAdded.Contains(t.Id) || rows.TemplatesDeleted.Contains(t.Id)).Select(t => (object)t.Id)),
        ("A What-if view has one of the places of somebody who is in the school or in a body", rows => rows.WhatIfs.Where(w => w.Number is < 1 or > WhatIf.Most
            || !rows.Memberships.Exists(m => (m.OrganisationId == w.OrganisationId || rows.Bodies.Contains(m.OrganisationId)) && m.AccountId == w.AccountId && m.State != MembershipState.Deleted)).Select(w => (object)w.Id)),
        ("A pupil is in one registration class a year", rows => rows.ClassPupils.Where(c => c.RegistrationYear is not null).GroupBy(c => (c.OrganisationId, c.PupilId, c.RegistrationYear)).Where(g => g.Count() > 1).Select(g => (object)g.Key.PupilId)),
        ("A pupil's row says what the class is", rows => rows.ClassPupils.Where(c => rows.ClassOf.GetValueOrDefault(c.ClassId)?.RegistrationYear != c.RegistrationYear).Select(c => (object)$"{c.ClassId} {c.PupilId}")),
        ("Offered subjects stand one after the other", rows => rows.Offered.GroupBy(o => (o.OrganisationId, o.AcademicYear, o.NcYearNumber)).Where(g => !g.Select(o => o.Position).Order().SequenceEqual(Enumerable.Range(1, g.Count()))).Select(g => (object)g.Key)),
        ("A subject is one of the list", rows => rows.Offered.Select(o => o.SubjectCode).Concat(rows.Enrolled).Where(c => Ascent.Reference.Subjects.Find(c) is null).Select(c => (object)c)),
        ("A sign-up is in the log", rows => rows.Memberships.Where(m => m.ActivatedAt is not null && m.CreatedById is not null && !rows.SignedUp.Contains(m.Id)).Select(m => (object)m.Id)),
        ("Who signed up by the log is not pending", rows => rows.SignedUp.Except(rows.SentBack).Where(id => rows.MembershipOf.GetValueOrDefault(id)?.State is null or MembershipState.Pending).Select(id => (object)id)),
        ("A result is a number, a grade, an outcome or not understood", rows => rows.Results.Where(r => r.Number is null == (r.Kind == ResultKind.Number) || r.Code is null == (r.Kind is ResultKind.Grade or ResultKind.Outcome) || r.Value.Length == 0).Select(r => (object)$"{r.PupilId} {r.Assessment} {r.Value}")),
        ("Nobody was there more often than there were sessions", rows => rows.Attendance.Where(a => a.Attended < 0 || a.Authorised < 0 || a.Unauthorised < 0 || a.Attended + a.Authorised + a.Unauthorised > a.Possible).Select(a => (object)$"{a.PupilId} {a.Year}")),
        ("What was replaced has something in its place", rows =>
            rows.Results.Where(r => r.ReplacedById != Guid.Empty && !rows.Results.Exists(n => n.ChangeId == r.ReplacedById && n.PupilId == r.PupilId && n.Assessment == r.Assessment && n.Qualifier == r.Qualifier && n.Year == r.Year)).Select(r => (object)r.PupilId)
            .Concat(rows.Attendance.Where(a => a.ReplacedById != Guid.Empty && !rows.Attendance.Exists(n => n.ChangeId == a.ReplacedById && n.PupilId == a.PupilId && n.Year == a.Year)).Select(a => (object)a.PupilId))
            .Concat(rows.FormerSchools.Where(s => s.ReplacedById != Guid.Empty && !rows.FormerSchools.Exists(n => n.ChangeId == s.ReplacedById && n.PupilId == s.PupilId && n.StayKey == s.StayKey)).Select(s => (object)s.PupilId))),
    ];

    /// <returns>Each rule that does not hold with the rows that break it; empty when all is well.</returns>
    public static async Task<IReadOnlyList<string>> BrokenAsync(AscentHost host)
    {
        await using var db = host.Get<Database>().Open(OrganisationScope.Server);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        // One moment for all tables: a server in use goes on writing meanwhile.
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var rows = await Rows.ReadAsync(db);
        return [.. from rule in Rules
                   let broken = rule.Broken(rows).ToArray()
                   where broken.Length > 0
                   select $"{rule.Rule}: {string.Join(", ", broken)}"];
    }

    private static bool HasWrongSecret(OutboxMail mail) => mail.State switch
    {
        MailState.Waiting => mail.Template == InvitationMail.TemplateName && mail.SecretCipher is null,
        MailState.Sent => mail.SecretCipher is not null || mail.SentAt is null,
        _ => mail.GivenUpAt is not null && mail.SecretCipher is not null,
    };

    // A list keeps whom it made, and nobody's name.
    private static bool IsUnsoundList(Rows rows, Journey list) =>
        list.State.Contains("\"Rows\"", StringComparison.Ordinal) || list.Answers<CreateUsersOutcome>().MembershipIds.Any(id => !rows.MembershipOf.ContainsKey(id));

    private static bool Needs(Membership? holder, Seat seat) =>
        holder is { HoldsSeats: true } && holder.OrganisationId == seat.OrganisationId && holder.Permissions.SeatsNeeded().Contains(seat.Permission);

    private sealed record Rows(
        List<Account> Accounts, List<Membership> Memberships, List<Invitation> Invitations, List<Seat> Seats, List<OutboxMail> Mails, List<Journey> Journeys, List<Session> Sessions,
        HashSet<Guid> Operators, List<AccessTemplate> Templates, List<AuditEntry> Log, List<Factor> Factors, List<FactorTrust> Trusts, List<RecoveryCode> RecoveryCodes,
        List<PupilResult> Results, List<AttendanceTotal> Attendance, List<FormerSchool> FormerSchools,
        List<SchoolClass> Classes, List<ClassPupil> ClassPupils, List<OfferedSubject> Offered, List<string> Enrolled, List<WhatIf> WhatIfs,
        HashSet<Guid> Bodies, List<ReachLink> Links, List<MembershipSchool> Chosen)
    {
        public Dictionary<Guid, Membership> MembershipOf { get; } = Memberships.ToDictionary(m => m.Id);

        public Dictionary<Guid, SchoolClass> ClassOf { get; } = Classes.ToDictionary(c => c.Id);

        public HashSet<Guid> InvitationOf { get; } = [.. Invitations.Select(i => i.MembershipId)];

        public HashSet<(Guid, DateTime)> Moments { get; } = [.. Log.Select(e => (e.OrganisationId, e.At))];

        public HashSet<Guid> Made { get; } = Named(Log, "MembershipId", "user-created", "user-created-again");

        public HashSet<Guid> TemplatesAdded { get; } = Named(Log, "TemplateId", "template-added");

        public HashSet<Guid> TemplatesDeleted { get; } = Named(Log, "TemplateId", "template-deleted");

        /// <summary>Named by a list at Confirm; they are made after that, and not all of them when somebody is quicker.</summary>
        public HashSet<Guid> Listed { get; } = [.. Log.Where(e => e.Kind is "users-created" or "staff-list-confirmed")
            .SelectMany(e => JsonDocument.Parse(e.Facts).RootElement.GetProperty(e.Kind == "users-created" ? "Users" : "Created").EnumerateArray()).Select(u => u.GetProperty("MembershipId").GetGuid())];

        public HashSet<Guid> SignedUp { get; } = Named(Log, "MembershipId", "membership-activated");

        public HashSet<Guid> SentBack { get; } = Named(Log, "MembershipId", "sign-up-reset", "user-reactivated");

        public HashSet<Guid> OperatedOnce { get; } = Named(Log, "AccountId", "operator-removed");

        public static async Task<Rows> ReadAsync(AppDb db) => new(
            await db.Set<Account>().ToListAsync(), await db.Set<Membership>().ToListAsync(), await db.Set<Invitation>().ToListAsync(), await db.Set<Seat>().ToListAsync(),
            await db.Set<OutboxMail>().ToListAsync(), await db.Set<Journey>().ToListAsync(), await db.Set<Session>().ToListAsync(),
            [.. await db.Set<Operator>().Select(o => o.AccountId).ToListAsync()], await db.Set<AccessTemplate>().ToListAsync(), await db.Set<AuditEntry>().ToListAsync(),
            await db.Set<Factor>().ToListAsync(), await db.Set<FactorTrust>().ToListAsync(), await db.Set<RecoveryCode>().ToListAsync(),
            await db.Set<PupilResult>().ToListAsync(), await db.Set<AttendanceTotal>().ToListAsync(), await db.Set<FormerSchool>().ToListAsync(),
            await db.Set<SchoolClass>().ToListAsync(), await db.Set<ClassPupil>().ToListAsync(), await db.Set<OfferedSubject>().ToListAsync(), await db.Set<SubjectEnrolment>().Select(e => e.SubjectCode).Distinct().ToListAsync(), await db.Set<WhatIf>().ToListAsync(),
            [.. await db.Set<Organisation>().Where(o => o.Kind != OrganisationKind.School).Select(o => o.Id).ToListAsync()], await db.Set<ReachLink>().ToListAsync(), await db.Set<MembershipSchool>().ToListAsync());

        private static HashSet<Guid> Named(List<AuditEntry> log, string fact, params string[] kinds) =>
            [.. log.Where(e => kinds.Contains(e.Kind)).Select(e => JsonDocument.Parse(e.Facts).RootElement.GetProperty(fact).GetGuid())];
    }
}
