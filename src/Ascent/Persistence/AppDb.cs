using System.Linq.Expressions;
using System.Reflection;
using System.Security.Cryptography;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ascent.Persistence;

/// <summary>
/// The one model for both databases. It has no DbSet properties: a module reaches its own tables by <c>Set&lt;T&gt;()</c>.
/// Rows of an organisation are filtered by <see cref="Scope"/>, and inserts outside of it are refused.
/// </summary>
public abstract class AppDb(DbContextOptions options) : DbContext(options)
{
    public const string OrganisationFilter = "organisation";

    public OrganisationScope Scope { get; internal set; } = OrganisationScope.Of(Guid.Empty);

    // A property of the context, so that EF reads it anew for each query.
    private Guid OnlyOrganisation => Scope.Only ?? Guid.Empty;

    /// <summary>True when a save failed because a row with the same key or unique value was there, or a row it needs was gone.</summary>
    public abstract bool IsConstraintConflict(DbUpdateException exception);

    /// <summary>True when the database gave up because of other work at the same time; doing it again may succeed.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>The database's own name.</summary>
    public abstract string Kind { get; }

    /// <summary>Asks for the bytes of the whole database, as one number named "Value".</summary>
    internal abstract string SizeSql { get; }

    /// <summary>Opens the transaction in which a piece of work runs, where the database needs one to know the scope.</summary>
    internal virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Opens the transaction of a change that saves more than once.</summary>
    internal virtual Task BeginManyAsync(CancellationToken cancellationToken) => BeginAsync(cancellationToken);

    /// <summary>Begins to read: everything that is asked of this context from now on is answered from one moment.</summary>
    internal abstract Task BeginReadAsync();

    internal virtual Task CommitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs a write when it is its turn; only a database that takes one writer at a time makes it wait.</summary>
    internal virtual Task<T> QueueAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) => write();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardScope();
        NoteReportsDue();
        Guid[] begun = [.. ChangeTracker.Entries<IBeginsInOrganisation>().Where(e => e.State is EntityState.Added).Select(e => e.Entity.OrganisationId).Distinct()];
        return begun.Length == 0 ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) : SaveHoldingOnAsync(begun, acceptAllChangesOnSuccess, cancellationToken);
    }

    // The question and the save are one transaction, so that nothing becomes another between the two.
    private async Task<int> SaveHoldingOnAsync(Guid[] organisations, bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await HoldOnAsync(organisations, cancellationToken);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>
    /// From here to the end of the transaction none of these organisations becomes another; any number of changes may hold on to one at a time.
    /// </summary>
    /// <exception cref="BecameAnotherException">One has become another already: nothing begins in it any more.</exception>
    internal async Task HoldOnAsync(Guid[] organisations, CancellationToken cancellationToken)
    {
        if (await AnyBecameAnotherAsync(organisations, cancellationToken))
            throw new BecameAnotherException();
    }

    /// <summary>Asks, and keeps the answer true until the end of the transaction.</summary>
    protected abstract Task<bool> AnyBecameAnotherAsync(Guid[] organisations, CancellationToken cancellationToken);

    /// <summary>Waits until nobody holds on to these organisations, and lets nobody do so until the end of the transaction.</summary>
    internal virtual Task HoldAloneAsync(Guid[] organisations, CancellationToken cancellationToken) => Task.CompletedTask;

    // Schools that this context has left word for: one is enough for all that it saves.
    private readonly HashSet<Guid> due = [];

    /// <summary>Leaves word that a school's cohorts are to be built anew; by hand where rows are changed by a query or put in at once.</summary>
    public void NoteReportsDue(Guid organisationId)
    {
        if (due.Add(organisationId))
            Add(new ReportDue { OrganisationId = organisationId, Id = new Guid(RandomNumberGenerator.GetBytes(16)) });
    }

    private void NoteReportsDue()
    {
        Guid[] changed = [.. ChangeTracker.Entries<IReportSource>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(e => e.Entity.OrganisationId).Distinct()];
        foreach (var organisation in changed)
            NoteReportsDue(organisation);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Use SaveChangesAsync: the write queue and the scope guard stand there.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase.Of(property.Name));
                // Keys are made in code; EF would put a new one in place of the empty id that stands for the server.
                if (property.IsPrimaryKey())
                    property.ValueGenerated = ValueGenerated.Never;
            }
            if (Scope.Only is not null && typeof(IOrganisationOwned).IsAssignableFrom(entity.ClrType) && entity.BaseType is null)
                FilterMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
        }
    }

    private static readonly MethodInfo FilterMethod =
        typeof(AppDb).GetMethod(nameof(FilterByOrganisation), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterByOrganisation<T>(ModelBuilder modelBuilder) where T : class, IOrganisationOwned
    {
        Expression<Func<T, bool>> inScope = row => row.OrganisationId == OnlyOrganisation;
        modelBuilder.Entity<T>().HasQueryFilter(OrganisationFilter, inScope);
    }

    /// <summary>
    /// One model with the filter, for work in an organisation, and one without it, for the server's. "Every organisation, or this one" in one
    /// condition would keep both databases from every index that begins with the organisation.
    /// </summary>
    internal sealed class ModelForScope : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), designTime, context is AppDb { Scope.Only: null });
    }

    // Query filters do not guard inserts, and an update may carry a row that was never queried.
    private void GuardScope()
    {
        foreach (var entry in ChangeTracker.Entries<IOrganisationOwned>())
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                GuardScope(entry.Entity);
    }

    internal void GuardScope(IOrganisationOwned row)
    {
        if (Scope.Only is { } only && row.OrganisationId != only)
            throw new InvalidOperationException($"A {row.GetType().Name} of another organisation was about to be saved.");
    }
}
