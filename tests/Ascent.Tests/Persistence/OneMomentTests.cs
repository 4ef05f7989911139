using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Persistence;

/// <summary>
/// A page asks several questions. Without one moment for all of them a mail that is delivered between two counts is in neither, and the list
/// of pending users says that nobody is waiting.
/// </summary>
public sealed class OneMomentTests
{
    [Theory, BothDatabases]
    public async Task ReadAsync_SomethingChangesBetweenTwoQuestions_BothAreAnsweredFromOneMoment(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        await host.Data.AddPupilAsync(manager);

        var counts = await host.Get<Database>().ReadAsync(OrganisationScope.Of(manager.School.Id), async db =>
        {
            var before = await db.Set<Pupil>().CountAsync();
            await WithoutThisWorkAsync(() => host.Data.AddPupilAsync(manager));
            return (before, after: await db.Set<Pupil>().CountAsync());
        });

        Assert.Equal((1, 1), counts);
        Assert.Equal(2, await host.CountAsync<Pupil>());
    }

    // The other one is somebody else, not a piece of work inside this one.
    private static async Task WithoutThisWorkAsync(Func<Task> deed)
    {
        Task other;
        using (ExecutionContext.SuppressFlow())
            other = Task.Run(deed);
        await other;
    }
}
