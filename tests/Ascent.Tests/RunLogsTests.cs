using System.Text.RegularExpressions;
using Ascent.TestSupport;

namespace Ascent.Tests;

/// <summary>
/// Logs go to places that may not know people. Reads all that the tests of all suites have had logged, with every error that they
/// provoked; `tests/run` calls it after them.
/// </summary>
public sealed partial class RunLogsTests
{
    [Fact]
    [Asvs("16.2.5", "Everything that all tests have had logged holds no name, address, code or token.")]
    public void Logs_OfTheWholeRun_NameNobodyAndHoldNoSecret()
    {
        Assert.SkipWhen(RunLogs.Folder is null, $"there are no logs of a run ({RunLogs.Setting} is not set)");
        var lines = 0;
        var found = new List<string>();
        foreach (var line in Directory.GetFiles(RunLogs.Folder!, "*.log").SelectMany(File.ReadLines))
        {
            lines++;
            if (Found(line) is { } what && found.Count < 20)
                found.Add($"“{what}” stands in: {line[..Math.Min(line.Length, 300)]}");
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        // The test would pass over empty logs too.
        Assert.True(lines > 1000, $"Only {lines} lines");
    }

    [Theory]
    [InlineData("mail to pat.o'hara+x@school.example failed", "hara+x@school.example")]
    [InlineData("the code 7K3QH-M9XTZ was wrong", "7K3QH-M9XTZ")]
    [InlineData("GET /sign-up/ydKpmTiYsSAZlZaeA80bLJtnUMWexJUFKcfmbzP2y0M", "ydKpmTiYsSAZlZaeA80bLJtnUMWexJUFKcfmbzP2y0M")]
    [InlineData("pupil A123456789012 is twice there", "A123456789012")]
    [InlineData("Okafor signed in", "Okafor")]
    [InlineData("no place for Member12", "Member12")]
    [InlineData("Reference 4J2KQ: 3f6d9c1e-0197-7000-8000-000000000001 in 12 ms, see https://aka.ms/x, 2026-11-23T09:00:00.000Z", null)]
    public void Found_LineOfALog_TellsWhatIsPersonal(string line, string? what) => Assert.Equal(what, Found(line));

    private static string? Found(string line) => Personal().Match(line) is { Success: true } match ? match.Value : null;

    // An address; a code for hand-over; a token of a link; a UPN; who is in the demonstration, and who is made by TestData.
    [GeneratedRegex("""
        [A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+
        | \b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b
        | (?<![A-Za-z0-9_+-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_/+=-])
        | \b[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]\b
        | \b(Amara|Okafor|Ellis|Sunita|Patel|Kowalczyk|Haddad|Whitfield|Priya|Nair|Adeyemi|Siddiqui|Olga|Ferry)\b
        | \b(Member|Pending)[0-9]+\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Personal();
}
