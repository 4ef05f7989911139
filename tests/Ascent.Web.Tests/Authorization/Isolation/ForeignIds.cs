using System.Reflection;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <param name="Kind">In words.</param>
/// <param name="Table">Where its row lies.</param>
internal sealed record ForeignId(string Kind, string Table, Guid Id);

/// <summary>
/// One id of every kind that there is in a school, found in the model of the database: a table that is added later joins by itself, and
/// fails the test until <see cref="TwoSchools"/> makes a row of it.
/// </summary>
internal static class ForeignIds
{
    /// <summary>Tables whose rows belong to no school, with the reason.</summary>
    private static readonly Dictionary<string, string> NotOfASchool = new(StringComparer.Ordinal)
    {
        ["reports_due"] = "word to the worker, which takes it away within moments; no address and no form takes its id",
        ["national_datasets"] = "belongs to the server",
        ["conversions"] = "belongs to the server; no address and no form takes its id",
    };

    public static async Task<IReadOnlyList<ForeignId>> OfAsync(TwoSchools schools, FilledSchool school)
    {
        var ids = new List<ForeignId>
        {
            new("pending membership", "memberships", school.Pending.MembershipId), new("closed membership", "memberships", school.Closed.MembershipId),
            new("membership that asked for a code", "memberships", school.Forgot.MembershipId), new("membership whose second factor is reset", "memberships", school.Active.MembershipId),
            new("list of people", "journeys", school.List), new("account of a pending person", "accounts", school.Pending.AccountId),
        };
        var accounts = school.People.Select(p => p.AccountId).ToHashSet();
        foreach (var (table, rows) in await RowsAsync(schools))
        {
            var id = rows.Where(r => BelongsTo(r, school.School.Id, accounts)).Select(r => Value(r, "Id")).FirstOrDefault();
            Assert.True(id is not null || NotOfASchool.ContainsKey(table),
                $"TwoSchools has no row of “{table}” in its schools: make one in FillAsync, so that its id is tried everywhere, or say in NotOfASchool why no school has any.");
            if (id is { } found)
                ids.Add(new(table, table, found));
        }
        return ids;
    }

    /// <summary>The table of every id that there is, to know what stands at a place.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> TablesAsync(TwoSchools schools) =>
        (await RowsAsync(schools)).SelectMany(t => t.Rows.Select(r => (Id: Value(r, "Id")!.Value, t.Table))).ToDictionary(r => r.Id, r => r.Table);

    // An id that stands for a row of another table is tried as that table's.
    private static async Task<IReadOnlyList<(string Table, List<object> Rows)>> RowsAsync(TwoSchools schools) =>
        await schools.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, async db =>
        {
            var all = new List<(string, List<object>)>();
            foreach (var entity in db.Model.GetEntityTypes().Where(HasOwnId))
                all.Add((entity.GetTableName()!, await (Task<List<object>>)AllMethod.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!));
            return all;
        });

    private static bool HasOwnId(IEntityType entity) => entity.BaseType is null && entity.FindProperty("Id") is { ClrType: var type, PropertyInfo: not null } && type == typeof(Guid);

    private static bool BelongsTo(object row, Guid organisation, HashSet<Guid> accounts) =>
        Value(row, "OrganisationId") == organisation || (Value(row, "AccountId") is { } account && accounts.Contains(account))
        || (Value(row, "Id") is { } id && (id == organisation || accounts.Contains(id)));

    private static Guid? Value(object row, string property) => row.GetType().GetProperty(property)?.GetValue(row) as Guid?;

    private static readonly MethodInfo AllMethod = typeof(ForeignIds).GetMethod(nameof(AllAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<List<object>> AllAsync<T>(AppDb db) where T : class => [.. await db.Set<T>().AsNoTracking().ToListAsync()];
}
