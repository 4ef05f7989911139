using System.Reflection;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Conversions;

/// <summary>Counts and moves rows of any table by its name in the model.</summary>
internal static class ConversionRows
{
    private static readonly MethodInfo CountMethod = Method(nameof(CountAsync));
    private static readonly MethodInfo AllMethod = Method(nameof(AllAsync));

    public static Task<int> CountAsync(AppDb db, string table, Guid organisationId, CancellationToken cancellationToken) =>
        (Task<int>)CountMethod.MakeGenericMethod(TypeOf(db, table)).Invoke(null, [db, organisationId, cancellationToken])!;

    /// <summary>The rows of each of two organisations become the other's. The organisation is in every key, so each is taken away and put in anew.</summary>
    public static async Task ChangePlacesAsync(AppDb db, string table, Guid one, Guid other, CancellationToken cancellationToken)
    {
        var all = AllMethod.MakeGenericMethod(TypeOf(db, table));
        var moved = new List<object>();
        foreach (var (from, to) in ((Guid, Guid)[])[(one, other), (other, one)])
            foreach (var row in await (Task<IReadOnlyList<object>>)all.Invoke(null, [db, from, cancellationToken])!)
                moved.Add(Take(db, row, nameof(IOrganisationOwned.OrganisationId), to));
        await PutAsync(db, moved, cancellationToken);
    }

    /// <summary>Takes the row out of the database, to be put in again with one column changed.</summary>
    public static object Take(AppDb db, object row, string column, Guid value)
    {
        var entry = db.Entry(row);
        var values = entry.CurrentValues.Clone();
        values[column] = value;
        entry.State = EntityState.Deleted;
        return values.ToObject();
    }

    public static async Task PutAsync(AppDb db, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await db.SaveChangesAsync(cancellationToken);
        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static Type TypeOf(AppDb db, string table) => db.Model.GetEntityTypes().Single(e => e.GetTableName() == table && typeof(IOrganisationOwned).IsAssignableFrom(e.ClrType)).ClrType;

    private static MethodInfo Method(string name) => typeof(ConversionRows).GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Single(m => m.Name == name && m.IsGenericMethodDefinition);

    private static Task<int> CountAsync<T>(AppDb db, Guid organisationId, CancellationToken cancellationToken) where T : class, IOrganisationOwned =>
        db.Set<T>().CountAsync(r => r.OrganisationId == organisationId, cancellationToken);

    private static async Task<IReadOnlyList<object>> AllAsync<T>(AppDb db, Guid organisationId, CancellationToken cancellationToken) where T : class, IOrganisationOwned =>
        await db.Set<T>().Where(r => r.OrganisationId == organisationId).ToListAsync<object>(cancellationToken);
}
