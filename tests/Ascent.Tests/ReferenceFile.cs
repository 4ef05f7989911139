using System.Globalization;
using CsvHelper;

namespace Ascent.Tests;

/// <summary>Files of published facts, which are no part of the project (ASCENT_REFERENCE); a test that needs one is skipped where there is none.</summary>
internal static class ReferenceFile
{
    public static string Find(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Ascent.slnx")))
            root = root.Parent;
        var folder = Environment.GetEnvironmentVariable("ASCENT_REFERENCE") ?? Path.Combine(root?.FullName ?? ".", "..", "shared", "reference");
        var path = Path.Combine(folder, "data", name);
        Assert.SkipUnless(File.Exists(path), $"The reference folder is not here (ASCENT_REFERENCE): {path}");
        return path;
    }

    /// <summary>The rows of a CSV file, each by its column's name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        using var csv = new CsvReader(new StreamReader(Find(name)), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.HeaderRecord!.ToDictionary(h => h, h => csv.GetField(h)!, StringComparer.Ordinal));
        return rows;
    }
}
