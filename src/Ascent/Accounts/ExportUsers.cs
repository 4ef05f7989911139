using System.Globalization;
using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Permissions;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

public sealed record UsersExported(int Users) : AuditEvent("users-exported");

/// <summary>
/// The list of users as CSV: what the list shows, row by row, with each permission in a column of its own. Personal data leaves the
/// server, so it asks for the password again first and is written down before the first row goes out.
/// </summary>
public sealed class ExportUsers(Database database, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Asks whether it may go out, and writes it down.</summary>
    public Task<Result<Done>> BeginAsync(UsersQuery asked, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<Done>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<Done>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<Done>>(OrganisationScope.Of(organisationId), async db =>
        {
            var count = await db.SignedUp().Search(asked.Search).Filter(asked, db, clock.Today(), await db.UnconfirmedAsync(clock.Today(), cancellationToken)).CountAsync(cancellationToken);
            db.AddAudit(clock.Now(), actor, organisationId, new UsersExported(count));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }

    /// <summary>Writes the rows, a few hundred at a time, so that a hundred thousand take no more memory than one page.</summary>
    public async Task WriteAsync(UsersQuery asked, Actor actor, Stream to, CancellationToken cancellationToken)
    {
        var scope = OrganisationScope.Of(actor.OrganisationId!.Value);
        var place = await database.ReadAsync(scope, db => db.PlaceAsync(actor.OrganisationId.Value, cancellationToken));
        // Spreadsheets take a file without this mark for Windows-1252.
        await using var text = new StreamWriter(to, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new SpreadsheetCsv(text);
        WriteHeader(csv, place);
        for (string? after = null; ;)
        {
            var query = asked with { After = after };
            var rows = await database.ReadAsync(scope, async db =>
            {
                var unconfirmed = await db.UnconfirmedAsync(clock.Today(), cancellationToken);
                var ids = await db.SignedUp().Search(query.Search).Filter(query, db, clock.Today(), unconfirmed).Sorted(query).Rows.Select(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
                return await db.RowsAsync(ids, actor, clock.Today(), cancellationToken);
            });
            foreach (var row in rows)
                Write(csv, row, place);
            await csv.FlushAsync();
            if (rows.Count < Batch)
                return;
            after = rows[^1].PlaceIn(query.Sort);
        }
    }

    private static void WriteHeader(CsvWriter csv, Place place)
    {
        foreach (var heading in (string[])["Forename", "Surname", "Email", "Job role", .. PermissionCatalogue.In(place).Select(p => PermissionCatalogue.Label(p.Permission, place)), "Second factor", "End date", "Status", "Last opened"])
            csv.WriteField(heading);
        csv.NextRecord();
    }

    private static void Write(CsvWriter csv, UserRow row, Place place)
    {
        var held = row.Permissions.Effective(place);
        foreach (var cell in (string[])[row.Forename, row.Surname, row.Email, JobRoles.InList(row.Access.JobRole, row.Access.OtherRole)])
            csv.WriteField(cell);
        foreach (var info in PermissionCatalogue.In(place))
            csv.WriteField(!held.Has(info.Permission) ? "N"
                : info.HasScope && held.ScopeOf(info.Permission) == PupilScope.OwnClasses ? "Y, own classes"
                : info.Permission == Permission.SchoolReports && held.Schools == SchoolScope.SelectedSchools ? "Y, selected schools" : "Y");
        csv.WriteField(row.HasFactor switch { true => "Y", false => "N", null => "" });
        csv.WriteField(row.EndsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(row.Status.ToString());
        csv.WriteField(LondonTime.ToLocal(row.LastOpenedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        csv.NextRecord();
    }
}
