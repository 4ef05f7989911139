using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ascent.Shared;
using Ascent.Shared.Keys;

namespace Ascent.Audit;

/// <summary>The end of one chain at the moment when a file of heads was written.</summary>
public sealed record AuditHead(Guid Chain, long Sequence, string Hash);

/// <summary>The ends of all chains at one moment.</summary>
public sealed record AuditHeads(DateTime At, IReadOnlyList<AuditHead> Chains);

/// <summary>
/// A file of heads, kept outside the database: a line of JSON for the moment, one for each chain, and one with an HMAC over all before it.
/// Whoever cuts the end of a chain and its head row off together cannot make this file fit.
/// </summary>
public sealed class HeadsFile(MasterKey master)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly byte[] key = master.Derive("audit heads");

    private sealed record FirstLine(string Heads, DateTime At, int Chains);

    private sealed record LastLine(string Mac);

    public string Write(AuditHeads heads)
    {
        var text = new StringBuilder();
        text.Append(JsonSerializer.Serialize(new FirstLine("ascent", heads.At, heads.Chains.Count), Web)).Append('\n');
        foreach (var head in heads.Chains)
            text.Append(JsonSerializer.Serialize(head, Web)).Append('\n');
        var mac = Mac(text.ToString());
        return text.Append(JsonSerializer.Serialize(new LastLine(mac), Web)).Append('\n').ToString();
    }

    public Result<AuditHeads> Read(string text)
    {
        var end = text.TrimEnd('\n').LastIndexOf('\n') + 1;
        try
        {
            if (end == 0 || JsonSerializer.Deserialize<LastLine>(text[end..], Web)?.Mac is not { } mac
                || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(Mac(text[..end]))))
                return new NoHeads();
            // What bears the right HMAC was written by this program.
            var lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var first = JsonSerializer.Deserialize<FirstLine>(lines[0], Web)!;
            return new AuditHeads(first.At, [.. lines.Skip(1).Select(line => JsonSerializer.Deserialize<AuditHead>(line, Web)!)]);
        }
        catch (JsonException)
        {
            return new NoHeads();
        }
    }

    /// <summary>One file a day, named after it (UTC).</summary>
    public static string PathOf(string dataFolder, DateOnly day) =>
        Path.Combine(dataFolder, "heads", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".jsonl");

    /// <summary>The newest file of heads in the data folder; null when there is none.</summary>
    public static string? Newest(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "heads");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl").Max(StringComparer.Ordinal) : null;
    }

    private string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}

/// <summary>The file is no file of heads of this server, or was changed or cut.</summary>
public sealed record NoHeads() : Refusal("no-heads", "The file of heads was not written by this server, or was changed or cut since", RefusalKind.Refused);
