using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Ascent.TestSupport;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>
/// Gives a theory one row for each database, the kind first and then <paramref name="values"/>. Repeat it for further rows. Without a
/// PostgreSQL server its rows are skipped, with the reason, and so counted.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BothDatabasesAttribute(params object?[] values) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([Row(DatabaseKind.Sqlite, skip: null), Row(DatabaseKind.Postgres, TestPostgres.WhyNot)]);

    // Asked when the tests run, because whether there is a server belongs to the run.
    public override bool SupportsDiscoveryEnumeration() => false;

    private TheoryDataRow Row(DatabaseKind kind, string? skip) => new([kind, .. values]) { Skip = skip };
}
