using System.CommandLine;
using System.Globalization;
using Ascent.Accounts.Many;

namespace Ascent.Cli.Accounts;

/// <summary>Numbers of rows as people write them: "1,4-9".</summary>
internal static class RowNumbers
{
    public static Option<IReadOnlySet<int>?> Option() => new("--rows")
    {
        HelpName = "NUMBERS",
        Description = "Only these rows, such as 1,4-9; row 1 is the first beneath the heading [every row that can be created]",
        CustomParser = result =>
        {
            if (Read(string.Join(',', result.Tokens.Select(t => t.Value))) is { } rows)
                return rows;
            result.AddError($"--rows takes numbers from 1 to {ReadStaffList.MostRows}, such as 1,4-9.");
            return null;
        },
    };

    /// <returns>Null when it cannot be read.</returns>
    public static IReadOnlySet<int>? Read(string typed)
    {
        var rows = new SortedSet<int>();
        foreach (var part in typed.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || Number(ends[0]) is not { } from || Number(ends[^1]) is not { } to || from > to)
                return null;
            rows.UnionWith(Enumerable.Range(from, to - from + 1));
        }
        return rows;
    }

    private static int? Number(string typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= ReadStaffList.MostRows ? n : null;
}
