using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.TestSupport;

/// <summary>Makes what tests begin with, straight in the database; works on the services of a host or of a web server alike.</summary>
public sealed partial class TestData(IServiceProvider services)
{
    private int number;

    private TimeProvider Clock => Get<TimeProvider>();

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    // Numbers make codes and addresses unique within a test, and the same in every run.
    private int Next() => Interlocked.Increment(ref number);

    private async Task SaveAsync(Func<AppDb, Task> change)
    {
        await Get<Database>().WriteAsync(OrganisationScope.Server, async db =>
        {
            await change(db);
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
    }

    private Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => Get<Database>().ReadAsync(OrganisationScope.Server, read);
}
