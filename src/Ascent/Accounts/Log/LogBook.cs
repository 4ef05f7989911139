namespace Ascent.Accounts.Log;

/// <summary>
/// The sentences of every module. A test holds them to docs/audit-events.md: every kind of an organisation's chain has one.
/// </summary>
public sealed class LogBook(IEnumerable<LogSentence> sentences)
{
    private readonly Dictionary<string, LogSentence> byKind = sentences.ToDictionary(s => s.Kind, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Kinds => byKind.Keys;

    public IReadOnlyList<string> KindsOf(LogGroup group) => [.. byKind.Values.Where(s => s.Group == group).Select(s => s.Kind)];

    /// <summary>Every entry has words, also one that a later version wrote.</summary>
    public LogWords Write(string kind, string facts, LogMaterial material) =>
        byKind.TryGetValue(kind, out var sentence) ? sentence.Write(facts, material) : new(null, $"Something that this version of Ascent has no words for ({kind})", material.Texts);
}
