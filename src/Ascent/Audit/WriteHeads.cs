using System.Globalization;
using System.Text;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Audit;

/// <summary>
/// Once a day writes the heads of all chains to a file in the data folder, for whoever keeps it where nobody with the database in hand
/// can reach it. However many nodes run this, one takes the day; when it dies before the file is there, another takes it over.
/// </summary>
public sealed class WriteHeads(Database database, HeadsFile file, ServerSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <returns>The file, when this call wrote it; null when the day has one already, another node is about to write it, or nothing is sealed yet.</returns>
    public async Task<string?> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var day = DateOnly.FromDateTime(now);
        // Before the first entry of a new server there is no end to keep, and the day shall not be used up by it.
        if (!await database.ReadAsync(OrganisationScope.Server, db => db.Set<AuditChain>().AnyAsync(cancellationToken)))
            return null;
        if (!await TakeAsync(day, now, cancellationToken))
            return null;
        var path = HeadsFile.PathOf(settings.DataFolder, day);
        // There already when a node died between the file and the note of it. What was written first is what counts.
        var isNew = !File.Exists(path);
        if (isNew)
            await WriteAsync(path, now, cancellationToken);
        await SetAsync(Taken(day, now), Written(day), cancellationToken);
        return isNew ? path : null;
    }

    private async Task WriteAsync(string path, DateTime now, CancellationToken cancellationToken)
    {
        var heads = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<AuditChain>().OrderBy(c => c.OrganisationId).Select(c => new { c.OrganisationId, c.Sequence, c.Hash }).ToListAsync(cancellationToken));
        var text = file.Write(new(now, [.. heads.Select(h => new AuditHead(h.OrganisationId, h.Sequence, Convert.ToHexStringLower(h.Hash)))]));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Whole or not at all: a half-written file would read as one that was cut.
        var half = $"{path}.{Guid.CreateVersion7(clock.GetUtcNow()):N}.tmp";
        await using (var stream = new FileStream(half, FileMode.CreateNew, FileAccess.Write))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            stream.Flush(flushToDisk: true);
        }
        File.Move(half, path, overwrite: true);
    }

    /// <summary>True for the one node that shall write the day's file now.</summary>
    private async Task<bool> TakeAsync(DateOnly day, DateTime now, CancellationToken cancellationToken)
    {
        var value = await database.ReadAsync(OrganisationScope.Server, db => db.Set<ServerFact>().Where(f => f.Name == ServerFact.Heads).Select(f => f.Value).SingleOrDefaultAsync(cancellationToken));
        if (value is null)
            return await database.ChangeAsync(OrganisationScope.Server, async db =>
            {
                if (await db.Set<ServerFact>().AnyAsync(f => f.Name == ServerFact.Heads, cancellationToken))
                    return false;
                db.Add(new ServerFact { Name = ServerFact.Heads, Value = Taken(day, now) });
                await db.SaveChangesAsync(cancellationToken);
                return true;
            }, cancellationToken);
        if (value == Written(day) || (value.StartsWith(Taken(day), StringComparison.Ordinal) && TakenAt(value) > now - Lease))
            return false;
        return await SetAsync(value, Taken(day, now), cancellationToken);
    }

    private async Task<bool> SetAsync(string from, string to, CancellationToken cancellationToken) =>
        await database.WriteAsync(OrganisationScope.Server, db =>
            db.Set<ServerFact>().Where(f => f.Name == ServerFact.Heads && f.Value == from).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, to), cancellationToken), cancellationToken) == 1;

    private static string Written(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} written");

    private static string Taken(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} taken ");

    private static string Taken(DateOnly day, DateTime now) => string.Create(CultureInfo.InvariantCulture, $"{Taken(day)}{now.Ticks}");

    private static DateTime TakenAt(string value) =>
        long.TryParse(value.AsSpan(value.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? new(ticks, DateTimeKind.Utc) : DateTime.MinValue;
}
