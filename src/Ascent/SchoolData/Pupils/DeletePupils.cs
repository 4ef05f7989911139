using System.Globalization;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

/// <summary>Which pupils: those who are named, or everybody whose last day was before a day.</summary>
public sealed record PupilChoice(IReadOnlyCollection<Guid> Ids, DateOnly? LeftBefore = null)
{
    internal IQueryable<Pupil> Of(AppDb db) => LeftBefore is { } day ? db.Pupils().Where(p => p.LeftOn < day) : db.Pupils().Where(p => Ids.Contains(p.Id));
}

/// <param name="First">The first of them by name, as many as fit a page.</param>
/// <param name="OnRoll">How many of them are on the roll.</param>
/// <param name="Ties">What goes with them.</param>
/// <param name="DeletedAlready">Of those who were named.</param>
public sealed record DeletionPreview(int Count, int OnRoll, IReadOnlyList<PupilRow> First, IReadOnlyList<PupilTie> Ties, int DeletedAlready);

/// <summary>What deleting would take away; nothing changes.</summary>
public sealed class PreviewDeletion(Database database, TimeProvider clock)
{
    public const int MostShown = 50;

    /// <returns>Null when one of those named was never a pupil of this school: no page of ours asks for that.</returns>
    public Task<DeletionPreview?> ExecuteAsync(PupilChoice choice, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var named = choice.Ids.Distinct().ToArray();
            if (choice.LeftBefore is null && await db.Set<Pupil>().CountAsync(p => named.Contains(p.Id), cancellationToken) != named.Length)
                return null;
            var (chosen, today) = (choice.Of(db), clock.Today());
            var count = await chosen.CountAsync(cancellationToken);
            var first = await chosen.OrderBy(p => p.SurnameKey).ThenBy(p => p.Id).Take(MostShown).ToListAsync(cancellationToken);
            return new DeletionPreview(
                count, await chosen.CountAsync(p => p.LeftOn == null || p.LeftOn >= today, cancellationToken), [.. first.Select(p => PupilRow.Of(p, today))],
                await db.CountTiesAsync(chosen.Select(p => p.Id), cancellationToken), choice.LeftBefore is null ? named.Length - count : 0);
        });
}

/// <summary>At most a few hundred in one entry; of more, there are several.</summary>
public sealed record PupilsDeleted(IReadOnlyList<Guid> PupilIds) : AuditEvent("pupils-deleted");

/// <summary>
/// Deletes pupils with everything that hangs on them. For thirty days they can be brought back as they were; then the night takes them away
/// for good. Until then they are nowhere but in the list of those who were deleted.
/// </summary>
public sealed class DeletePupils(Database database, TimeProvider clock)
{
    /// <summary>How long deleted pupils can be brought back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int Part = 500;

    /// <param name="seen">How many there were when it was decided.</param>
    /// <returns>How many were deleted.</returns>
    public Task<Result<int>> ExecuteAsync(PupilChoice choice, int seen, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<int>>(new NotAllowed(Permission.ManageData));
        if (!actor.IsFresh)
            return Task.FromResult<Result<int>>(new ConfirmItIsYou());
        if (choice.LeftBefore > clock.Today())
            return Task.FromResult<Result<int>>(new LeftBeforeRefused("The day is in the future"));
        return database.ChangeManyAsync(OrganisationScope.Of(organisationId), async db =>
        {
            // A confirm at the same moment would find pupils gone whom it has just compared.
            await db.TakeTurnAsync(organisationId, cancellationToken);
            return await TryAsync(db, choice, seen, actor, organisationId, cancellationToken);
        }, cancellationToken);
    }

    private async Task<Result<int>> TryAsync(AppDb db, PupilChoice choice, int seen, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var (now, count) = (clock.Now(), await choice.Of(db).CountAsync(cancellationToken));
        if (count != seen)
            return new ChoiceChanged(seen, count);
        while (await choice.Of(db).OrderBy(p => p.Id).Take(Part).ToListAsync(cancellationToken) is { Count: > 0 } part)
        {
            foreach (var pupil in part)
                pupil.Delete(now);
            db.AddAudit(now, actor, organisationId, new PupilsDeleted([.. part.Select(p => p.Id)]));
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
        return count;
    }
}

/// <summary>Others were deleted, left or came back since it was decided.</summary>
public sealed record ChoiceChanged(int Seen, int Now) : Refusal("choice-changed",
    $"There {(Seen == 1 ? "was 1 pupil" : string.Create(CultureInfo.InvariantCulture, $"were {Seen:N0} pupils"))} when you opened this page, and there {(Now == 1 ? "is 1" : string.Create(CultureInfo.InvariantCulture, $"are {Now:N0}"))} now. Nobody was deleted: look again, then decide", RefusalKind.Conflict);

public sealed record LeftBeforeRefused(string Message) : Refusal("left-before", Message, RefusalKind.Field, "LeftBefore")
{
    /// <summary>Reads the day as it was typed.</summary>
    public static Result<DateOnly> Read(string? typed, DateOnly today)
    {
        var text = PlainText.Tidy(typed);
        return text.Length == 0 ? new LeftBeforeRefused("Enter a day")
            : DayText.Read(text) is not { } day ? new LeftBeforeRefused(DayText.WhyNot(text, "day"))
            : day > today ? new LeftBeforeRefused("The day is in the future")
            : day;
    }
}
