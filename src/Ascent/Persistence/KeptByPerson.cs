using System.Reflection;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <summary>What people keep for themselves, found in the model of the database: a table that is added later joins by itself.</summary>
public static class KeptByPerson
{
    private static readonly MethodInfo RowsMethod = typeof(KeptByPerson).GetMethod(nameof(RowsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="organisationId">Null for all organisations of the scope.</param>
    public static async Task<IReadOnlyList<IKeptByPerson>> KeptByAsync(this AppDb db, Guid accountId, Guid? organisationId, CancellationToken cancellationToken)
    {
        var kept = new List<IKeptByPerson>();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => typeof(IKeptByPerson).IsAssignableFrom(e.ClrType)))
            kept.AddRange(await (Task<IReadOnlyList<IKeptByPerson>>)RowsMethod.MakeGenericMethod(entity.ClrType).Invoke(null, [db, accountId, organisationId, cancellationToken])!);
        return [.. kept.OrderBy(k => k.CreatedAt)];
    }

    /// <summary>Takes it away with the next save, and what hangs on it too.</summary>
    public static async Task ForgetKeptAsync(this AppDb db, Guid accountId, Guid? organisationId, CancellationToken cancellationToken) =>
        db.RemoveRange(await db.KeptByAsync(accountId, organisationId, cancellationToken));

    private static async Task<IReadOnlyList<IKeptByPerson>> RowsAsync<T>(AppDb db, Guid accountId, Guid? organisationId, CancellationToken cancellationToken) where T : class, IKeptByPerson =>
        [.. await db.Set<T>().Where(r => EF.Property<Guid>(r, nameof(IKeptByPerson.AccountId)) == accountId
            && (organisationId == null || EF.Property<Guid>(r, nameof(IOrganisationOwned.OrganisationId)) == organisationId)).ToListAsync(cancellationToken)];
}
