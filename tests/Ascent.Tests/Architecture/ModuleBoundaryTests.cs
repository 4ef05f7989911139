using System.Reflection;
using Ascent.Persistence;
using NetArchTest.Rules;

namespace Ascent.Tests.Architecture;

/// <summary>Which module may use which, over the compiled code. A module that is not in the table may not exist.</summary>
public sealed class ModuleBoundaryTests
{
    private static readonly Assembly Product = typeof(AppDb).Assembly;

    // Open to all: what every use case needs. Exempt: what puts the modules together, and the demonstration, which fills them.
    private static readonly string[] OpenToAll = ["Shared", "Audit", "Persistence"];
    private static readonly string[] Exempt = ["Demo"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Shared"] = [],
        ["Persistence"] = [],
        ["Audit"] = [],
        ["Organisations"] = [],
        ["Mail"] = [],
        ["Measures"] = [],
        ["Reference"] = ["Measures"],
        ["Accounts"] = ["Organisations", "Mail"],
        ["SignIn"] = ["Accounts", "Organisations", "Mail"],
        ["Privacy"] = ["SchoolData", "SignIn", "Accounts", "Organisations", "Mail"],
        ["SetUp"] = ["Organisations", "Accounts"],
        ["SchoolData"] = ["Organisations", "Accounts", "Reference"],
        ["Targets"] = ["SchoolData", "Measures", "Reference", "Accounts"],
        ["Tracking"] = ["SchoolData", "Measures", "Accounts"],
        ["Reports"] = ["Organisations", "Accounts", "SchoolData", "Measures", "Reference", "Targets", "Tracking"],
        ["Collaborate"] = ["Organisations", "Accounts", "Reports", "Mail"],
    };

    public static TheoryData<string> Modules => [.. MayUse.Keys];

    [Theory, MemberData(nameof(Modules))]
    public void Module_InTheProduct_UsesOnlyWhatItMay(string module) => Assert.Empty(Breaking(Types.InAssembly(Product), module));

    // The same rule over a type that breaks it: a rule that finds nothing has to be seen to find something.
    [Fact]
    public void Module_ThatUsesWhatItMayNot_IsFound() =>
        Assert.Equal(
            ["Ascent.Mail.BreaksTheRule.MailThatHidesAccounts", "Ascent.Mail.BreaksTheRule.MailThatHidesAccountsInALambda", "Ascent.Mail.BreaksTheRule.MailThatKnowsAccounts"],
            Breaking(Types.InAssembly(typeof(ModuleBoundaryTests).Assembly), "Mail").Order(StringComparer.Ordinal));

    [Fact]
    public void Types_OfTheProduct_AllBelongToAModuleOfTheTable()
    {
        var homeless = Product.GetTypes().Where(t => t.Namespace?.StartsWith("Ascent.", StringComparison.Ordinal) == true)
            .Select(t => t.Namespace!.Split('.')[1]).Distinct().Except(MayUse.Keys).Except(Exempt);

        Assert.Empty(homeless);
    }

    // Pages are put on top of the product; it knows nothing of them, and the command line has none.
    [Fact]
    public void Product_References_HaveNoWebButItsKeyRing() =>
        Assert.All(
            Product.GetReferencedAssemblies().Select(r => r.Name!).Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)),
            name => Assert.StartsWith("Microsoft.AspNetCore.DataProtection", name, StringComparison.Ordinal));

    private static IEnumerable<string> Breaking(Types types, string module)
    {
        string[] forbidden = [.. MayUse.Keys.Concat(Exempt).Except(MayUse[module]).Except([module]).Except(MayUseOpenly(module)).Select(m => $"Ascent.{m}")];
        var result = types.That().ResideInNamespace($"Ascent.{module}").ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        return result.FailingTypeNames ?? [];
    }

    // Shared stands below everything, Persistence on Shared, Audit on both.
    private static string[] MayUseOpenly(string module) => module switch
    {
        "Shared" => [],
        // The log stands open to all; a key that was replaced is written there too.
        "Persistence" => ["Shared", "Audit"],
        "Audit" => ["Shared", "Persistence"],
        _ => OpenToAll,
    };
}
