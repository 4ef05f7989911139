using System.Globalization;
using System.Reflection;
using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>A school with a row of everything becomes another: table by table and row by row, what was under the old number is under the new one.</summary>
public sealed class EverythingIsCarriedTests
{
    /// <summary>Tables of which a school may have no row when it is asked, with the reason.</summary>
    private static readonly Dictionary<string, string> MayBeEmpty = new(StringComparer.Ordinal)
    {
        ["former_upns"] = "nobody’s number was changed", ["holder_guards"] = "no holder was taken away", ["single_holder_warnings"] = "the night has not warned", ["access_review_settings"] = "nobody changed the rhythm",
        ["reports_due"] = "the worker takes it away", ["report_builds"] = "the worker makes it", ["report_cohorts"] = "the worker makes it", ["report_sums"] = "the worker makes it",
        ["report_what_if_pupils"] = "the view leaves nobody out", ["class_teachers"] = "nobody teaches the class", ["school_locks"] = "a locked school is not converted", ["membership_schools"] = "belongs to bodies",
    };

    [Theory, BothDatabases]
    public async Task Convert_SchoolWithARowOfEverything_HasEachUnderTheNewNumber(DatabaseKind kind)
    {
        await using var schools = await TwoSchools.StartAsync(kind);
        var (old, now) = (schools.Own.School, await schools.Factory.Data.AddPrimaryAsync("Ownfield Academy"));
        var untouched = await RowsAsync(schools, schools.Other.School.Code);
        var (before, empty) = (await RowsAsync(schools, old.Code), await RowsAsync(schools, now.Code));
        // Nothing is seen here of a table without a row: one is made in TwoSchools.FillAsync, or MayBeEmpty says why there is none.
        Assert.Empty(ConversionTables.All.Where(t => before[t.Table].Count == 0 && !MayBeEmpty.ContainsKey(t.Table)).Select(t => t.Table));

        var mark = (await schools.Factory.Get<PreviewConversion>().ExecuteAsync(new(old.Code, now.Code), Actor.Operator, CancellationToken.None)).Value.Mark;
        Assert.Empty((await schools.Factory.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, mark), Actor.Operator, CancellationToken.None)).Refusals);

        var after = await RowsAsync(schools, now.Code);
        foreach (var table in ConversionTables.All.Where(t => t.Decision is OnConversion.Goes or OnConversion.GoesOrStaysBehind && !IsWorkers(t.Table)))
            // What is new is word of the conversion itself.
            Assert.Empty(before[table.Table].Except(after[table.Table]));
        foreach (var table in ConversionTables.All.Where(t => t.Decision == OnConversion.Goes))
            Assert.Equal(before[table.Table], after[table.Table]);
        foreach (var table in ConversionTables.All.Where(t => t.Decision == OnConversion.ChangesPlaces))
        {
            Assert.NotEmpty(before[table.Table]);
            Assert.Equal(empty[table.Table], after[table.Table]);
            Assert.Equal(before[table.Table].Count, (await RowsAsync(schools, old.Code))[table.Table].Count);
        }
        var others = await RowsAsync(schools, schools.Other.School.Code);
        Assert.All(untouched.Where(t => !IsWorkers(t.Key)), t => Assert.Equal(t.Value, others[t.Key]));
        // The pages open at the new address for those who are in, and every old one leads there.
        var page = await schools.Own.Browser.GetAsync($"/schools/{now.Code}/users");
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        foreach (var path in (string[])["", "/users", "/log", "/reports", "/no-such-page"])
            Assert.DoesNotContain("Ownsby", (await schools.Own.Browser.GetAsync($"/schools/{old.Code}{path}")).Text("main"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await schools.Other.Browser.GetAsync($"/schools/{old.Code}/users")).Status);
    }

    /// <summary>What workers and the night write on their own while the test looks.</summary>
    private static bool IsWorkers(string table) => table is "reports_due" or "report_builds" or "report_cohorts" or "report_sums" or "outbox_mails" or "audit_entries" or "audit_chains";

    private static Task<Dictionary<string, List<string>>> RowsAsync(TwoSchools schools, string urn) => schools.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, async db =>
    {
        var school = await db.Set<School>().Where(s => s.Code == urn).Select(s => s.Id).SingleAsync();
        var tables = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var type in db.Model.GetEntityTypes().Where(t => typeof(IOrganisationOwned).IsAssignableFrom(t.ClrType)))
        {
            var rows = await (Task<List<object>>)OfMethod.MakeGenericMethod(type.ClrType).Invoke(null, [db, school])!;
            tables[type.GetTableName()!] = [.. rows.Select(row => string.Join(" | ", db.Entry(row).Properties.Where(p => p.Metadata.Name != nameof(IOrganisationOwned.OrganisationId)).Select(p => $"{p.Metadata.Name}={Text(p.CurrentValue)}"))).Order(StringComparer.Ordinal)];
        }
        return tables;
    });

    private static string? Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static readonly MethodInfo OfMethod = typeof(EverythingIsCarriedTests).GetMethod(nameof(OfAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Task<List<object>> OfAsync<T>(AppDb db, Guid school) where T : class, IOrganisationOwned => db.Set<T>().Where(r => r.OrganisationId == school).ToListAsync<object>();
}
