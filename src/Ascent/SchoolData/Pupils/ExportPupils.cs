using System.Globalization;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

public sealed record PupilsExported(int Pupils) : AuditEvent("pupils-exported");

/// <summary>
/// The pupils that the filters leave, as a file that imports again without a change. Personal data leaves the server, so it asks for the
/// password again first, is written down before the first row goes out, and of many pupils the other holders are told.
/// </summary>
public sealed class ExportPupils(Database database, HolderMails mails, TimeProvider clock)
{
    /// <summary>Above so many pupils the other holders are told.</summary>
    public const int ManyPupils = 5_000;

    private const int Batch = 500;

    /// <summary>Asks whether it may go out, and writes it down.</summary>
    /// <returns>How many pupils it will be.</returns>
    public Task<Result<int>> BeginAsync(PupilsQuery asked, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<int>>(new NotAllowed(Permission.ManageData));
        if (!actor.IsFresh)
            return Task.FromResult<Result<int>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<int>>(OrganisationScope.Of(organisationId), async db =>
        {
            var (now, count) = (clock.Now(), await Found(db, asked).CountAsync(cancellationToken));
            db.AddAudit(now, actor, organisationId, new PupilsExported(count));
            if (count > ManyPupils)
                await mails.TellPupilsExportedAsync(db, organisationId, count, actor, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return count;
        }, cancellationToken);
    }

    /// <summary>Writes the rows, a few hundred at a time, so that a hundred thousand take no more memory than one page.</summary>
    public async Task WriteAsync(PupilsQuery asked, Actor actor, Stream to, CancellationToken cancellationToken)
    {
        var scope = OrganisationScope.Of(actor.OrganisationId!.Value);
        // Our own template has no column for it: a file of the roll needs none, and an import asks what it is before it puts leavers on the roll.
        var withLastDay = asked.Status != PupilStatus.OnRoll;
        // Spreadsheets take a file without this mark for Windows-1252.
        await using var text = new StreamWriter(to, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new SpreadsheetCsv(text);
        foreach (var heading in RollColumns.All.Select(c => c.Heading).Concat(withLastDay ? ["Last day"] : Array.Empty<string>()))
            csv.WriteField(heading);
        csv.NextRecord();
        for (TextPageKey? after = null; ;)
        {
            var part = await database.ReadAsync(scope, db => ReadAsync(db, asked, after, cancellationToken));
            foreach (var (pupil, former, room) in part)
            {
                foreach (var column in RollColumns.All)
                    csv.WriteField(column.Name == RollColumns.FormerUpn ? string.Join(' ', former) : column.Name == RollColumns.Class ? room : pupil.Details.TextOf(column.Field!.Value));
                if (withLastDay)
                    csv.WriteField(pupil.LeftOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                csv.NextRecord();
            }
            await csv.FlushAsync();
            if (part.Count < Batch)
                return;
            after = new(part[^1].Pupil.SurnameKey, part[^1].Pupil.Id);
        }
    }

    private IQueryable<Pupil> Found(AppDb db, PupilsQuery asked) => db.Pupils().Search(asked.Search).Filter(asked, clock.Today());

    private async Task<IReadOnlyList<(Pupil Pupil, IEnumerable<string> Former, string? Class)>> ReadAsync(AppDb db, PupilsQuery asked, TextPageKey? place, CancellationToken cancellationToken)
    {
        var found = Found(db, asked);
        if (place is { } p)
            found = found.Where(m => m.SurnameKey.CompareTo(p.Text) > 0 || (m.SurnameKey == p.Text && m.Id.CompareTo(p.Id) > 0));
        var pupils = await found.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
        Guid[] ids = [.. pupils.Select(m => m.Id)];
        var former = (await db.Set<FormerUpn>().Where(f => ids.Contains(f.PupilId)).OrderBy(f => f.ReplacedAt).ToListAsync(cancellationToken)).ToLookup(f => f.PupilId, f => f.Upn);
        int? year = AcademicYear.Of(clock.Today()).StartYear;
        var classes = await (from its in db.Set<ClassPupil>() where its.RegistrationYear == year && ids.Contains(its.PupilId) join c in db.Set<SchoolClass>() on its.ClassId equals c.Id select new { its.PupilId, c.Name })
            .ToDictionaryAsync(c => c.PupilId, c => c.Name, cancellationToken);
        return [.. pupils.Select(m => (m, former[m.Id], classes.GetValueOrDefault(m.Id)))];
    }
}
