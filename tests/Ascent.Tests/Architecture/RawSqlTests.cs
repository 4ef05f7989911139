using System.Reflection;
using Ascent.Persistence;
using Ascent.TestSupport;
using NetArchTest.Rules;

namespace Ascent.Tests.Architecture;

/// <summary>SQL is made by EF Core, with parameters. By hand it is written in Persistence only, where nothing that people typed arrives.</summary>
public sealed class RawSqlTests
{
    private static readonly string[] WaysToWriteSql =
    [
        "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "System.Data.Common", "Microsoft.Data.Sqlite", "Npgsql",
    ];

    [Fact]
    [Asvs("1.2.4", "Queries are written by EF Core with parameters; SQL by hand stands in one folder, and the build refuses SQL that is put together.")]
    public void Sql_WrittenByHand_StandsInPersistenceOnly() =>
        Assert.DoesNotContain(WrittenByHand(typeof(AppDb).Assembly), type => !type.StartsWith("Ascent.Persistence.", StringComparison.Ordinal));

    // The same rule over a type that breaks it.
    [Fact]
    public void Sql_WrittenByHandElsewhere_IsFound() =>
        Assert.Contains("Ascent.Mail.BreaksTheRule.MailThatWritesSql", WrittenByHand(typeof(RawSqlTests).Assembly));

    private static IEnumerable<string> WrittenByHand(Assembly assembly) =>
        Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(WaysToWriteSql).GetResult().FailingTypeNames ?? [];
}
