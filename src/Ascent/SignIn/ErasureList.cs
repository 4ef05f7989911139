using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.SignIn;

/// <summary>Somebody who was erased: no name, only the id that the database had.</summary>
/// <param name="Account">The person’s account; of a pupil, the number of the record.</param>
/// <param name="Mac">By a key of this server: what is not its own line erases nobody.</param>
/// <param name="School">Where it was a pupil; null for a person with an account.</param>
public sealed record ErasureLine(Guid Account, DateTime At, string Receipt, string Mac, Guid? School = null);

/// <summary>
/// The list of erasures, a file in the data folder that no backup of the database holds: a restore brings erased people back, and this
/// says whom to erase again. The log is what it is made from (people: the server's chain; pupils: their school's), so a line that a crash left out is added the next time.
/// </summary>
public sealed class ErasureList(Database database, ServerSettings settings, IServiceProvider services)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string Path => System.IO.Path.Combine(settings.DataFolder, "erasures.jsonl");

    /// <summary>Adds those who are missing. Lines are only ever added.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var entries = await database.ReadAsync(OrganisationScope.Server, db => db.Set<AuditEntry>()
            .Where(e => (e.OrganisationId == AuditTrail.Server && e.Kind == PersonErased.EventKind) || e.Kind == PupilErased.EventKind).OrderBy(e => e.At).Select(e => new { e.OrganisationId, e.Kind, e.At, e.Facts }).ToListAsync(cancellationToken));
        if (entries.Count == 0)
            return 0;
        await using var file = await OpenAsync(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, cancellationToken);
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var known = Read(text).Lines.Select(l => l.Account).ToHashSet();
        var missing = entries.Select(e => LineOf(e.OrganisationId, e.Kind, e.At, e.Facts)).Where(line => known.Add(line.Account)).ToList();
        file.Seek(0, SeekOrigin.End);
        // A line that was cut off by a crash stays alone on its line, and the person gets a whole one.
        var added = (text.Length > 0 && !text.EndsWith('\n') ? "\n" : "") + string.Concat(missing.Select(line => JsonSerializer.Serialize(line, Web) + "\n"));
        await file.WriteAsync(Encoding.UTF8.GetBytes(missing.Count > 0 ? added : ""), cancellationToken);
        file.Flush(flushToDisk: true);
        return missing.Count;
    }

    private ErasureLine LineOf(Guid organisationId, string kind, DateTime at, string facts)
    {
        if (kind == PupilErased.EventKind)
        {
            var pupil = JsonSerializer.Deserialize<PupilErased>(facts)!;
            return new(pupil.PupilId, at, pupil.Receipt, MacOf(pupil.PupilId, pupil.Receipt, organisationId), organisationId);
        }
        var person = JsonSerializer.Deserialize<PersonErased>(facts)!;
        return new(person.AccountId, at, person.Receipt, MacOf(person.AccountId, person.Receipt, null));
    }

    /// <summary>Everybody who was erased, and how many lines are none of this server's.</summary>
    public async Task<(IReadOnlyList<ErasureLine> Lines, int Strange)> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
            return ([], 0);
        await using var file = await OpenAsync(FileMode.Open, FileAccess.Read, FileShare.Read, cancellationToken);
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        return Read(await reader.ReadToEndAsync(cancellationToken));
    }

    /// <summary>One writer at a time, whoever else has the folder; another is done within moments, and is waited for.</summary>
    private async Task<FileStream> OpenAsync(FileMode mode, FileAccess access, FileShare share, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
            try
            {
                return new(Path, mode, access, share);
            }
            catch (IOException) when (tries < 100)
            {
                await Task.Delay(100, cancellationToken);
            }
    }

    /// <summary>People whom this database still has although they were erased: it was put back from before that. Pupils are not looked for.</summary>
    public async Task<(IReadOnlyList<ErasureLine> Lines, int Strange)> UnknownAsync(CancellationToken cancellationToken)
    {
        var (all, strange) = await ReadAsync(cancellationToken);
        var lines = all.Where(l => l.School is null);
        var unknown = new List<ErasureLine>();
        foreach (var part in lines.Chunk(Lookups.Size))
        {
            var ids = part.Select(l => l.Account).ToArray();
            var present = await database.ReadAsync(OrganisationScope.Server, db =>
                db.Set<Account>().Where(a => ids.Contains(a.Id) && !a.EmailKey.StartsWith(EraseAccount.ErasedKey)).Select(a => a.Id).ToHashSetAsync(cancellationToken));
            unknown.AddRange(part.Where(l => present.Contains(l.Account)));
        }
        return (unknown, strange);
    }

    private (IReadOnlyList<ErasureLine> Lines, int Strange) Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var read = lines.Select(Parse).OfType<ErasureLine>().ToList();
        return (read, lines.Length - read.Count);
    }

    private ErasureLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureLine>(text, Web) is { Receipt: not null, Mac: not null } line
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(line.Mac), Encoding.UTF8.GetBytes(MacOf(line.Account, line.Receipt, line.School))) ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The key is asked for when there is something to read or write, and not before: looking for it may make one.
    private string MacOf(Guid account, string receipt, Guid? school) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            services.GetRequiredService<MasterKey>().Derive("erasure list"), Encoding.UTF8.GetBytes($"{account:N} {receipt}{(school is { } of ? $" {of:N}" : "")}")));
}
