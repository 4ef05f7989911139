using System.Text.Json;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ascent.Audit;

/// <summary>
/// This chain once went further than the database knows: an older copy of the database was put in its place. The entry stands in the chain
/// as it goes on from the copy, so that the gap is seen as what it is.
/// </summary>
/// <param name="HeadsAt">When the file of heads was written that knows of more.</param>
/// <param name="After">The last entry that the copy has; what came after it is lost.</param>
/// <param name="Last">The last head known: the number of the entry with which the chain ended then.</param>
/// <param name="Hash">Its hash.</param>
public sealed record DatabaseRestored(DateTime HeadsAt, long After, long Last, string Hash) : AuditEvent(DatabaseRestored.EventKind)
{
    public const string EventKind = "database-restored";

    /// <summary>The head was one of the entries that are lost.</summary>
    internal bool Explains(AuditHead head, DateTime at) =>
        at <= HeadsAt && head.Sequence > After && (head.Sequence < Last || (head.Sequence == Last && head.Hash == Hash));
}

/// <summary>
/// Holds the database against the newest file of heads when it is opened, and writes down where it has less. A database that was held
/// against that file before is not looked at again.
/// </summary>
public sealed class NoteRestore(Database database, ServerSettings settings, IServiceProvider services, TimeProvider clock, ILogger<NoteRestore> log)
{
    private sealed record Chain(Guid OrganisationId, long Sequence);

    /// <returns>How many chains were longer once.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (HeadsFile.Newest(settings.DataFolder) is not { } path)
            return 0;
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var mark = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        if (await database.ReadAsync(OrganisationScope.Server, db => db.Set<ServerFact>().AnyAsync(f => f.Name == ServerFact.HeadsHeld && f.Value == mark, cancellationToken)))
            return 0;
        var heads = services.GetRequiredService<HeadsFile>().Read(text);
        if (!heads.Succeeded)
        {
            log.LogWarning("{File} was not written by this server, or was changed or cut since: the log was not held against it", Path.GetFileName(path));
            return 0;
        }
        return await database.ChangeAsync(OrganisationScope.Server, db => NoteAsync(db, heads.Value, mark, cancellationToken), cancellationToken);
    }

    private async Task<int> NoteAsync(AppDb db, AuditHeads heads, string mark, CancellationToken cancellationToken)
    {
        var chains = await db.Set<AuditChain>().AsNoTracking().Select(c => new Chain(c.OrganisationId, c.Sequence)).ToDictionaryAsync(c => c.OrganisationId, c => c.Sequence, cancellationToken);
        var behind = heads.Chains.Where(h => chains.GetValueOrDefault(h.Chain) < h.Sequence).ToList();
        var noted = $"{ServerFact.Restored} {mark[..40]}";
        if (behind.Count > 0 && !await db.Set<ServerFact>().AnyAsync(f => f.Name == noted, cancellationToken))
        {
            var now = clock.Now();
            foreach (var head in behind)
                db.AddAudit(now, Actor.System, head.Chain, new DatabaseRestored(heads.At, chains.GetValueOrDefault(head.Chain), head.Sequence, head.Hash));
            // Of two nodes that find it at once the second meets this row, and notes nothing.
            db.Add(new ServerFact { Name = noted, Value = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture) });
        }
        else
            behind.Clear();
        var held = await db.Set<ServerFact>().SingleOrDefaultAsync(f => f.Name == ServerFact.HeadsHeld, cancellationToken);
        if (held is null)
            db.Add(new ServerFact { Name = ServerFact.HeadsHeld, Value = mark });
        else
            held.Value = mark;
        await db.SaveChangesAsync(cancellationToken);
        return behind.Count;
    }
}

internal static class Restores
{
    /// <summary>What a chain says of restores, with the entries that say it.</summary>
    public static async Task<List<(AuditEntry Entry, DatabaseRestored Restored)>> RestoresAsync(this AppDb db, Guid chain, CancellationToken cancellationToken) =>
        (await db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.Kind == DatabaseRestored.EventKind).OrderBy(e => e.At).ToListAsync(cancellationToken))
            .ConvertAll(e => (e, JsonSerializer.Deserialize<DatabaseRestored>(e.Facts)!));
}
