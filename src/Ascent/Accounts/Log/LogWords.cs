namespace Ascent.Accounts.Log;

/// <summary>What an entry is about, for the filter of the log.</summary>
public enum LogGroup
{
    /// <summary>Somebody came or went.</summary>
    People,

    /// <summary>What somebody may do, or until when.</summary>
    Access,

    /// <summary>Links and codes, and what was done with them.</summary>
    Codes,

    /// <summary>Data that left the server.</summary>
    Exports,

    /// <summary>The school itself.</summary>
    School,
}

/// <summary>A line beneath the sentence: what it was and what it is, or only what it is.</summary>
public sealed record LogLine(string Label, string? Before, string After);

/// <summary>An entry for people: one sentence, and what belongs to it.</summary>
public sealed record LogWords(LogGroup? Group, string Sentence, IReadOnlyList<LogLine> Lines);

/// <summary>Somebody of whom an entry speaks, under the name that the organisation knew then.</summary>
/// <param name="Line">The job role, or why there is no name.</param>
public sealed record LogPerson(string Name, string? Line = null, bool IsErased = false);

/// <param name="Sequence">The place in the chain; null until it is sealed.</param>
/// <param name="By">Who did it.</param>
public sealed record LogRow(Guid Id, DateTime At, long? Sequence, LogPerson By, LogWords What, string Kind);
