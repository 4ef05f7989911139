using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

/// <param name="Version">Of the pupil as the one who types has seen it.</param>
/// <param name="FromDay">Since when the characteristics are so; null for today. It cannot be in the future.</param>
public sealed record ChangePupilRequest(Guid PupilId, IReadOnlyDictionary<PupilField, string?> Typed, int Version, bool AcceptsNamesake = false, DateOnly? FromDay = null);

public sealed record PupilChanged(Guid PupilId, IReadOnlyList<PupilField> Fields) : AuditEvent("pupil-changed");

/// <summary>Changes a pupil's own fields by hand. Each is kept in the history, and marked, so that the next import does not change it back unasked.</summary>
public sealed class ChangePupil(Database database, TimeProvider clock)
{
    /// <returns>The fields that are others now; none when nothing was changed.</returns>
    public Task<Result<IReadOnlyList<PupilField>>> ExecuteAsync(ChangePupilRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<IReadOnlyList<PupilField>>>(new NotAllowed(Permission.ManageData));
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<IReadOnlyList<PupilField>>> TryAsync(AppDb db, ChangePupilRequest request, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await db.Pupils().SingleOrDefaultAsync(p => p.Id == request.PupilId, cancellationToken) is not { } pupil)
            return new NoSuchPupil();
        var details = PupilDetails.Read(new(request.Typed, clock.Today()));
        if (!details.Succeeded)
            return Result.Refuse<IReadOnlyList<PupilField>>(details.Refusals);
        if (request.FromDay > clock.Today())
            return new FromDayRefused("The day from which the characteristics hold is in the future");
        var changed = pupil.Details.DifferenceTo(details.Value);
        if (changed.Count == 0)
            return Result.Of<IReadOnlyList<PupilField>>([]);
        if (pupil.Version != request.Version)
            return new PupilChangedMeanwhile(pupil.FullName);
        if (await db.WhoHasUpnAsync(details.Value.Upn, pupil.Id, cancellationToken) is { } taken)
            return taken;
        if (!request.AcceptsNamesake && changed.Any(f => f is PupilField.Surname or PupilField.Forename or PupilField.BornOn)
            && await db.FindNamesakeAsync(details.Value, pupil.Id, cancellationToken) is { } namesake)
            return namesake;
        await db.ApplyAsync(pupil, details.Value, new(clock.NewId(), actor.AccountId, now, request.FromDay ?? clock.Today()), cancellationToken);
        pupil.MarkTypedByHand(changed);
        db.AddAudit(now, actor, organisationId, new PupilChanged(pupil.Id, changed));
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(changed);
    }
}

/// <summary>Who changes a pupil, when, and from which day on it holds.</summary>
/// <param name="ChangeId">One for everything that one save or one import changes.</param>
internal sealed record PupilDeed(Guid ChangeId, Guid? ById, DateTime At, DateOnly FromDay);

internal static class PupilHistory
{
    /// <summary>Sets the fields and writes down what each was; a UPN that goes is kept as a former one.</summary>
    public static async Task ApplyAsync(this AppDb db, Pupil pupil, PupilDetails details, PupilDeed deed, CancellationToken cancellationToken)
    {
        var before = pupil.Details;
        foreach (var field in before.DifferenceTo(details))
            db.Add(new PupilChange
            {
                OrganisationId = pupil.OrganisationId, PupilId = pupil.Id, ChangeId = deed.ChangeId, Field = field,
                Before = before.TextOf(field), After = details.TextOf(field), At = deed.At, ById = deed.ById, FromDay = deed.FromDay,
            });
        if (before.Upn is { } old && old != details.Upn
            && !await db.Set<FormerUpn>().AnyAsync(f => f.PupilId == pupil.Id && f.Upn == old, cancellationToken))
            db.Add(new FormerUpn { OrganisationId = pupil.OrganisationId, PupilId = pupil.Id, Upn = old, ReplacedAt = deed.At });
        pupil.Set(details);
    }
}

/// <summary>No pupil of this school, or one that has been deleted: one answer for both.</summary>
public sealed record NoSuchPupil() : Refusal("no-such-pupil", "There is no such pupil here", RefusalKind.NotFound);

/// <summary>The day from which the characteristics hold is none, or has not come yet.</summary>
public sealed record FromDayRefused(string Message) : Refusal("from-day", Message, RefusalKind.Field, "FromDay");

public sealed record PupilChangedMeanwhile(string Name)
    : Refusal("pupil-changed-meanwhile", $"Somebody has changed {Name} since you opened this page. What they changed is shown; look again, then save", RefusalKind.Conflict);
