using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

/// <param name="GoesOn">The first night in which the pupil may go for good is the one after this day.</param>
public sealed record DeletedPupil(Guid Id, string Surname, string Forename, DateOnly BornOn, NcYear Year, string? Upn, DateOnly? LeftOn, DateTime DeletedAt, DateOnly GoesOn)
{
    public string FullName => $"{Forename} {Surname}";
}

/// <param name="Next">Ask for the following page with this; null at the end.</param>
public sealed record DeletedPupilsPage(IReadOnlyList<DeletedPupil> Rows, string? Next, bool IsFirst, int Total);

/// <summary>Pupils who were deleted and are not gone yet, by name.</summary>
public sealed class ListDeletedPupils(Database database)
{
    private const int PageSize = 50;

    public Task<DeletedPupilsPage> ExecuteAsync(string? search, string? after, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var found = db.DeletedPupils().Search(search);
            var place = TextPageKey.Read(after);
            var rest = place is not { } p ? found : found.Where(m => m.SurnameKey.CompareTo(p.Text) > 0 || (m.SurnameKey == p.Text && m.Id.CompareTo(p.Id) > 0));
            var rows = await rest.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var next = rows.Count > PageSize ? new TextPageKey(rows[PageSize - 1].SurnameKey, rows[PageSize - 1].Id).ToString() : null;
            return new DeletedPupilsPage([.. rows.Take(PageSize).Select(Describe)], next, place is null, await found.CountAsync(cancellationToken));
        });

    /// <returns>Null for anybody who is not deleted, or is gone.</returns>
    public Task<DeletedPupil?> FindAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
            await db.DeletedPupils().SingleOrDefaultAsync(p => p.Id == pupilId, cancellationToken) is { } pupil ? Describe(pupil) : null);

    private static DeletedPupil Describe(Pupil p) =>
        new(p.Id, p.CalledSurname, p.CalledForename, p.BornOn, p.Year, p.Upn, p.LeftOn, p.DeletedAt!.Value, LondonTime.DateOf(p.DeletedAt.Value + DeletePupils.Kept));
}

/// <param name="WithoutUpn">Some came back without a number that is another pupil's now.</param>
public sealed record PupilsRestored(IReadOnlyList<Guid> PupilIds, int WithoutUpn) : AuditEvent("pupils-restored");

/// <summary>A number that did not come back, and whose it is now.</summary>
public sealed record LostUpn(string Upn, string Holder);

/// <param name="Namesake">Somebody of the same name and birthday who is here: perhaps the same child, added anew meanwhile.</param>
public sealed record RestoredPupil(Guid Id, string FullName, IReadOnlyList<LostUpn> Lost, NamesakeHere? Namesake);

/// <summary>
/// Brings deleted pupils back with everything that hung on them. A UPN is one pupil's of the school: where another has it by now, that one keeps
/// it, and whoever comes back has none until somebody says whose it is. The history keeps what it was.
/// </summary>
public sealed class RestorePupils(Database database, TimeProvider clock)
{
    /// <returns>Those who came back; whoever was back already, or is gone, is not among them.</returns>
    public Task<Result<IReadOnlyList<RestoredPupil>>> ExecuteAsync(IReadOnlyCollection<Guid> pupilIds, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<IReadOnlyList<RestoredPupil>>>(new NotAllowed(Permission.ManageData));
        return database.ChangeManyAsync(OrganisationScope.Of(organisationId), async db =>
        {
            await db.TakeTurnAsync(organisationId, cancellationToken);
            var back = new List<RestoredPupil>();
            foreach (var pupil in await db.DeletedPupils().Where(p => pupilIds.Contains(p.Id)).OrderBy(p => p.SurnameKey).ToListAsync(cancellationToken))
                back.Add(await BringBackAsync(db, pupil, actor, cancellationToken));
            if (back.Count > 0)
                db.AddAudit(clock.Now(), actor, organisationId, new PupilsRestored([.. back.Select(b => b.Id)], back.Count(b => b.Lost.Count > 0)));
            await db.SaveChangesAsync(cancellationToken);
            return Result.Of<IReadOnlyList<RestoredPupil>>(back);
        }, cancellationToken);
    }

    // One after the other, each saved: two of them may have had the same number.
    private async Task<RestoredPupil> BringBackAsync(AppDb db, Pupil pupil, Actor actor, CancellationToken cancellationToken)
    {
        var lost = new List<LostUpn>();
        if (await db.WhoHasUpnAsync(pupil.Upn, pupil.Id, cancellationToken) is { } taken)
        {
            lost.Add(new(pupil.Upn!, taken.Name));
            db.Add(new PupilChange
            {
                OrganisationId = pupil.OrganisationId, PupilId = pupil.Id, ChangeId = clock.NewId(), Field = PupilField.Upn,
                Before = pupil.Upn!, After = "", At = clock.Now(), ById = actor.AccountId, FromDay = clock.Today(),
            });
            pupil.Set(pupil.Details with { Upn = null });
        }
        foreach (var former in await db.Set<FormerUpn>().Where(f => f.PupilId == pupil.Id).ToListAsync(cancellationToken))
            if (await db.WhoHasUpnAsync(former.Upn, pupil.Id, cancellationToken) is { } other)
            {
                lost.Add(new(former.Upn, other.Name));
                db.Remove(former);
            }
        var namesake = await db.FindNamesakeAsync(pupil.Details, pupil.Id, cancellationToken);
        pupil.BringBack();
        await db.SaveChangesAsync(cancellationToken);
        return new(pupil.Id, pupil.FullName, lost, namesake);
    }
}

internal static class DeletedPupilLookups
{
    public static IQueryable<Pupil> DeletedPupils(this AppDb db) => db.Set<Pupil>().Where(p => p.DeletedAt != null);
}
