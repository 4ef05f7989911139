using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="Rows">Rows of imports, with what was there before.</param>
/// <param name="Uploads">Files that held the pupil, or may have.</param>
/// <param name="NoUndo">Imports that cannot be undone any more because of it.</param>
public sealed record ForgottenInImports(int Rows, int Uploads, int NoUndo);

/// <summary>
/// Takes one pupil out of everything that imports keep: rows by the pupil's id, by any UPN that the pupil ever had here, and by any name and
/// birthday; and the uploaded files in which such a row stood. A file that was not read to its end may hold anybody, so it goes too.
/// </summary>
internal sealed class ForgetPupil
{
    private readonly AppDb db;
    private readonly Guid pupilId;
    private readonly HashSet<string> upns;
    private readonly HashSet<string> names;
    private readonly HashSet<string> surnames;
    private readonly HashSet<DateOnly> birthdays;

    private ForgetPupil(AppDb db, Pupil pupil, IReadOnlyList<PupilChange> history, IEnumerable<string> former)
    {
        IEnumerable<string> Ever(PupilField field) =>
            history.Where(c => c.Field == field).SelectMany(c => (string[])[c.Before, c.After]).Append(pupil.Details.TextOf(field)).Where(t => t.Length > 0).Distinct();
        (this.db, pupilId) = (db, pupil.Id);
        upns = [.. Ever(PupilField.Upn).Where(u => !Upn.IsReason(u)), .. former];
        names = [.. Ever(PupilField.Surname).SelectMany(s => Ever(PupilField.Forename).Select(f => PlainText.SearchKey($"{s}, {f}", Pupil.LongestKey)))];
        surnames = [.. Ever(PupilField.Surname).Select(s => PlainText.SearchKey(s))];
        birthdays = [.. Ever(PupilField.BornOn).Select(b => DayText.Read(b)!.Value)];
    }

    /// <param name="receivedBefore">Only imports from before this moment; null for all. What came after a pupil was deleted means a child who is to be here.</param>
    public static async Task<ForgottenInImports> ExecuteAsync(AppDb db, Pupil pupil, DateTime? receivedBefore, DateTime now, CancellationToken cancellationToken)
    {
        var history = await db.Set<PupilChange>().AsNoTracking().Where(c => c.PupilId == pupil.Id).ToListAsync(cancellationToken);
        var former = await db.Set<FormerUpn>().Where(f => f.PupilId == pupil.Id).Select(f => f.Upn).ToListAsync(cancellationToken);
        return await new ForgetPupil(db, pupil, history, former).ExecuteAsync(receivedBefore, now, cancellationToken);
    }

    private async Task<ForgottenInImports> ExecuteAsync(DateTime? receivedBefore, DateTime now, CancellationToken cancellationToken)
    {
        var imports = db.Set<Import>().Where(i => receivedBefore == null || i.ReceivedAt < receivedBefore);
        var rows = await FindAsync(imports, cancellationToken);
        var (uploads, noUndo) = (0, 0);
        foreach (var held in rows.GroupBy(r => r.ImportId))
        {
            var import = await imports.SingleAsync(i => i.Id == held.Key, cancellationToken);
            foreach (var part in held.Select(r => r.Number).Chunk(500))
                await db.Set<ImportRow>().Where(r => r.ImportId == held.Key && part.Contains(r.Number)).ExecuteDeleteAsync(cancellationToken);
            var loses = held.Any(r => r.IsApplied) && import is { State: ImportState.Confirmed or ImportState.PartlyProcessed, RowsGoneAt: null };
            import.LoseRows(now, loses);
            noUndo += loses ? 1 : 0;
            uploads += await DropFileAsync(import, cancellationToken);
        }
        // Nobody knows who is in a file that was not read to its end.
        foreach (var unread in await imports.Where(i => i.State == ImportState.Received || i.State == ImportState.Checking || i.State == ImportState.Refused || i.State == ImportState.Withdrawn).ToListAsync(cancellationToken))
        {
            uploads += await DropFileAsync(unread, cancellationToken);
            if (unread.State is ImportState.Received or ImportState.Checking)
                unread.Refuse("A pupil was erased while this file waited, and nobody knew yet who is in it: it was deleted. Send it again, without that pupil.");
        }
        return new(rows.Count, uploads, noUndo);
    }

    /// <summary>A file that is named after the pupil keeps no name.</summary>
    private async Task<int> DropFileAsync(Import import, CancellationToken cancellationToken)
    {
        var name = PlainText.SearchKey(import.FileName);
        if (surnames.Any(s => name.Contains(s, StringComparison.Ordinal)) || upns.Any(u => name.Contains(u, StringComparison.OrdinalIgnoreCase)))
            import.ForgetFileName();
        return await db.Set<ImportChunk>().Where(c => c.ImportId == import.Id).ExecuteDeleteAsync(cancellationToken) > 0 ? 1 : 0;
    }

    private async Task<IReadOnlyList<HeldRow>> FindAsync(IQueryable<Import> imports, CancellationToken cancellationToken)
    {
        var (pupils, found) = (db.Set<Pupil>(), new Dictionary<(Guid, int), HeldRow>());
        var all = db.Set<ImportRow>().Where(r => imports.Any(i => i.Id == r.ImportId));
        // A row of somebody else who is here is theirs, whatever the two have in common.
        var nobodys = all.Where(r => r.PupilId == null || !pupils.Any(p => p.Id == r.PupilId));
        await TakeAsync(all.Where(r => r.PupilId == pupilId), _ => true);
        await TakeAsync(nobodys.Where(r => r.MayBeId == pupilId || upns.Contains(r.Upn!)), _ => true);
        await TakeAsync(nobodys.Where(r => names.Contains(r.NameKey)), WasBornThen);
        foreach (var (upn, small) in upns.Select(u => (u, u.ToLowerInvariant())))
            await TakeAsync(nobodys.Where(r => r.Given.Contains(upn) || r.Given.Contains(small)), _ => true);
        return [.. found.Values];

        async Task TakeAsync(IQueryable<ImportRow> rows, Func<string, bool> isPupil)
        {
            foreach (var row in await rows.Select(r => new { r.ImportId, r.Number, r.IsApplied, r.Given }).ToListAsync(cancellationToken))
                if (isPupil(row.Given))
                    found[(row.ImportId, row.Number)] = new(row.ImportId, row.Number, row.IsApplied);
        }
    }

    /// <summary>Whether the birthday of a row is the pupil's; one that cannot be read may be.</summary>
    private bool WasBornThen(string given)
    {
        var text = ImportRow.ReadGiven(given)?.Fields.GetValueOrDefault(PupilField.BornOn);
        return DayText.Read(PlainText.Tidy(text)) is not { } born || birthdays.Contains(born);
    }

    private sealed record HeldRow(Guid ImportId, int Number, bool IsApplied);
}
