using System.Text.Json;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

public sealed record ImportUndone(Guid ImportId, int Pupils, ImportFormat Format = ImportFormat.Table) : AuditEvent("import-undone");

/// <summary>Gives the roll back as it was before the latest confirmed import, as long as nothing later hangs on what it did.</summary>
public sealed class UndoImport(Database database, TimeProvider clock)
{
    private const int Part = 500;

    /// <returns>How many pupils are as they were before.</returns>
    public Task<Result<int>> ExecuteAsync(Guid importId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<int>>(new NotAllowed(Permission.ManageData));
        return database.ChangeManyAsync(OrganisationScope.Of(organisationId), async db =>
        {
            await db.TakeTurnAsync(organisationId, cancellationToken);
            return await TryAsync(db, importId, actor, organisationId, cancellationToken);
        }, cancellationToken);
    }

    private async Task<Result<int>> TryAsync(AppDb db, Guid importId, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
            return new NoSuchImport();
        if (import.State is not (ImportState.Confirmed or ImportState.PartlyProcessed))
            return new NotReady(import.State);
        if (import.RowsGoneAt is { } gone)
            return new RowsGone(gone);
        if (await db.Set<Import>().AnyAsync(i => i.Id != importId && i.ConfirmedAt > import.ConfirmedAt && (i.State == ImportState.Confirmed || i.State == ImportState.PartlyProcessed), cancellationToken))
            return new LaterImport();
        // Results leave the pupils as they are, so whatever was done to those since is in nobody's way.
        if (import.Format != ImportFormat.Results && await WhatHangsOnItAsync(db, importId, cancellationToken) is { Count: > 0 } names)
            return new ChangedSince(names);
        if (import.Placement is { } kept
            && (await ClassRolls.TakeBackAsync(db, organisationId, AcademicYear.Of(import.AsAt), JsonSerializer.Deserialize<ClassPlacement>(kept)!, actor, clock, cancellationToken)).Count > 0)
            return new MovedSince();
        if (!await PupilRecords.UndoAsync(db, organisationId, importId, cancellationToken))
            return new RecordsSince();
        var count = import.Format == ImportFormat.Results
            ? await Applied(db, importId).Select(r => r.PupilId).Distinct().CountAsync(cancellationToken)
            : await GiveRollBackAsync(db, import, cancellationToken);
        // Results come and go by queries.
        db.NoteReportsDue(organisationId);
        (await db.Set<Import>().SingleAsync(i => i.Id == importId, cancellationToken)).Undo();
        db.AddAudit(clock.Now(), actor, organisationId, new ImportUndone(importId, count, import.Format));
        await db.SaveChangesAsync(cancellationToken);
        return count;
    }

    private static async Task<int> GiveRollBackAsync(AppDb db, Import import, CancellationToken cancellationToken)
    {
        var importId = import.Id;
        // As when it was confirmed: two numbers that change places must not meet.
        await db.Pupils().Where(p => Applied(db, importId).Any(r => r.PupilId == p.Id && r.Kind == ImportRowKind.Change && r.ChangesUpn))
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.Upn, (string?)null), cancellationToken);
        var (count, after) = (0, int.MinValue);
        while (await Applied(db, importId).Where(r => r.Number > after).OrderBy(r => r.Number).Take(Part).ToListAsync(cancellationToken) is { Count: > 0 } rows)
        {
            after = rows[^1].Number;
            await TakeBackAsync(db, import.AsAt, rows, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            count += rows.Count;
        }
        await db.Set<PupilChange>().Where(c => c.ChangeId == importId).ExecuteDeleteAsync(cancellationToken);
        return count;
    }

    /// <summary>The first few pupils whom somebody has changed since, or who were added and have got subjects, classes or results by now.</summary>
    private static async Task<IReadOnlyList<string>> WhatHangsOnItAsync(AppDb db, Guid importId, CancellationToken cancellationToken)
    {
        var (pupils, subjects, classes, results) = (db.Pupils(), db.Set<SubjectEnrolment>(), db.Set<ClassPupil>(), db.Set<PupilResult>());
        return await Applied(db, importId)
            .Where(r => !pupils.Any(p => p.Id == r.PupilId && p.Version == r.AppliedVersion)
                || (r.Kind == ImportRowKind.Add && (subjects.Any(s => s.PupilId == r.PupilId) || classes.Any(c => c.PupilId == r.PupilId && (r.ClassName == null || c.RegistrationYear == null)) || results.Any(x => x.PupilId == r.PupilId && x.ChangeId != importId))))
            .OrderBy(r => r.NameKey).Select(r => r.Name).Take(5).ToListAsync(cancellationToken);
    }

    private static async Task TakeBackAsync(AppDb db, DateOnly asAt, List<ImportRow> rows, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.Select(r => r.PupilId!.Value)];
        var pupils = await db.Pupils().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        foreach (var row in rows)
        {
            var (pupil, before) = (pupils[row.PupilId!.Value], row.ReadBefore()!);
            if (before.Fields is null)
            {
                db.Remove(pupil);
                continue;
            }
            pupil.GiveBack(PupilDetails.Read(new(ApplyRows.Merged(pupil, before.Fields), asAt)).Value, before.TypedByHandBits, before.LeftOn);
            foreach (var upn in before.NewFormerUpns)
                if (await db.Set<FormerUpn>().SingleOrDefaultAsync(f => f.PupilId == pupil.Id && f.Upn == upn, cancellationToken) is { } former)
                    db.Remove(former);
        }
    }

    private static IQueryable<ImportRow> Applied(AppDb db, Guid importId) => db.Set<ImportRow>().Where(r => r.ImportId == importId && r.IsApplied);
}

/// <summary>What was there before is not kept any more.</summary>
public sealed record RowsGone(DateTime At)
    : Refusal("rows-gone", $"What was there before this import was deleted on {InWords.Date(LondonTime.DateOf(At))}, with a pupil who was erased or because it was old. It cannot be undone any more", RefusalKind.Refused);

public sealed record LaterImport() : Refusal("later-import", "Another import was confirmed after this one. Undo that one first", RefusalKind.Refused);

public sealed record MovedSince() : Refusal("moved-since", "Pupils whom it put in classes were moved after it, so it cannot be undone as a whole. Nothing was changed", RefusalKind.Refused);

public sealed record RecordsSince() : Refusal("records-since", "Results, attendance or former schools that it brought were changed after it, so it cannot be undone as a whole. Nothing was changed", RefusalKind.Refused);

public sealed record ChangedSince(IReadOnlyList<string> Names)
    : Refusal("changed-since", $"{InWords.List(Names)} {(Names.Count == 1 ? "was" : "were")} changed after this import, so it cannot be undone as a whole. Nothing was changed", RefusalKind.Refused);
