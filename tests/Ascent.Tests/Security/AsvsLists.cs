namespace Ascent.Tests.Security;

/// <summary>A requirement of the OWASP ASVS 5.0, named in our own words.</summary>
internal sealed record Requirement(string Id, int Level, string Title);

/// <summary>How a requirement stands that no test proves.</summary>
internal enum Standing
{
    /// <summary>Met by how the product is built or by what its documents say; the reason says where to look.</summary>
    ByDesign,

    /// <summary>Decided where the server is run; the reason says what the documents tell the operator.</summary>
    Operator,

    /// <summary>There is nothing in the product that it is about.</summary>
    NotApplicable,

    /// <summary>Not met, or not wholly.</summary>
    Open,
}

internal sealed record Statement(string Id, Standing Standing, string Reason);

/// <summary>
/// The two lists beside the tests: which requirements there are (levels 1 and 2, and 6.3.8 and 8.3.2 of level 3), and what is said of
/// those that no test proves. To close an open one: put the attribute on the test that proves it, take its line out, and write
/// docs/asvs.md anew (ASCENT_WRITE_DOCS=1).
/// </summary>
internal static class AsvsLists
{
    public static IReadOnlyList<Requirement> Requirements { get; } = [.. Lines("asvs-requirements.txt").Select(parts => new Requirement(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]))];

    public static IReadOnlyList<Statement> Statements { get; } = [.. Lines("asvs-statements.txt").Select(parts => new Statement(parts[0], Read(parts[1]), parts[2]))];

    public static string Words(Standing standing) => standing switch
    {
        Standing.ByDesign => "by design",
        Standing.Operator => "operator",
        Standing.NotApplicable => "not applicable",
        _ => "open",
    };

    private static Standing Read(string words) => Enum.GetValues<Standing>().Single(s => Words(s) == words);

    private static IEnumerable<string[]> Lines(string name) =>
        Project.Read(Path.Combine("tests", "Ascent.Tests", "Security", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#').Select(line => line.Split('|', 3, StringSplitOptions.TrimEntries));
}
