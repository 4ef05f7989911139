using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Pupils;

public sealed record PupilExported(Guid PupilId) : AuditEvent("pupil-exported");

/// <param name="Value">As people read it.</param>
/// <param name="Code">As it is kept, and as files have it.</param>
public sealed record PupilCopyField(string Field, string Label, string Value, string Code, bool TypedByHand);

public sealed record PupilCopyChange(string Label, string Before, string After, DateOnly From);

public sealed record PupilCopyEntry(DateTime At, string? By, IReadOnlyList<PupilCopyChange> Changes);

/// <summary>The record of one pupil as Manage data shows it: no result, no report and no estimate.</summary>
public sealed record PupilCopy(DateTime At, Guid Id, string Name, IReadOnlyList<PupilCopyField> Fields, DateOnly? LastDay, IReadOnlyList<string> FormerUpns, DateTime AddedAt, IReadOnlyList<PupilCopyEntry> History);

/// <summary>A copy of one pupil’s record, for a parent or another school that asks what is held.</summary>
public sealed class ExportPupil(Database database, FindPupil findPupil, TimeProvider clock)
{
    public async Task<Result<PupilCopy>> ExecuteAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        if (!actor.IsFresh)
            return new ConfirmItIsYou();
        if (await findPupil.ExecuteAsync(pupilId, actor, cancellationToken) is not { } pupil)
            return new NoSuchPupil();
        await database.ChangeAsync(OrganisationScope.Of(organisationId), async db =>
        {
            db.AddAudit(clock.Now(), actor, organisationId, new PupilExported(pupilId));
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return new PupilCopy(
            clock.Now(), pupil.Id, pupil.FullName,
            [.. Enum.GetValues<PupilField>().Select(f => new PupilCopyField(f.ToString(), Label(f), PupilWords.Value(f, pupil.Details.TextOf(f)), pupil.Details.TextOf(f), pupil.TypedByHand.Contains(f)))],
            pupil.LeftOn, pupil.FormerUpns, pupil.CreatedAt,
            [.. pupil.History.Select(h => new PupilCopyEntry(h.At, h.By, [.. h.Fields.Select(f => new PupilCopyChange(Label(f.Field), PupilWords.Value(f.Field, f.Before), PupilWords.Value(f.Field, f.After), f.From))]))]);
    }

    private static string Label(PupilField field) => InWords.Capital(PupilWords.Of(field));
}
