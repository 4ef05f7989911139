using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Ascent.Shared;
using Ascent.Shared.Csv;

namespace Ascent.Reference;

/// <param name="Value">As in files.</param>
/// <param name="Label">On screen.</param>
/// <param name="Group">The wider group that it is counted in; empty where there is none.</param>
public sealed record Code(string Value, string Label, string Group);

/// <summary>A local authority of the national list, closed ones included.</summary>
/// <param name="Region">Empty outside England, and for authorities that have closed.</param>
public sealed record Authority(string Number, string Name, string Region);

/// <summary>
/// The short code lists of English school data, from the files beside it (Codes/README.md has their sources). Each is read when it is first asked for.
/// </summary>
public static class CodeLists
{
    private static readonly Lazy<FrozenDictionary<string, Authority>> AuthorityList =
        new(() => Read("authorities").Select(r => new Authority(r["number"], r["name"], r["region"])).ToFrozenDictionary(a => a.Number, StringComparer.Ordinal));

    private static readonly Lazy<IReadOnlyList<Code>> EthnicityList = new(() => [.. Read("ethnicity").Select(r => new Code(r["code"], r["label"], r["group"]))]);

    private static readonly Lazy<IReadOnlyList<Code>> Sen = new(() => [.. Read("sen").Select(r => new Code(r["code"], r["label"], r["set"]))]);

    public static IReadOnlyList<Code> Ethnicities => EthnicityList.Value;

    /// <summary>N none, K support, E education, health and care plan.</summary>
    public static IReadOnlyList<Code> SenProvisions => [.. Sen.Value.Where(c => c.Group == "provision")];

    public static IReadOnlyList<Code> SenNeeds => [.. Sen.Value.Where(c => c.Group == "need")];

    /// <param name="number">Three digits.</param>
    /// <returns>Null when there is none of that number.</returns>
    public static Authority? FindAuthority(string number) => AuthorityList.Value.GetValueOrDefault(number);

    /// <summary>The one with this code, in whatever letters; null when there is none.</summary>
    public static Code? Find(this IReadOnlyList<Code> codes, string? value) =>
        codes.FirstOrDefault(c => c.Value.Equals((value ?? "").Trim(), StringComparison.OrdinalIgnoreCase));

    internal static IEnumerable<IReadOnlyDictionary<string, string>> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Ascent.Reference.Codes.{name}.csv")
            ?? throw new InvalidOperationException($"The program lacks its list {name}.");
        using var rows = new CsvRows(new StreamReader(stream));
        var heading = rows.Next(null)!.Cells;
        while (rows.Next(heading.Count) is { } row)
            yield return row.Fault is null
                ? heading.Zip(row.Cells).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal)
                : throw new InvalidOperationException($"{name}.csv, line {row.Line}: {row.Fault}");
    }
}
