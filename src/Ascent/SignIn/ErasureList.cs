using System.Text;
using System.Text.Json;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn;

/// <summary>Somebody who was erased: no name, only the id that the database had.</summary>
public sealed record ErasureLine(Guid Account, DateTime At, string Receipt);

/// <summary>
/// The list of erasures, a file in the data folder that no backup of the database holds: a restore brings erased people back, and this
/// says whom to erase again. The server's chain is what it is made from, so a line that a crash left out is added the next time.
/// </summary>
public sealed class ErasureList(Database database, ServerSettings settings)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public string Path => System.IO.Path.Combine(settings.DataFolder, "erasures.jsonl");

    /// <summary>Adds those who are missing. Lines are only ever added.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var entries = await database.ReadAsync(OrganisationScope.Server, db => db.Set<AuditEntry>()
            .Where(e => e.OrganisationId == AuditTrail.Server && e.Kind == PersonErased.EventKind).OrderBy(e => e.At).Select(e => new { e.At, e.Facts }).ToListAsync(cancellationToken));
        if (entries.Count == 0)
            return 0;
        // One writer at a time, whoever else has the folder.
        await using var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var known = Read(text).Select(l => l.Account).ToHashSet();
        var missing = entries.Select(e => (e.At, Happened: JsonSerializer.Deserialize<PersonErased>(e.Facts)!)).Where(e => !known.Contains(e.Happened.AccountId))
            .Select(e => new ErasureLine(e.Happened.AccountId, e.At, e.Happened.Receipt)).ToList();
        file.Seek(0, SeekOrigin.End);
        // A line that was cut off by a crash stays alone on its line, and the person gets a whole one.
        var added = (text.Length > 0 && !text.EndsWith('\n') ? "\n" : "") + string.Concat(missing.Select(line => JsonSerializer.Serialize(line, Web) + "\n"));
        await file.WriteAsync(Encoding.UTF8.GetBytes(missing.Count > 0 ? added : ""), cancellationToken);
        file.Flush(flushToDisk: true);
        return missing.Count;
    }

    /// <summary>What a restore has to erase again.</summary>
    public async Task<IReadOnlyList<ErasureLine>> ReadAsync(CancellationToken cancellationToken) =>
        File.Exists(Path) ? [.. Read(await File.ReadAllTextAsync(Path, cancellationToken))] : [];

    private static IEnumerable<ErasureLine> Read(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Parse(line) is { } read)
                yield return read;
    }

    private static ErasureLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureLine>(line, Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
