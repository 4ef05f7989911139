using System.Globalization;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Permissions;
using CsvHelper;

namespace Ascent.Accounts.Log;

/// <param name="Group">The filter by kind, if there was one.</param>
/// <param name="Searched">Only entries of certain people.</param>
public sealed record LogExported(DateOnly? From, DateOnly? To, string? Group, bool Searched) : AuditEvent("log-exported");

/// <summary>The log as CSV, as it is filtered. Personal data leaves the server, so it asks for the password again first and is written down.</summary>
public sealed class ExportLog(Database database, LogBook book, TimeProvider clock)
{
    private const int Batch = 200;

    public Task<Result<Done>> BeginAsync(LogQuery asked, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<Done>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<Done>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<Done>>(OrganisationScope.Of(organisationId), async db =>
        {
            db.AddAudit(clock.Now(), actor, organisationId, new LogExported(asked.From, asked.To, asked.Group?.ToString(), !string.IsNullOrWhiteSpace(asked.Search)));
            await db.SaveChangesAsync(cancellationToken);
            return new Done();
        }, cancellationToken);
    }

    /// <summary>Writes the rows, a few hundred at a time, so that a hundred thousand take no more memory than one page.</summary>
    public async Task WriteAsync(LogQuery asked, Actor actor, Stream to, CancellationToken cancellationToken)
    {
        var organisationId = actor.OrganisationId!.Value;
        var scope = OrganisationScope.Of(organisationId);
        var place = await database.ReadAsync(scope, db => db.PlaceAsync(organisationId, cancellationToken));
        // Spreadsheets take a file without this mark for Windows-1252.
        await using var text = new StreamWriter(to, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new SpreadsheetCsv(text);
        foreach (var heading in (string[])["Entry", "Date", "Time", "By whom", "What happened", "Before and after"])
            csv.WriteField(heading);
        csv.NextRecord();
        for (var after = asked.After; ;)
        {
            var rows = await database.ReadAsync(scope, async db =>
            {
                var places = await db.FindAsync(book, organisationId, asked with { After = after }, Batch, cancellationToken);
                after = places.Count > 0 ? places[^1].ToString() : null;
                return await new LogRows(db, book, organisationId, place).ReadAsync([.. places.Select(p => p.Id)], cancellationToken);
            });
            foreach (var row in rows)
                Write(csv, row);
            await csv.FlushAsync();
            if (rows.Count < Batch)
                return;
        }
    }

    private static void Write(CsvWriter csv, LogRow row)
    {
        var at = LondonTime.ToLocal(row.At);
        csv.WriteField(row.Sequence);
        csv.WriteField(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(at.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        csv.WriteField(row.By.IsErased ? $"{row.By.Name}, {row.By.Line}" : row.By.Name);
        csv.WriteField(row.What.Sentence);
        csv.WriteField(string.Join("; ", row.What.Lines.Select(l => (l.Label.Length > 0 ? $"{l.Label}: " : "") + (l.Before is null ? l.After : AuditPerson.Change(l.Before, l.After)))));
        csv.NextRecord();
    }
}
