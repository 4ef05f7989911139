using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Reviews;

/// <summary>Decides how often there is a review. One that is open goes on: switching off must not hide who was not confirmed.</summary>
public sealed class SetReviewRhythm(Database database, TimeProvider clock)
{
    /// <returns>Whether it was another one before.</returns>
    public Task<Result<bool>> ExecuteAsync(ReviewRhythm? asked, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return Task.FromResult<Result<bool>>(new NotAllowed(Permission.SchoolSetup));
        if (asked is not { } rhythm || !Enum.IsDefined(rhythm))
            return Task.FromResult<Result<bool>>(new RhythmMissing());
        return database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            var setting = await db.Set<AccessReviewSetting>().SingleOrDefaultAsync(cancellationToken);
            var before = setting?.Rhythm ?? ReviewRhythm.EachTerm;
            if (before == rhythm)
                return false;
            if (setting is null)
                db.Add(setting = new AccessReviewSetting { OrganisationId = organisationId });
            setting.Rhythm = rhythm;
            setting.Version++;
            db.AddAudit(clock.Now(), actor, organisationId, new ReviewSettingChanged(before, rhythm));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }
}

public sealed record RhythmMissing() : Refusal("rhythm-missing", "Choose how often everybody’s access is reviewed", RefusalKind.Field, "Rhythm");
