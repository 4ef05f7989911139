using System.Text.Json;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="Changed">Pupils whom a list or transfer file has changed; of a file of results, rows whose results were taken in.</param>
public sealed record ImportConfirmed(Guid ImportId, int Added, int Changed, int Removed, ImportFormat Format = ImportFormat.Table, int Results = 0) : AuditEvent("import-confirmed");

/// <summary>What a confirmed import has done.</summary>
/// <param name="Waiting">Rows that still wait for a decision.</param>
/// <param name="Results">Of a file of results: how many it has brought, those with another value included.</param>
public sealed record ConfirmedImport(int Added, int Changed, int Removed, int Waiting, int Results = 0);

/// <summary>
/// Puts everything that was reviewed on the roll, or nothing of it. A pupil whom somebody has changed since the review is compared anew first,
/// and whoever confirms sees those rows again.
/// </summary>
public sealed class ConfirmImport(Database database, TimeProvider clock)
{
    private const int Part = 500;

    /// <param name="version">Of the import as the review showed it.</param>
    public Task<Result<ConfirmedImport>> ExecuteAsync(Guid importId, int version, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<ConfirmedImport>>(new NotAllowed(Permission.ManageData));
        return database.ChangeManyAsync(OrganisationScope.Of(organisationId), async db =>
        {
            await db.TakeTurnAsync(organisationId, cancellationToken);
            return await TryAsync(db, importId, version, actor, organisationId, cancellationToken);
        }, cancellationToken);
    }

    private async Task<Result<ConfirmedImport>> TryAsync(AppDb db, Guid importId, int version, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
            return new NoSuchImport();
        // Pressed twice: the second is told what the first has done.
        if (import.State is ImportState.Confirmed)
            return await CountAppliedAsync(db, importId, cancellationToken);
        if (import.State is not (ImportState.Ready or ImportState.PartlyProcessed))
            return new NotReady(import.State);
        if (import.Version != version)
            return new ReviewChanged();
        if (await CompareAnewAsync(db, import, cancellationToken) is var anew and > 0)
        {
            (await db.Set<Import>().SingleAsync(i => i.Id == importId, cancellationToken)).Touch();
            await db.SaveChangesAsync(cancellationToken);
            return new RollChanged(anew);
        }
        var before = await CountAppliedAsync(db, importId, cancellationToken);
        await ApplyAsync(db, import, new PupilDeed(import.Id, actor.AccountId, clock.Now(), import.AsAt), cancellationToken);
        var after = await CountAppliedAsync(db, importId, cancellationToken);
        var done = await db.Set<Import>().SingleAsync(i => i.Id == importId, cancellationToken);
        await PlaceAsync(db, done, actor, cancellationToken);
        done.Confirm(after.Waiting > 0, actor.AccountId, clock.Now());
        db.AddAudit(clock.Now(), actor, organisationId, new ImportConfirmed(importId, after.Added - before.Added, after.Changed - before.Changed, after.Removed - before.Removed, import.Format, after.Results - before.Results));
        await db.SaveChangesAsync(cancellationToken);
        return after;
    }

    private static async Task<ConfirmedImport> CountAppliedAsync(AppDb db, Guid importId, CancellationToken cancellationToken)
    {
        var rows = db.Set<ImportRow>().Where(r => r.ImportId == importId);
        var counts = await rows.Where(r => r.IsApplied).GroupBy(r => r.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var waiting = await rows.CountAsync(r => r.Kind == ImportRowKind.Decide && !r.IsLeftOut, cancellationToken);
        var results = await rows.Where(r => r.IsApplied).SumAsync(r => r.NewResults + r.OtherResults, cancellationToken);
        return new(counts.GetValueOrDefault(ImportRowKind.Add), counts.GetValueOrDefault(ImportRowKind.Change), counts.GetValueOrDefault(ImportRowKind.Remove), waiting, results);
    }

    /// <summary>Compares those rows again whose pupil is not as it was reviewed, or that would add somebody who is here by now.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> CompareAnewAsync(AppDb db, Import import, CancellationToken cancellationToken)
    {
        if (import.Format == ImportFormat.Results)
            return await CompareResultsAnewAsync(db, import, cancellationToken);
        var (pupils, former, count) = (db.Pupils(), db.Set<FormerUpn>(), 0);
        while (true)
        {
            var stale = await Effective(db, import.Id)
                .Where(r => (r.Kind == ImportRowKind.Add && (pupils.Any(p => p.Upn == r.Upn) || former.Any(f => f.Upn == r.Upn && pupils.Any(p => p.Id == f.PupilId))))
                    || (r.Kind != ImportRowKind.Add && !pupils.Any(p => p.Id == r.PupilId && p.Version == r.PupilVersion)))
                .OrderBy(r => r.Number).Take(Part).ToListAsync(cancellationToken);
            if (stale.Count == 0)
                return count + await CompareUnnumberedAsync(db, import, cancellationToken);
            await RestageAsync(db, import, stale, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            count += stale.Count;
        }
    }

    /// <summary>
    /// A pupil keeps its version when results come, so every row is compared with what is here now; those of which something else would come
    /// are shown again.
    /// </summary>
    private async Task<int> CompareResultsAnewAsync(AppDb db, Import import, CancellationToken cancellationToken)
    {
        var (compare, count) = (new CompareRows(import, clock.Today()), 0);
        for (int? after = null; ;)
        {
            db.ChangeTracker.Clear();
            var rows = await Effective(db, import.Id).Where(r => after == null || r.Number > after).OrderBy(r => r.Number).Take(Part).ToListAsync(cancellationToken);
            if (rows.Count == 0)
                return count;
            after = rows[^1].Number;
            var compared = await compare.CompareAsync(db, [.. rows.Select(r => r.ReadGiven()!)], Decisions(rows), cancellationToken);
            foreach (var (row, found) in rows.Zip(compared).Where(r => (r.First.Kind, r.First.PupilId, r.First.Results) != (r.Second.Kind, r.Second.Pupil?.Id, r.Second.ResultsAsText)))
            {
                row.CompareAnew(found);
                count++;
            }
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Pupils without a UPN have nothing but name and birthday by which somebody who has come meanwhile is known.</summary>
    private async Task<int> CompareUnnumberedAsync(AppDb db, Import import, CancellationToken cancellationToken)
    {
        if (!await db.Pupils().AnyAsync(p => p.CreatedAt > import.ReceivedAt, cancellationToken))
            return 0;
        var rows = await Effective(db, import.Id).Where(r => r.Kind == ImportRowKind.Add && r.Upn == null && !r.IsDecided).OrderBy(r => r.Number).ToListAsync(cancellationToken);
        var compared = await new CompareRows(import, clock.Today()).CompareAsync(db, [.. rows.Select(r => r.ReadGiven()!)], new Dictionary<int, Guid>(), cancellationToken);
        var others = rows.Zip(compared).Where(r => r.Second.Kind != ImportRowKind.Add).ToArray();
        foreach (var (row, found) in others)
            row.CompareAnew(found);
        await db.SaveChangesAsync(cancellationToken);
        return others.Length;
    }

    private async Task RestageAsync(AppDb db, Import import, List<ImportRow> rows, CancellationToken cancellationToken)
    {
        foreach (var leaver in rows.Where(r => r.Kind == ImportRowKind.Remove))
        {
            var pupil = await db.Pupils().AsNoTracking().SingleOrDefaultAsync(p => p.Id == leaver.PupilId, cancellationToken);
            leaver.CompareAnew(new(pupil is { LeftOn: null } ? ImportRowKind.Remove : ImportRowKind.Same, leaver.Name, leaver.Upn, pupil, [], []));
        }
        var given = rows.Where(r => r.Kind != ImportRowKind.Remove && r.Given.Length > 0).ToDictionary(r => r.Number);
        var compared = await new CompareRows(import, clock.Today()).CompareAsync(db, [.. given.Values.Select(r => r.ReadGiven()!)], Decisions(given.Values), cancellationToken);
        foreach (var (row, found) in given.Values.Zip(compared))
            row.CompareAnew(found);
    }

    private static Dictionary<int, Guid> Decisions(IEnumerable<ImportRow> rows) =>
        rows.Where(r => r.IsDecided).ToDictionary(r => r.Number, r => r.PupilId ?? Guid.Empty);

    private async Task ApplyAsync(AppDb db, Import import, PupilDeed deed, CancellationToken cancellationToken)
    {
        // Two pupils whose numbers change places must not meet in between.
        await db.Pupils().Where(p => Effective(db, import.Id).Any(r => r.PupilId == p.Id && r.Kind == ImportRowKind.Change && r.ChangesUpn))
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.Upn, (string?)null), cancellationToken);
        for (int? after = null; ;)
        {
            db.ChangeTracker.Clear();
            var rows = await Effective(db, import.Id).Where(r => after == null || r.Number > after).OrderBy(r => r.Number).Take(Part).ToListAsync(cancellationToken);
            if (rows.Count == 0)
                return;
            after = rows[^1].Number;
            await new ApplyRows(import, deed, clock).ApplyAsync(db, rows, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Puts the pupils of the rows that were done just now in their classes.</summary>
    private async Task PlaceAsync(AppDb db, Import import, Actor actor, CancellationToken cancellationToken)
    {
        var names = await db.Set<ImportRow>().Where(r => r.ImportId == import.Id && r.IsApplied && !r.IsPlaced && r.ClassName != null && r.PupilId != null)
            .Select(r => new { Pupil = r.PupilId!.Value, r.ClassName }).ToDictionaryAsync(r => r.Pupil, r => r.ClassName!, cancellationToken);
        if (names.Count == 0)
            return;
        var placed = await ClassRolls.PlaceAsync(db, import.OrganisationId, AcademicYear.Of(import.AsAt), names, actor, clock, cancellationToken);
        // Confirmed in two parts, it has put pupils in classes twice.
        var earlier = import.Placement is { } kept ? JsonSerializer.Deserialize<ClassPlacement>(kept)! : new ClassPlacement([], [], []);
        import.Place(JsonSerializer.Serialize(new ClassPlacement([.. earlier.Made, .. placed.Made], [.. earlier.Moves, .. placed.Moves], [])));
        await db.SaveChangesAsync(cancellationToken);
        await db.Set<ImportRow>().Where(r => r.ImportId == import.Id && r.IsApplied && !r.IsPlaced).ExecuteUpdateAsync(s => s.SetProperty(r => r.IsPlaced, true), cancellationToken);
    }

    private static IQueryable<ImportRow> Effective(AppDb db, Guid importId) =>
        db.Set<ImportRow>().Where(r => r.ImportId == importId && r.HasEffect && !r.IsLeftOut && !r.IsApplied);
}

internal static class RollTurn
{
    /// <summary>
    /// From here to the end of the transaction nobody else confirms or undoes at this school. The row is made when the first one does; of two
    /// at once, one loses and begins again.
    /// </summary>
    public static async Task TakeTurnAsync(this AppDb db, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.Set<SchoolRoll>().ExecuteUpdateAsync(s => s.SetProperty(r => r.Turns, r => r.Turns + 1), cancellationToken) > 0)
            return;
        db.Add(new SchoolRoll { OrganisationId = organisationId });
        await db.SaveChangesAsync(cancellationToken);
    }
}

public sealed record NoSuchImport() : Refusal("no-such-import", "There is no such import here", RefusalKind.NotFound);

public sealed record NotReady(ImportState State) : Refusal("import-not-ready", $"This import {ImportWords.InSentence(State)}. Nothing was changed", RefusalKind.Conflict);

public sealed record ReviewChanged() : Refusal("review-changed", "Somebody has changed this review since you opened it. Look at what it does now, then confirm", RefusalKind.Conflict);

/// <summary>The roll is not as it was reviewed.</summary>
public sealed record RollChanged(int Rows) : Refusal("roll-changed",
    $"The roll has changed since this was checked. {InWords.Count(Rows, "row was", "rows were")} compared anew: look at what is marked “Compared anew”, then confirm. Nothing was changed", RefusalKind.Conflict);
