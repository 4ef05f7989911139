using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>
/// One id of every kind that there is in a school, found in the model of the database: a table that is added later joins by itself, and
/// fails the test until <see cref="TwoSchools"/> makes a row of it.
/// </summary>
internal static class ForeignIds
{
    /// <summary>Tables whose rows belong to no school, with the reason.</summary>
    private static readonly Dictionary<string, string> NotOfASchool = [];

    /// <returns>Each kind, in words, with an id of it that belongs to the school.</returns>
    public static async Task<IReadOnlyList<(string Kind, Guid Id)>> OfAsync(TwoSchools schools, FilledSchool school)
    {
        var ids = new List<(string, Guid)>
        {
            ("pending membership", school.Pending.MembershipId), ("closed membership", school.Closed.MembershipId), ("membership that asked for a code", school.Forgot.MembershipId),
            ("administrator’s membership", school.Setup.MembershipId), ("list of people", school.List), ("account of a pending person", school.Pending.AccountId),
        };
        var accounts = school.People.Select(p => p.AccountId).ToHashSet();
        await schools.Factory.Get<Database>().ReadAsync(OrganisationScope.Server, async db =>
        {
            foreach (var entity in db.Model.GetEntityTypes().Where(HasOwnId))
            {
                var rows = await RowsAsync(db, entity);
                var id = rows.Where(r => BelongsTo(r, entity, school.School.Id, accounts)).Select(r => (Guid?)entity.FindProperty("Id")!.PropertyInfo!.GetValue(r)).FirstOrDefault();
                Assert.True(id is not null || NotOfASchool.ContainsKey(entity.GetTableName()!),
                    $"TwoSchools has no row of “{entity.GetTableName()}” in its schools: make one in FillAsync, so that its id is tried everywhere, or say in NotOfASchool why no school has any.");
                if (id is { } found)
                    ids.Add((entity.GetTableName()!, found));
            }
            return true;
        });
        return ids;
    }

    // Made by the table itself; an id that stands for a row of another table is tried as that table's.
    private static bool HasOwnId(IEntityType entity) => entity.BaseType is null && entity.FindProperty("Id") is { ClrType: var type, PropertyInfo: not null } && type == typeof(Guid);

    private static bool BelongsTo(object row, IEntityType entity, Guid organisation, HashSet<Guid> accounts) =>
        Value(row, entity, "OrganisationId") == organisation || (Value(row, entity, "AccountId") is { } account && accounts.Contains(account))
        || (Value(row, entity, "Id") is { } id && (id == organisation || accounts.Contains(id)));

    private static Guid? Value(object row, IEntityType entity, string property) => entity.FindProperty(property)?.PropertyInfo?.GetValue(row) as Guid?;

    private static async Task<List<object>> RowsAsync(AppDb db, IEntityType entity) =>
        await (Task<List<object>>)typeof(ForeignIds).GetMethod(nameof(AllAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;

    private static async Task<List<object>> AllAsync<T>(AppDb db) where T : class => [.. await db.Set<T>().AsNoTracking().ToListAsync()];
}
