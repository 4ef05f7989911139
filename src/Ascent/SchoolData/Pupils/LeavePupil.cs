using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

public sealed record PupilLeft(Guid PupilId, DateOnly LastDay) : AuditEvent("pupil-left");

public sealed record PupilReadmitted(Guid PupilId, DateOnly FirstDay) : AuditEvent("pupil-readmitted");

/// <summary>Takes a pupil off the roll. Everything that is known of the pupil stays.</summary>
public sealed class LeavePupil(Database database, TimeProvider clock)
{
    /// <param name="lastDay">As typed.</param>
    public Task<Result<Done>> ExecuteAsync(Guid pupilId, string? lastDay, Actor actor, CancellationToken cancellationToken) =>
        database.OnPupilAsync(pupilId, actor, (db, pupil) =>
        {
            if (pupil.LeftOn is { } already)
                return new LeftAlready(already);
            var day = RollDay.Read(lastDay, "LastDay", "last day");
            if (!day.Succeeded)
                return day.Refusals[0];
            if (day.Value < pupil.EnrolledOn)
                return new RollDayRefusal("LastDay", $"The last day is before the first, {InWords.Date(pupil.EnrolledOn)}");
            if (day.Value > clock.Today().AddYears(1))
                return new RollDayRefusal("LastDay", "The last day is more than a year ahead");
            pupil.Leave(day.Value);
            db.AddAudit(clock.Now(), actor, pupil.OrganisationId, new PupilLeft(pupil.Id, day.Value));
            return null;
        }, cancellationToken);
}

/// <summary>Puts a pupil who has left on the roll again, with everything that was known.</summary>
public sealed class ReadmitPupil(Database database, TimeProvider clock)
{
    /// <param name="firstDay">As typed.</param>
    public Task<Result<Done>> ExecuteAsync(Guid pupilId, string? firstDay, Actor actor, CancellationToken cancellationToken) =>
        database.OnPupilAsync(pupilId, actor, (db, pupil) =>
        {
            if (pupil.LeftOn is not { } left)
                return new OnTheRoll();
            var day = RollDay.Read(firstDay, "FirstDay", "first day");
            if (!day.Succeeded)
                return day.Refusals[0];
            if (day.Value <= left)
                return new RollDayRefusal("FirstDay", $"The first day is not after the last one, {InWords.Date(left)}");
            if (day.Value > clock.Today().AddYears(1))
                return new RollDayRefusal("FirstDay", "The first day is more than a year ahead");
            pupil.Readmit(day.Value);
            db.AddAudit(clock.Now(), actor, pupil.OrganisationId, new PupilReadmitted(pupil.Id, day.Value));
            return null;
        }, cancellationToken);
}

public sealed record LeftAlready(DateOnly On) : Refusal("left-already", $"The pupil left on {InWords.Date(On)}", RefusalKind.Conflict);

public sealed record OnTheRoll() : Refusal("on-the-roll", "The pupil is on the roll", RefusalKind.Conflict);

public sealed record RollDayRefusal(string Field, string Message) : Refusal("roll-day", Message, RefusalKind.Field, Field);

internal static class RollDay
{
    public static Result<DateOnly> Read(string? typed, string field, string what)
    {
        var text = PlainText.Tidy(typed);
        return text.Length == 0 ? new RollDayRefusal(field, $"Enter the {what}")
            : DayText.Read(text) is { } day ? day
            : new RollDayRefusal(field, DayText.WhyNot(text, what));
    }

    /// <summary>One change to one pupil of the actor's school, by a holder of Manage data.</summary>
    /// <param name="change">Gives the reason why not, or null when it is done and to be saved.</param>
    public static async Task<Result<Done>> OnPupilAsync(this Database database, Guid pupilId, Actor actor, Func<AppDb, Pupil, Refusal?> change, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        return await database.ChangeAsync<Result<Done>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Pupils().SingleOrDefaultAsync(p => p.Id == pupilId, cancellationToken) is not { } pupil)
                return new NoSuchPupil();
            if (change(db, pupil) is { } refused)
                return refused;
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }
}
