using System.Collections.Concurrent;
using Ascent.Accounts;
using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Conversions;

/// <summary>
/// A conversion and something that begins in one of the two schools, at the same moment and over and over. Nothing may be left behind under the old
/// number: what began in the successor's row is either there before, and the conversion refused, or stopped.
/// </summary>
public sealed class ConversionRaceTests
{
    private const int Rounds = 40;

    [Theory, BothDatabases]
    public async Task Execute_SomebodyIsCreatedInTheSuccessorAtTheSameMoment_OneOfTheTwoIsDone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        host.Get<Secrets>().Protect("warm", "up");
        var outcomes = new ConcurrentBag<(bool Converted, bool Created)>();
        for (var round = 0; round < Rounds; round++)
        {
            var (old, now, _) = await StartAsync(host);
            var preview = await host.PreviewAsync(old, now);
            var delay = round * 2;
            var (converted, created) = await TogetherAsync(
                async () => (await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, preview.Mark), Actor.Operator, CancellationToken.None)).Succeeded,
                async () =>
                {
                    await Task.Delay(delay);
                    var there = Actor.Operator with { OrganisationId = now.Id, Permissions = PermissionSet.Of(Permission.SchoolSetup).Effective(false) };
                    return (await host.Get<CreateUser>().ExecuteAsync(new(null, "Ada", "Byron", $"racer{round}@school.example", false, JobRole.Teacher, null, PermissionSet.None, null), there, CancellationToken.None)).Succeeded;
                });
            outcomes.Add((converted, created));
            Assert.Equal(0, await LeftBehindAsync(host));
        }

        Assert.DoesNotContain((true, true), outcomes);
        Assert.DoesNotContain((false, false), outcomes);
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Execute_AnImportIsConfirmedAtTheSameMoment_IsCarriedOrMakesThePreviewStale(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        for (var round = 0; round < Rounds / 2; round++)
        {
            var (old, now, setup) = await StartAsync(host);
            var import = await host.Data.ImportAsync(setup, $"{TestData.RollHeading}\n{host.Data.NextUpn()},Hale,Isla,04/03/2017,F,5");
            var preview = await host.PreviewAsync(old, now);
            var delay = round * 3;
            var (converted, confirmed) = await TogetherAsync(
                async () =>
                {
                    await Task.Delay(delay);
                    return await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, preview.Mark), Actor.Operator, CancellationToken.None) is var done && (done.Succeeded || done.Refusals[0] is not PreviewChanged ? done.Succeeded : false);
                },
                async () => (await host.Data.ConfirmAsync(setup, import)) is not null);

            Assert.True(confirmed);
            // Wherever the school is now, its two pupils are there, and nobody is where nothing begins.
            var school = (await host.FindSchoolAsync(converted ? now.Code : old.Code))!;
            Assert.Equal(old.Id, school.Id);
            Assert.Equal(2, await host.ReadAsync(db => db.Set<Pupil>().CountAsync(p => p.OrganisationId == school.Id)));
            Assert.Equal(0, await LeftBehindAsync(host));
        }
    }

    [Theory, BothDatabases]
    public async Task Execute_TwoAtOnce_IsOneConversion(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (old, now, _) = await StartAsync(host);
        var other = await host.Data.AddPrimaryAsync();
        var (mark, otherMark) = ((await host.PreviewAsync(old, now)).Mark, (await host.PreviewAsync(old, other)).Mark);

        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, i % 2 == 0 ? now.Code : other.Code, i % 2 == 0 ? mark : otherMark), Actor.Operator, CancellationToken.None))));

        Assert.Single(done, d => d.Succeeded);
        Assert.Equal(1, await host.CountAsync<Conversion>());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<School>().CountAsync(s => s.BecameId != null)));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    private static async Task<(School Old, School Now, TestMember Setup)> StartAsync(AscentHost host)
    {
        var (old, now) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        var setup = await host.Data.AddMemberAsync(old, Permission.SchoolSetup);
        await host.Data.AddPupilAsync(setup);
        return (old, now, setup);
    }

    private static async Task<(bool, bool)> TogetherAsync(Func<Task<bool>> one, Func<Task<bool>> other)
    {
        using var gate = new ManualResetEventSlim();
        // A thread each: SQLite works synchronously.
        Task<bool> Run(Func<Task<bool>> deed) => Task.Factory.StartNew(async () =>
        {
            gate.Wait();
            try
            {
                return await deed();
            }
            catch (BecameAnotherException)
            {
                return false;
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var (first, second) = (Run(one), Run(other));
        gate.Set();
        return (await first, await second);
    }

    /// <summary>People and pupils in rows that keep an old number.</summary>
    private static Task<int> LeftBehindAsync(AscentHost host) => host.ReadAsync(async db =>
    {
        var former = db.Set<School>().Where(s => s.BecameId != null).Select(s => s.Id);
        return await db.Set<Membership>().CountAsync(m => former.Contains(m.OrganisationId)) + await db.Set<Pupil>().CountAsync(p => former.Contains(p.OrganisationId));
    });
}
