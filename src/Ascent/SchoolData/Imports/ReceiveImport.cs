using System.Security.Cryptography;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="File">Must be able to go back; it is read three times.</param>
/// <param name="IsWholeRoll">Whoever is not in it has left.</param>
/// <param name="AsAt">The day on which it was true; null for today.</param>
/// <param name="Again">Whoever sends it knows that the same file was here before.</param>
/// <param name="TakesAnyDestination">A CTF that names another school is taken all the same.</param>
public sealed record ReceiveImportRequest(string FileName, Stream File, bool IsWholeRoll, DateOnly? AsAt = null, bool Again = false, bool TakesAnyDestination = false)
{
    /// <summary>It is a table of results, whatever its headings are.</summary>
    public bool HoldsResults { get; init; }

    /// <summary>The school year of all its results, where the file does not say it.</summary>
    public AcademicYear? YearOfResults { get; init; }
}

/// <param name="NeedsColumns">Somebody has to say what the columns are before it is checked.</param>
public sealed record ReceivedImport(Guid ImportId, bool NeedsColumns);

public sealed record ImportReceived(Guid ImportId, ImportFormat Format, long Bytes, bool IsWholeRoll) : AuditEvent("import-received");

/// <summary>Keeps a file of pupils as it came. What cannot be a file of pupils for this school is refused at once, and not kept.</summary>
public sealed class ReceiveImport(Database database, TimeProvider clock)
{
    public const long MostBytes = 256L * 1024 * 1024;

    public async Task<Result<ReceivedImport>> ExecuteAsync(ReceiveImportRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        if (request.AsAt > clock.Today())
            return new UploadRefused("The day on which the list was true is in the future", "AsAt");
        if (request.YearOfResults > AcademicYear.Of(clock.Today()))
            return new UploadRefused($"The school year {request.YearOfResults} has not begun", "Year");
        if (request.File.Length > MostBytes)
            return new UploadRefused($"The file is larger than {MostBytes / 1024 / 1024} MB. Give it in parts");
        var hash = Hash(request.File);
        var begun = await database.ReadAsync(OrganisationScope.Of(organisationId), async db => new
        {
            Same = await db.Set<Import>().Where(i => i.Hash == hash && i.State != ImportState.Withdrawn && i.State != ImportState.Refused && i.State != ImportState.Undone)
                .OrderByDescending(i => i.ReceivedAt).Select(i => new { i.Id, i.State, i.ReceivedAt }).FirstOrDefaultAsync(cancellationToken),
            Remembered = await db.Set<ImportHeading>().ToDictionaryAsync(h => h.HeadingKey, h => h.ColumnName, cancellationToken),
        });
        if (begun.Same is { } same && !request.Again)
            return new SameFile(same.Id, same.State, LondonTime.DateOf(same.ReceivedAt));
        var recognised = await RollReaders.RecogniseAsync(request, organisationId, database, begun.Remembered, clock.Today(), cancellationToken);
        if (!recognised.Succeeded)
            return recognised.Refusals[0];
        var (format, columns) = recognised.Value;
        var needsYear = format == ImportFormat.Results && ResultsColumns.NeedYear(columns!.Names);
        var isKnown = columns is { IsComplete: true } && (!needsYear || request.YearOfResults is not null);
        var importId = clock.NewId();
        return await database.ChangeManyAsync<Result<ReceivedImport>>(OrganisationScope.Of(organisationId), async db =>
        {
            var import = new Import
            {
                OrganisationId = organisationId, Id = importId, FileName = NameOf(request.FileName), Format = format, Size = request.File.Length, Hash = hash,
                IsWholeRoll = request.IsWholeRoll && format != ImportFormat.Results, AsAt = request.AsAt ?? clock.Today(), TakesAnyDestination = request.TakesAnyDestination, ReceivedById = actor.AccountId, ReceivedAt = clock.Now(),
            };
            if (isKnown)
                import.SetColumns(columns!.Text, needsYear ? request.YearOfResults : null);
            db.Add(import);
            db.AddAudit(clock.Now(), actor, organisationId, new ImportReceived(importId, format, import.Size, import.IsWholeRoll));
            await db.SaveChangesAsync(cancellationToken);
            await KeepAsync(db, import, request.File, cancellationToken);
            return new ReceivedImport(importId, columns is not null && !isKnown);
        }, cancellationToken);
    }

    private static async Task KeepAsync(AppDb db, Import import, Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        for (var number = 0; ; number++)
        {
            var buffer = new byte[ImportChunk.Size];
            var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
                return;
            db.Add(new ImportChunk { OrganisationId = import.OrganisationId, ImportId = import.Id, Number = number, Bytes = read == buffer.Length ? buffer : buffer[..read] });
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private static byte[] Hash(Stream file)
    {
        file.Position = 0;
        var hash = SHA256.HashData(file);
        file.Position = 0;
        return hash;
    }

    private static string NameOf(string given)
    {
        // Some browsers send the whole path.
        var name = PlainText.Tidy(given.Split('/', '\\')[^1]);
        name = new string([.. name.Where(c => !char.IsControl(c))]);
        return name.Length == 0 ? "without a name" : name.Length > Import.LongestFileName ? name[..Import.LongestFileName] : name;
    }
}

/// <summary>The upload cannot be taken; nothing is kept.</summary>
public sealed record UploadRefused(string Message, string At = "Upload") : Refusal("upload-refused", Message, RefusalKind.Field, At);

/// <summary>These very bytes are here already.</summary>
public sealed record SameFile(Guid ImportId, ImportState State, DateOnly On)
    : Refusal("same-file", $"This very file was sent on {InWords.Date(On)}, and {ImportWords.InSentence(State)}. Tick the box to check it once more", RefusalKind.Field, "Again");

/// <summary>The file says that it is for another school.</summary>
public sealed record OtherDestination(string Destination)
    : Refusal("other-destination", $"This file is for {Destination}, not for this school. Ask for the right one, or tick the box to import it all the same", RefusalKind.Field, "TakesAnyDestination");
