using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>Does to the roll what reviewed rows say, and keeps in each what was there before. The caller saves.</summary>
internal sealed record ApplyRows(Import Import, PupilDeed Deed, TimeProvider Clock)
{
    public async Task ApplyAsync(AppDb db, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        if (Import.Format == ImportFormat.Results)
        {
            await ApplyResultsAsync(db, rows, cancellationToken);
            return;
        }
        Guid[] ids = [.. rows.Select(r => r.PupilId).OfType<Guid>()];
        var pupils = await db.Pupils().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var added = new List<Pupil>();
        foreach (var row in rows)
            switch (row.Kind)
            {
                case ImportRowKind.Add:
                    added.Add(Add(row));
                    break;
                case ImportRowKind.Change:
                    await ChangeAsync(db, row, pupils[row.PupilId!.Value], cancellationToken);
                    break;
                case ImportRowKind.Remove:
                    Remove(row, pupils[row.PupilId!.Value]);
                    break;
            }
        await db.InsertAsync(added, cancellationToken);
        await PupilRecords.ApplyAsync(db, Import.OrganisationId, [.. rows.Where(r => r.More is not null && r.PupilId is not null).Select(r => (r.PupilId!.Value, r.ReadGiven()!))], Deed.ChangeId, cancellationToken);
    }

    /// <summary>Results leave the pupil as it is. One who stands in several rows is taken once, with all of them.</summary>
    private async Task ApplyResultsAsync(AppDb db, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
            row.Apply(row.PupilId!.Value, row.PupilVersion, new(new Dictionary<PupilField, string>(), 0, null, []));
        (Guid, PupilInFile)[] pupils =
            [.. rows.GroupBy(r => r.PupilId!.Value).Select(g => (g.Key, new PupilInFile(0, new Dictionary<PupilField, string>()) { Results = [.. g.SelectMany(r => r.ReadResults()).Select(c => c.File)] }))];
        await PupilRecords.ApplyAsync(db, Import.OrganisationId, pupils, Deed.ChangeId, cancellationToken);
    }

    private Pupil Add(ImportRow row)
    {
        var pupil = new Pupil { OrganisationId = row.OrganisationId, Id = Clock.NewId(), CreatedAt = Deed.At };
        pupil.Set(new CompareRows(Import, Clock.Today()).Read(row.ReadGiven()!, null).Read.Value);
        row.Apply(pupil.Id, pupil.Version, new(null, 0, null, []));
        return pupil;
    }

    private async Task ChangeAsync(AppDb db, ImportRow row, Pupil pupil, CancellationToken cancellationToken)
    {
        var changes = row.ReadChanges();
        // Its number was taken away for a moment, so that it could not meet another's.
        if (row.ChangesUpn)
            pupil.Set(PupilDetails.Read(new(Merged(pupil, changes.Where(c => c.Field == PupilField.Upn).ToDictionary(c => c.Field, c => c.Before)), Clock.Today())).Value);
        var taken = changes.Where(c => !c.ByHand || row.Takes(c.Field)).ToArray();
        var now = pupil.Details;
        var details = PupilDetails.Read(new(Merged(pupil, taken.ToDictionary(c => c.Field, c => c.After)), Clock.Today())).Value;
        var before = new PupilBefore(taken.ToDictionary(c => c.Field, c => c.Before), pupil.TypedByHandBits, pupil.LeftOn,
            now.Upn is { } old && old != details.Upn && !await db.Set<FormerUpn>().AnyAsync(f => f.PupilId == pupil.Id && f.Upn == old, cancellationToken) ? [old] : []);
        await db.ApplyAsync(pupil, details, Deed, cancellationToken);
        pupil.UnmarkTypedByHand(taken.Where(c => c.ByHand).Select(c => c.Field));
        if (row.Readmits)
            pupil.Readmit(details.EnrolledOn > pupil.LeftOn ? details.EnrolledOn : Import.AsAt);
        row.Apply(pupil.Id, pupil.Version, row.Readmits ? before with { Fields = With(before.Fields!, PupilField.EnrolledOn, now.TextOf(PupilField.EnrolledOn)) } : before);
    }

    private void Remove(ImportRow row, Pupil pupil)
    {
        var lastDay = Import.AsAt.AddDays(-1);
        pupil.Leave(lastDay < pupil.EnrolledOn ? pupil.EnrolledOn : lastDay);
        row.Apply(pupil.Id, pupil.Version, new(new Dictionary<PupilField, string>(), pupil.TypedByHandBits, null, []));
    }

    internal static Dictionary<PupilField, string?> Merged(Pupil pupil, IReadOnlyDictionary<PupilField, string> over)
    {
        var now = pupil.Details;
        return Enum.GetValues<PupilField>().ToDictionary(f => f, f => (string?)(over.TryGetValue(f, out var text) ? text : now.TextOf(f)));
    }

    private static Dictionary<PupilField, string> With(IReadOnlyDictionary<PupilField, string> fields, PupilField field, string text) =>
        new(fields) { [field] = fields.GetValueOrDefault(field, text) };
}
