using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>What somebody has said of one row that the page has shown.</summary>
/// <param name="IsIn">Its box is ticked: it is to be done.</param>
/// <param name="Taken">The fields typed by hand that are taken from the file nevertheless.</param>
/// <param name="Decision">Whether it is the pupil whom it may be; null when nobody has said.</param>
public sealed record RowChoice(int Number, bool IsIn, IReadOnlyList<PupilField> Taken, bool? Decision);

/// <summary>Keeps the choices of a review. Nothing changes on the roll.</summary>
public sealed class ReviewImport(Database database, TimeProvider clock)
{
    /// <returns>Whether anything is otherwise than it was.</returns>
    public Task<Result<bool>> ExecuteAsync(Guid importId, IReadOnlyList<RowChoice> choices, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<bool>>(new NotAllowed(Permission.ManageData));
        return database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
                return new NoSuchImport();
            if (import.State is not (ImportState.Ready or ImportState.PartlyProcessed))
                return new NotReady(import.State);
            int[] numbers = [.. choices.Select(c => c.Number)];
            var rows = await db.Set<ImportRow>().Where(r => r.ImportId == importId && numbers.Contains(r.Number) && !r.IsApplied).ToDictionaryAsync(r => r.Number, cancellationToken);
            // A row that waits for its decision has no box to tick; it is in once it is decided.
            var ticked = rows.Values.Where(r => r.Kind is ImportRowKind.Add or ImportRowKind.Change or ImportRowKind.Remove).Select(r => r.Number).ToHashSet();
            var changed = await DecideAsync(db, import, choices, rows, cancellationToken);
            foreach (var choice in choices)
                if (rows.TryGetValue(choice.Number, out var row))
                    changed |= Choose(row, choice, ticked.Contains(choice.Number));
            if (!changed)
                return false;
            import.Touch();
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    private static bool Choose(ImportRow row, RowChoice choice, bool hasBox)
    {
        var before = (row.IsLeftOut, row.TakenBits);
        if (hasBox)
            row.LeaveOut(!choice.IsIn);
        if (row.HasTypedByHand)
        {
            var byHand = row.ReadChanges().Where(c => c.ByHand).Select(c => c.Field).ToHashSet();
            row.Take(choice.Taken.Where(byHand.Contains));
        }
        return before != (row.IsLeftOut, row.TakenBits);
    }

    private async Task<bool> DecideAsync(AppDb db, Import import, IReadOnlyList<RowChoice> choices, Dictionary<int, ImportRow> rows, CancellationToken cancellationToken)
    {
        var decided = choices.Where(c => c.Decision is not null && rows.TryGetValue(c.Number, out var row) && row.MayBeId is not null
            && (row.Kind == ImportRowKind.Decide || (row.IsDecided && row.PupilId is not null != c.Decision))).ToArray();
        if (decided.Length == 0)
            return false;
        var about = decided.ToDictionary(c => c.Number, c => (Row: rows[c.Number], Is: c.Decision == true));
        if (import.Format == ImportFormat.Results)
            foreach (var (number, decision) in about.ToArray())
                foreach (var other in await OfSameChildAsync(db, decision.Row, cancellationToken))
                    about.TryAdd(other.Number, (other, decision.Is));
        // In the order of the file, so that of two rows that say different things the first one holds.
        var ordered = about.Values.OrderBy(d => d.Row.Number).ToArray();
        var decisions = ordered.ToDictionary(d => d.Row.Number, d => d.Is ? d.Row.MayBeId!.Value : Guid.Empty);
        var compared = await new CompareRows(import, clock.Today()).CompareAsync(db, [.. ordered.Select(d => d.Row.ReadGiven()!)], decisions, cancellationToken);
        foreach (var (decision, found) in ordered.Zip(compared))
            decision.Row.Decide(found);
        return true;
    }

    /// <summary>A child of a file of results has a row for each result; who it is, is asked once.</summary>
    private static Task<List<ImportRow>> OfSameChildAsync(AppDb db, ImportRow row, CancellationToken cancellationToken) =>
        db.Set<ImportRow>().Where(r => r.ImportId == row.ImportId && r.Number != row.Number && !r.IsApplied && r.NameKey == row.NameKey && r.Upn == row.Upn && r.MayBeId == row.MayBeId && (r.Kind == ImportRowKind.Decide || r.IsDecided))
            .Take(ResultsOfOtherRows.MostRows).ToListAsync(cancellationToken);
}

public sealed record ImportWithdrawn(Guid ImportId, ImportFormat Format = ImportFormat.Table) : AuditEvent("import-withdrawn");

/// <summary>Gives up an import that is not confirmed. What was confirmed of it in part stays.</summary>
public sealed class WithdrawImport(Database database, TimeProvider clock)
{
    public Task<Result<bool>> ExecuteAsync(Guid importId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<bool>>(new NotAllowed(Permission.ManageData));
        return database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
                return new NoSuchImport();
            if (import.State == ImportState.Withdrawn)
                return false;
            if (import.State is not (ImportState.Received or ImportState.Checking or ImportState.Ready))
                return new NotReady(import.State);
            import.Withdraw();
            db.AddAudit(clock.Now(), actor, organisationId, new ImportWithdrawn(importId, import.Format));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }
}
