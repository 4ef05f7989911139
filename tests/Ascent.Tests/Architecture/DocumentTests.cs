using System.Reflection;
using System.Runtime.CompilerServices;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Architecture;

/// <summary>Two pages of the documentation are lists of what the code has; they say exactly that.</summary>
public sealed class DocumentTests
{
    [Fact]
    [Asvs("16.1.1", "`docs/audit-events.md` lists every event, held to the code; `docs/security.md` says which logs there are.")]
    public void AuditEvents_Listed_AreThoseOfTheCodeWithTheirFacts()
    {
        var inCode = typeof(AppDb).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AuditEvent)) && !t.IsAbstract).Select(Describe).Order(StringComparer.Ordinal);
        var listed = Rows("audit-events.md").Select(row => $"{row[0].Trim('`')}: {(row[3] == "–" ? "" : row[3].Replace("`", "", StringComparison.Ordinal))}").Order(StringComparer.Ordinal);

        Assert.Equal(inCode, listed);
        Assert.All(Rows("audit-events.md"), row => Assert.True(row[1] is "organisation" or "server" && row[2].Length > 10, $"{row[0]} is not described."));
    }

    [Fact]
    public void AuditEvents_Kinds_AreEachUsedOnce()
    {
        var kinds = Rows("audit-events.md").Select(row => row[0]).ToArray();

        Assert.Equal(kinds.Length, kinds.Distinct().Count());
    }

    [Fact]
    [Asvs("8.1.1", "`docs/permissions.md` says what each permission allows, held to the code; `docs/adr/0007-authorisation.md` how it is asked.")]
    public void Permissions_Listed_AreThoseOfTheCatalogueInItsOrder()
    {
        var inCode = PermissionCatalogue.All.Select(info => string.Join(" | ",
            info.Label, $"`{info.Permission}`", info.Needs is { } needs ? $"`{needs}`" : "–", info.Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none", info.TrackingOnly ? "primary" : "all"));
        var listed = Rows("permissions.md").Select(row => string.Join(" | ", row[0], row[1], row[3], row[4], row[5]));

        Assert.Equal(inCode, listed);
        Assert.All(Rows("permissions.md"), row => Assert.True(row[2].Length > 10, $"{row[0]} is not described."));
    }

    // An event's facts are what its constructor takes. Its kind needs an instance, whatever the facts are.
    private static string Describe(Type type)
    {
        var constructor = type.GetConstructors().Single(c => c.GetParameters().Length != 1 || c.GetParameters()[0].ParameterType != type);
        var parameters = constructor.GetParameters();
        var happened = (AuditEvent)constructor.Invoke([.. parameters.Select(p => p.ParameterType.IsValueType ? RuntimeHelpers.GetUninitializedObject(p.ParameterType) : null)]);
        return $"{happened.Kind}: {string.Join(", ", parameters.Select(p => p.Name))}";
    }

    private static IReadOnlyList<string[]> Rows(string page) =>
        [.. File.ReadLines(Path.Combine(Repository(), "docs", page)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
