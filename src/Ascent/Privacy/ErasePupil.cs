using System.Security.Cryptography;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Privacy;

/// <summary>What whoever asked for it is given: that it was done, when, and under which number it stands in the log.</summary>
/// <param name="Ties">What hung on the pupil and went too.</param>
public sealed record PupilErasureReceipt(string Receipt, Guid PupilId, DateTime At, IReadOnlyList<PupilTie> Ties, ForgottenInImports Imports);

/// <param name="IsDeleted">Deleted, and can still be brought back.</param>
public sealed record PupilToErase(Guid Id, string FullName, DateOnly BornOn, bool IsDeleted);

/// <summary>
/// Deletes everything held on one pupil for good: the record, its history, classes and results, what imports keep of the pupil, and the uploaded
/// files that held the pupil. What stays are entries of the log, which know the pupil by a number.
/// </summary>
public sealed class ErasePupil(Database database, ErasureList list, TimeProvider clock)
{
    /// <param name="upnOrId">As typed at the command line.</param>
    public Task<Result<PupilToErase>> FindAsync(string upnOrId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<Result<PupilToErase>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var (upn, isId) = (upnOrId.Trim().ToUpperInvariant(), Guid.TryParse(upnOrId, out var id));
            var found = await db.Set<Pupil>().Where(p => isId ? p.Id == id : p.Upn == upn).OrderBy(p => p.Id).ToListAsync(cancellationToken);
            return found switch
            {
                [] => new NotFound($"pupil with {(isId ? "the number" : "the UPN")} {upnOrId}"),
                [var pupil] => new PupilToErase(pupil.Id, pupil.FullName, pupil.BornOn, pupil.DeletedAt is not null),
                _ => new SeveralPupils([.. found.Select(p => p.Id)]),
            };
        });

    /// <summary>On a page only pupils who are deleted already, so that nobody is erased by one wrong click.</summary>
    public async Task<Result<PupilErasureReceipt>> ExecuteAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        if (!actor.IsFresh)
            return new ConfirmItIsYou();
        var erased = await database.ChangeManyAsync<Result<PupilErasureReceipt>>(OrganisationScope.Of(organisationId), async db =>
        {
            await db.TakeTurnAsync(organisationId, cancellationToken);
            return await db.Set<Pupil>().SingleOrDefaultAsync(p => p.Id == pupilId, cancellationToken) is { } pupil && (pupil.DeletedAt is not null || actor.Kind != ActorKind.Person)
                ? await EraseAsync(db, pupil, NewReceipt(), null, actor, cancellationToken)
                : new NoSuchPupil();
        }, cancellationToken);
        // Outside the database, and so after the save; whatever a crash leaves out here is added the next time.
        if (erased.Succeeded)
            await list.ExecuteAsync(cancellationToken);
        return erased;
    }

    /// <summary>Erases a pupil who was deleted before a moment. The night's work, which adds to the list when it is done.</summary>
    /// <returns>False when there is nothing to erase: brought back, or gone already.</returns>
    public Task<bool> EraseDeletedAsync(Guid organisationId, Guid pupilId, DateTime deletedBefore, CancellationToken cancellationToken) =>
        OnPupilAsync(organisationId, pupilId, async (db, pupil) =>
        {
            if (pupil.DeletedAt is not { } deleted || deleted >= deletedBefore)
                return false;
            await EraseAsync(db, pupil, NewReceipt(), receivedBefore: deleted, Actor.System, cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Pupils whom this database has although they were erased: it was put back from before that.</summary>
    public async Task<IReadOnlyList<ErasureLine>> UnknownAsync(CancellationToken cancellationToken)
    {
        var unknown = new List<ErasureLine>();
        foreach (var part in (await list.ReadAsync(cancellationToken)).Lines.Where(l => l.School is not null).Chunk(500))
        {
            Guid[] ids = [.. part.Select(l => l.Account)];
            var present = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Pupil>().Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToHashSetAsync(cancellationToken));
            unknown.AddRange(part.Where(l => present.Contains(l.Account)));
        }
        return unknown;
    }

    /// <summary>Erases again a pupil whom a restored database has back, under the same receipt.</summary>
    public Task<bool> EraseAgainAsync(ErasureLine line, CancellationToken cancellationToken) =>
        OnPupilAsync(line.School!.Value, line.Account, async (db, pupil) =>
        {
            await EraseAsync(db, pupil, line.Receipt, receivedBefore: null, Actor.System, cancellationToken);
            return true;
        }, cancellationToken);

    private Task<bool> OnPupilAsync(Guid organisationId, Guid pupilId, Func<AppDb, Pupil, Task<bool>> erase, CancellationToken cancellationToken) =>
        database.ChangeManyAsync(OrganisationScope.Of(organisationId), async db =>
        {
            await db.TakeTurnAsync(organisationId, cancellationToken);
            return await db.Set<Pupil>().SingleOrDefaultAsync(p => p.Id == pupilId, cancellationToken) is { } pupil && await erase(db, pupil);
        }, cancellationToken);

    private string NewReceipt() => $"{clock.Today().Year}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(5))}";

    private async Task<PupilErasureReceipt> EraseAsync(AppDb db, Pupil pupil, string receipt, DateTime? receivedBefore, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var ties = await db.CountTiesAsync(db.Set<Pupil>().Where(p => p.Id == pupil.Id).Select(p => p.Id), cancellationToken);
        var imports = await ForgetPupil.ExecuteAsync(db, pupil, receivedBefore, now, cancellationToken);
        await db.DeleteTiesAsync(pupil.Id, cancellationToken);
        db.Remove(pupil);
        db.AddAudit(now, actor, pupil.OrganisationId, new PupilErased(pupil.Id, receipt));
        await db.SaveChangesAsync(cancellationToken);
        return new(receipt, pupil.Id, now, ties, imports);
    }
}

/// <summary>One UPN that several deleted pupils had, one after the other.</summary>
public sealed record SeveralPupils(IReadOnlyList<Guid> Ids)
    : Refusal("several-pupils", $"Several pupils had this UPN, one after the other. Say which by its number: {string.Join(", ", Ids.Select(i => $"{i:N}"))}", RefusalKind.Conflict);
