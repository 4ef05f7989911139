using System.Text.RegularExpressions;

namespace Ascent.Tests.Security;

/// <summary>docs/asvs.md says what the tests prove, and leaves no requirement of levels 1 and 2 out.</summary>
public sealed partial class AsvsTests
{
    private static readonly string[] OfLevel3 = ["6.3.8", "8.3.2"];

    [Fact]
    public void Document_Written_IsWhatTheTestsProve()
    {
        var document = AsvsDocument.Write(CompiledSuites.Proofs());
        var file = Path.Combine(Project.Folder, AsvsDocument.Path);
        if (Environment.GetEnvironmentVariable("ASCENT_WRITE_DOCS") == "1")
            File.WriteAllText(file, document);

        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == document, $"{AsvsDocument.Path} is not what the tests say: run with ASCENT_WRITE_DOCS=1");
    }

    [Fact]
    public void Requirements_Each_AreProvedOrStatedAndNotBoth()
    {
        var known = AsvsLists.Requirements.Select(r => r.Id).ToArray();
        var proved = CompiledSuites.Proofs().Select(p => p.Requirement).Distinct().ToArray();
        var stated = AsvsLists.Statements.Select(s => s.Id).ToArray();

        Assert.Equal(known.Distinct(), known);
        Assert.Equal(stated.Distinct(), stated);
        Assert.Empty(proved.Concat(stated).Except(known));
        Assert.Empty(known.Except(proved).Except(stated));
        Assert.Empty(proved.Intersect(stated));
    }

    // A claim that is only a number proves nothing to whoever reads it.
    [Fact]
    public void Claims_All_AreSentences()
    {
        Assert.All(CompiledSuites.Proofs(), p => Assert.Matches(Sentence(), p.Does));
        Assert.All(AsvsLists.Statements, s => Assert.Matches(Sentence(), s.Reason));
        Assert.All(AsvsLists.Requirements, r => Assert.InRange(r.Title.Length, 10, 120));
    }

    [Fact]
    public void Statements_ThatNameATestAFileOrAHeading_NameWhatIsThere()
    {
        var tests = CompiledSuites.Tests();
        var missing = AsvsLists.Statements.SelectMany(s => Quoted().Matches(s.Reason).Select(m => (s.Id, Words: m.Groups["words"].Value))).Where(q => !IsThere(q.Words, tests));

        Assert.Empty(missing);
        Assert.All(AsvsLists.Statements.Where(s => s.Standing == Standing.ByDesign), s => Assert.Matches(Quoted(), s.Reason));
    }

    [Theory]
    [InlineData("Security/NobodyTests", false)]
    [InlineData("Security/AsvsTests.Claims_Never_AreChecked", false)]
    [InlineData("Security/AsvsTests.Claims_All_AreSentences", true)]
    [InlineData("docs/nothing.md", false)]
    [InlineData("docs/operating.md: No such heading", false)]
    [InlineData("docs/operating.md: Keys", true)]
    public void Statement_ThatNamesSomething_IsHeldToIt(string words, bool isThere) => Assert.Equal(isThere, IsThere(words, CompiledSuites.Tests()));

    [Fact]
    public void Requirements_OfTheStandard_AreThoseOfLevels1And2WithTheirLevels()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("ASCENT_REFERENCE") ?? Path.Combine(Project.Folder, "..", "shared", "reference"), "data", "owasp_asvs_5.0.0.csv");
        Assert.SkipUnless(File.Exists(file), $"The reference folder is not here (ASCENT_REFERENCE): {file}");

        var standard = CsvLine().Matches(File.ReadAllText(file)).Select(m => (Id: m.Groups["id"].Value, Level: m.Groups["level"].Value))
            .Where(r => r.Level is "1" or "2" || OfLevel3.Contains(r.Id)).ToArray();

        Assert.True(standard.Length > 250, $"Only {standard.Length} requirements were read");
        Assert.Equal(standard.Select(r => $"{r.Id} {r.Level}"), AsvsLists.Requirements.Select(r => $"{r.Id} {r.Level}"));
    }

    /// <summary>A test by its name, a file of the project, or one with a heading: "docs/operating.md: Keys". Anything else in quotes is no claim.</summary>
    private static bool IsThere(string words, IReadOnlySet<string> tests)
    {
        if (TestName().IsMatch(words))
            return tests.Contains(words);
        var parts = words.Split(": ", 2);
        if (!parts[0].Contains('/', StringComparison.Ordinal) || parts[0].Contains(' ', StringComparison.Ordinal))
            return true;
        var path = Path.Combine(Project.Folder, parts[0]);
        return parts.Length == 1 ? File.Exists(path) || Directory.Exists(path) : File.Exists(path) && File.ReadLines(path).Any(line => line.TrimStart('#') == $" {parts[1]}");
    }

    [GeneratedRegex("^[A-Z“`].{15,}[.”]$")]
    private static partial Regex Sentence();

    [GeneratedRegex("`(?<words>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Z]\w*/[A-Z]\w*Tests(\.\w+)?$")]
    private static partial Regex TestName();

    // The number of a requirement, its text in quotes or without, its level at the end.
    [GeneratedRegex("""^V\d+,(?:"[^"]*"|[^,\n]*),V[\d.]+,(?:"[^"]*"|[^,\n]*),V(?<id>\d+\.\d+\.\d+),(?:"(?:[^"]|"")*"|[^,\n]*),(?<level>[123])\r?$""", RegexOptions.Multiline)]
    private static partial Regex CsvLine();
}
