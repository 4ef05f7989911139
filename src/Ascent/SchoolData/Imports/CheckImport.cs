using System.Text.Json;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>
/// Reads the file of an import and compares it with the roll, a few hundred rows at a time. Each part is saved with how far it went, so that
/// after a crash, or on another server, checking goes on where it was. Nothing of it changes the roll.
/// </summary>
public sealed class CheckImport(Database database, ServerSettings settings, TimeProvider clock)
{
    private const int Part = 1_000;
    private const int PartOfSurvey = 20_000;

    // Longer than the slowest part; after a crash nobody waits longer than this for checking to go on.
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <returns>Whether this one brought it to an end; false when another has it, or it was withdrawn.</returns>
    public async Task<bool> ExecuteAsync(Guid organisationId, Guid importId, CancellationToken cancellationToken)
    {
        var lease = clock.NewId();
        var scope = OrganisationScope.Of(organisationId);
        if (await LeaseAsync(scope, importId, lease, cancellationToken) is not { } import)
            return false;
        await using var file = await ImportFile.OpenAsync(database, settings, organisationId, importId, cancellationToken);
        if (import is { Format: ImportFormat.Results, ColumnFaults: null })
        {
            if (await SurveyAsync(scope, import, lease, file, cancellationToken) is not { } surveyed)
                return false;
            import = surveyed;
        }
        var opened = RollReaders.Open(import, file);
        if (!opened.Succeeded)
            return await EndAsync(scope, importId, lease, i => i.Refuse(opened.Refusals[0].Message), cancellationToken);
        using var reader = opened.Value;
        var compare = new CompareRows(import, clock.Today());
        var (rows, part) = (import.CheckedRows, new List<PupilInFile>(Part));
        while (reader.Next() is { } pupil)
        {
            if (pupil.Number <= import.CheckedTo)
                continue;
            part.Add(pupil);
            if (part.Count == Part)
            {
                if (!await StageAsync(scope, importId, lease, compare, part, rows += part.Count, file.Position, cancellationToken))
                    return false;
                part.Clear();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        if (reader.Broken is { } broken)
            return await EndAsync(scope, importId, lease, i => i.Refuse(broken.Message), cancellationToken);
        if (part.Count > 0 && !await StageAsync(scope, importId, lease, compare, part, rows += part.Count, import.Size, cancellationToken))
            return false;
        if (rows == 0)
            return await EndAsync(scope, importId, lease, i => i.Refuse(import.Format == ImportFormat.Results ? "There is no row with results in the file." : "There is no pupil in the file."), cancellationToken);
        if (import.IsWholeRoll && !await StageLeaversAsync(scope, import, lease, cancellationToken))
            return false;
        return await EndAsync(scope, importId, lease, i => i.Ready(), cancellationToken);
    }

    private Task<Import?> LeaseAsync(OrganisationScope scope, Guid importId, Guid lease, CancellationToken cancellationToken) =>
        database.ChangeAsync(scope, async db =>
        {
            var now = clock.Now();
            var import = await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken);
            if (import is null || !DueImports.IsDue(import, now))
                return null;
            import.Lease(lease, now + Lease);
            await db.SaveChangesAsync(cancellationToken);
            return import;
        }, cancellationToken);

    /// <summary>Looks at all values of a file of results before any row is staged.</summary>
    /// <returns>The import with what is wrong with whole columns; null when it is another's by now.</returns>
    private async Task<Import?> SurveyAsync(OrganisationScope scope, Import import, Guid lease, Stream file, CancellationToken cancellationToken)
    {
        var (survey, surveyed) = (new SurveyResults(), import);
        using var reader = RollReaders.Open(import, file) is { Succeeded: true } opened ? opened.Value : null;
        for (var rows = 1; reader?.Next() is { } row; rows++)
        {
            survey.Take(row);
            // A long file takes longer than the lease.
            if (rows % PartOfSurvey == 0 && !await OnLeasedAsync(scope, import.Id, lease, (_, current) => KeepAsync(current), cancellationToken))
                return null;
        }
        return await OnLeasedAsync(scope, import.Id, lease, (_, current) =>
        {
            current.NoteFaults(JsonSerializer.Serialize(survey.Faults, ImportJson.Options), clock.Now() + Lease);
            surveyed = current;
            return Task.CompletedTask;
        }, cancellationToken) ? surveyed : null;

        Task KeepAsync(Import current)
        {
            current.Progress(current.CheckedTo, current.CheckedRows, current.CheckedBytes, clock.Now() + Lease);
            return Task.CompletedTask;
        }
    }

    private Task<bool> StageAsync(OrganisationScope scope, Guid importId, Guid lease, CompareRows compare, List<PupilInFile> part, int rows, long bytes, CancellationToken cancellationToken) =>
        OnLeasedAsync(scope, importId, lease, async (db, import) =>
        {
            var compared = await compare.CompareAsync(db, part, new Dictionary<int, Guid>(), cancellationToken);
            var staged = new List<ImportRow>(part.Count);
            for (var i = 0; i < part.Count; i++)
            {
                var row = new ImportRow { OrganisationId = import.OrganisationId, ImportId = importId, Number = part[i].Number, Given = JsonSerializer.Serialize(part[i], ImportJson.Options) };
                row.Compare(compared[i]);
                staged.Add(row);
            }
            await db.InsertAsync(staged, cancellationToken);
            import.Progress(part[^1].Number, rows, Math.Min(bytes, import.Size), clock.Now() + Lease);
        }, cancellationToken);

    /// <summary>Everybody on the roll to whom no row of the file belongs.</summary>
    private async Task<bool> StageLeaversAsync(OrganisationScope scope, Import import, Guid lease, CancellationToken cancellationToken)
    {
        for (var more = true; more;)
            if (!await OnLeasedAsync(scope, import.Id, lease, async (db, current) =>
            {
                var rows = db.Set<ImportRow>().Where(r => r.ImportId == import.Id);
                var leavers = await db.Pupils().AsNoTracking()
                    .Where(p => p.LeftOn == null && p.EnrolledOn <= import.AsAt && !rows.Any(r => r.PupilId == p.Id || (r.Kind == ImportRowKind.Decide && r.MayBeId == p.Id)))
                    .OrderBy(p => p.SurnameKey).ThenBy(p => p.Id).Take(Part).ToListAsync(cancellationToken);
                var number = Math.Min(0, await rows.MinAsync(r => (int?)r.Number, cancellationToken) ?? 0);
                foreach (var leaver in leavers)
                {
                    var row = new ImportRow { OrganisationId = import.OrganisationId, ImportId = import.Id, Number = --number };
                    row.Compare(new(ImportRowKind.Remove, $"{leaver.Surname}, {leaver.Forename}", leaver.Upn, leaver, [], []));
                    db.Add(row);
                }
                current.Progress(current.CheckedTo, current.CheckedRows, current.Size, clock.Now() + Lease);
                more = leavers.Count == Part;
            }, cancellationToken))
                return false;
        return true;
    }

    private Task<bool> EndAsync(OrganisationScope scope, Guid importId, Guid lease, Action<Import> end, CancellationToken cancellationToken) =>
        OnLeasedAsync(scope, importId, lease, (_, import) =>
        {
            end(import);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>One change, as long as the import is still this one's to check.</summary>
    private Task<bool> OnLeasedAsync(OrganisationScope scope, Guid importId, Guid lease, Func<AppDb, Import, Task> work, CancellationToken cancellationToken) =>
        database.ChangeManyAsync(scope, async db =>
        {
            var import = await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken);
            if (import is null || import.LeaseId != lease || import.State != ImportState.Checking)
                return false;
            await work(db, import);
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
}

/// <summary>Checks every import that waits for it; what the worker runs.</summary>
public sealed class CheckDueImports(Database database, CheckImport checkImport, TimeProvider clock)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (var (organisationId, importId) in await DueImports.ListAsync(database, clock.Now(), cancellationToken))
            await checkImport.ExecuteAsync(organisationId, importId, cancellationToken);
    }
}

internal static class DueImports
{
    public static bool IsDue(Import import, DateTime now) =>
        (import.State == ImportState.Received && (import.Format == ImportFormat.Ctf || import.Columns is not null))
        || (import.State == ImportState.Checking && (import.LeasedUntil is not { } until || until < now));

    public static async Task<IReadOnlyList<(Guid OrganisationId, Guid ImportId)>> ListAsync(Database database, DateTime now, CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(OrganisationScope.Server, db => db.Set<Import>()
            .Where(i => (i.State == ImportState.Received && (i.Format == ImportFormat.Ctf || i.Columns != null)) || (i.State == ImportState.Checking && (i.LeasedUntil == null || i.LeasedUntil < now)))
            // A locked school's files wait where they are.
            .Where(i => !db.Set<SchoolLock>().Any(l => l.OrganisationId == i.OrganisationId))
            .OrderBy(i => i.ReceivedAt).Select(i => new { i.OrganisationId, i.Id }).Take(20).ToListAsync(cancellationToken));
        return [.. due.Select(d => (d.OrganisationId, d.Id))];
    }
}
