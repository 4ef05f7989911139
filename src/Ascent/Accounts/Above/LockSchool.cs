using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>In the chains of the school and of the body; of the server where whoever runs it did it. Why lies beside the entries of those who lock.</summary>
public sealed record SchoolLocked(Guid SchoolId, Guid? BodyId) : AuditEvent("school-locked");

public sealed record SchoolUnlocked(Guid SchoolId, Guid? BodyId) : AuditEvent("school-unlocked");

/// <param name="Reason">Seen by those who lock and unlock only.</param>
public sealed record LockSchoolRequest(string Urn, string? Reason);

/// <param name="Changed">False when it was so already.</param>
public sealed record LockChanged(string School, bool Changed);

/// <summary>
/// Closes a school to everybody from the next request on, also to those who come from above. Memberships, seats, links and codes stay as they are;
/// imports wait; its holders of School setup are mailed. A body locks schools that it has a link with.
/// </summary>
public sealed class LockSchool(Database database, HolderMails mails, TimeProvider clock)
{
    public Task<Result<LockChanged>> ExecuteAsync(LockSchoolRequest request, Actor actor, CancellationToken cancellationToken) =>
        SchoolLocks.OnSchoolAsync(database, request.Urn, actor, async (db, school, body, present) =>
        {
            if (ReadReason(request.Reason) is { Succeeded: false } wrong)
                return Result.Refuse<LockChanged>(wrong.Refusals);
            if (present is not null)
                return present.BodyId == body?.Id ? new LockChanged(school.Name, Changed: false) : new LockedByOther(school.Name);
            var (now, reason) = (clock.Now(), ReadReason(request.Reason).Value);
            db.Add(new SchoolLock { OrganisationId = school.Id, Since = now, BodyId = body?.Id, LockedById = actor.AccountId, Reason = reason });
            await SchoolLocks.NoteAsync(db, now, actor, school, body, new SchoolLocked(school.Id, body?.Id), reason, cancellationToken);
            await mails.TellLockAsync(db, school.Id, body?.Name ?? SchoolLocks.Server, isLocked: true, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return new LockChanged(school.Name, Changed: true);
        }, cancellationToken);

    private static Result<string> ReadReason(string? typed)
    {
        var text = PlainText.Tidy(typed);
        if (text.Length == 0)
            return new LockReasonRefusal("Say why the school is locked, for those who unlock it");
        return PlainText.HasForbiddenCharacter(text) || text.Length > SchoolLock.LongestReason
            ? new LockReasonRefusal($"Say why in {SchoolLock.LongestReason} characters or fewer, on one line")
            : text;
    }
}

/// <summary>Opens a school again, by the body that locked it or by whoever runs the server.</summary>
public sealed class UnlockSchool(Database database, HolderMails mails, TimeProvider clock)
{
    public Task<Result<LockChanged>> ExecuteAsync(string urn, Actor actor, CancellationToken cancellationToken) =>
        SchoolLocks.OnSchoolAsync(database, urn, actor, async (db, school, body, present) =>
        {
            if (present is null)
                return new LockChanged(school.Name, Changed: false);
            if (body is not null && present.BodyId != body.Id)
                return new LockedByOther(school.Name);
            var now = clock.Now();
            db.Remove(present);
            await SchoolLocks.NoteAsync(db, now, actor, school, body, new SchoolUnlocked(school.Id, body?.Id), null, cancellationToken);
            await mails.TellLockAsync(db, school.Id, body?.Name ?? SchoolLocks.Server, isLocked: false, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return new LockChanged(school.Name, Changed: true);
        }, cancellationToken, unlocks: true);
}

internal static class SchoolLocks
{
    public const string Server = "Whoever runs the server";

    // In the server's scope, because the body's log has it too; the school is one that the body has a link with.
    /// <param name="unlocks">A lock is opened by those who made it even when the link has ended meanwhile.</param>
    public static Task<Result<LockChanged>> OnSchoolAsync(
        Database database, string urn, Actor actor, Func<AppDb, School, Organisation?, SchoolLock?, Task<Result<LockChanged>>> deed, CancellationToken cancellationToken, bool unlocks = false)
    {
        var bodyId = actor.OrganisationId;
        if (actor.Kind != ActorKind.Operator && (bodyId is not { } own || !actor.Holds(Permission.LaSetup, own)))
            return Task.FromResult<Result<LockChanged>>(new NotAllowed(Permission.LaSetup));
        return database.ChangeAsync<Result<LockChanged>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<School>().SingleOrDefaultAsync(s => s.Code == urn, cancellationToken) is not { } school)
                return new NotFound($"school with URN {urn}");
            var present = await db.Set<SchoolLock>().SingleOrDefaultAsync(l => l.OrganisationId == school.Id, cancellationToken);
            if (actor.Kind == ActorKind.Operator)
                return await deed(db, school, null, present);
            // Without a link a school is as one that is not there.
            if (await db.PresentLinkAsync(school.Id, bodyId!.Value, cancellationToken) is null && !(unlocks && present?.BodyId == bodyId))
                return new NotFound($"school with URN {urn}");
            return await deed(db, school, await db.Set<Organisation>().SingleAsync(o => o.Id == bodyId, cancellationToken), present);
        }, cancellationToken);
    }

    public static async Task NoteAsync(AppDb db, DateTime now, Actor actor, School school, Organisation? body, AuditEvent happened, string? reason, CancellationToken cancellationToken)
    {
        // The school's own log says who, and not why: that is typed by people, and not the school's to read.
        var why = reason is null ? [] : new Dictionary<string, string> { ["Reason"] = reason };
        if (body is not null)
        {
            await db.NoteAsync(now, actor, school.Id, body.Id, happened, new Dictionary<string, string>(), cancellationToken, why);
            return;
        }
        db.AddAudit(now, actor, school.Id, happened);
        db.AddAudit(now, actor, AuditTrail.Server, happened, new AuditPerson(school.Id, why));
    }
}

public sealed record LockReasonRefusal(string Message) : Refusal("lock-reason", Message, RefusalKind.Field, "Reason");

public sealed record LockedByOther(string School) : Refusal("locked-by-other", $"{School} was locked by somebody else: they, or whoever runs the server, can unlock it", RefusalKind.Refused);
