using System.Text.Json;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Log;

/// <summary>What a sentence is made of beside the facts: those whom the entry is about, and the texts that lie beside it.</summary>
/// <param name="Texts">Of all of them, without names and addresses.</param>
public sealed record LogMaterial(IReadOnlyList<LogPerson> People, IReadOnlyList<LogLine> Texts, Place Place)
{
    private const int MostNames = 5;

    public string One => People is [var person, ..] ? person.Name : "Somebody";

    public string OnesOwn => InWords.Possessive(One);

    /// <summary>"Ann, Bob and 12 more".</summary>
    public string All(int count) =>
        People.Count == 0 ? InWords.Count(count, "person", "people")
        : InWords.List(People.Count <= MostNames ? People.Select(p => p.Name) : [.. People.Take(MostNames - 1).Select(p => p.Name), $"{People.Count - MostNames + 1} more"]);
}

/// <summary>How entries of one kind read.</summary>
public abstract record LogSentence(string Kind, LogGroup Group)
{
    public abstract LogWords Write(string facts, LogMaterial material);
}

/// <param name="Say">The sentence.</param>
/// <param name="Lines">What stands beneath it; left out where the texts beside the entry say it all.</param>
public sealed record LogSentence<T>(string Kind, LogGroup Group, Func<T, LogMaterial, string> Say, Func<T, LogMaterial, IEnumerable<LogLine>>? Lines = null) : LogSentence(Kind, Group)
{
    public override LogWords Write(string facts, LogMaterial material)
    {
        var happened = JsonSerializer.Deserialize<T>(facts)!;
        return new(Group, Say(happened, material), [.. Lines?.Invoke(happened, material) ?? [], .. material.Texts]);
    }
}
