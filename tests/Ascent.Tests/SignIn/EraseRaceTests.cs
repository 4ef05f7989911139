using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.SignIn;

/// <summary>
/// Somebody is invited at the very moment of being erased. Either they are erased and the invitation is for a new account, or the erasure is
/// refused; never does an account that was erased have a place.
/// </summary>
public sealed class EraseRaceTests
{
    private const int Rounds = 25;

    [Theory]
    [BothDatabases(false)]
    [BothDatabases(true)]
    public async Task Erase_InvitedAtTheSameMoment_IsOneOrTheOther(DatabaseKind kind, bool asOperator)
    {
        await using var host = await AscentHost.StartAsync(kind);

        Assert.All(await RaceAsync(host, asOperator), round => Assert.Equal((round.Erased ? 1 : 0, round.Erased), (round.OfAnother, !round.OfTheSame)));
    }

    [Theory, BothDatabases]
    public async Task Erase_TheSameWithoutTheGuard_LeavesPlacesOfErasedPeople(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => UnguardedDatabase.Open<WithoutGuard>(provider.GetRequiredService<ServerSettings>())));

        Assert.Contains(await RaceAsync(host, asOperator: false), round => round is { Erased: true, OfTheSame: true });
    }

    /// <param name="Erased">The erasure succeeded.</param>
    /// <param name="OfTheSame">The account that was to be erased has a place afterwards.</param>
    /// <param name="OfAnother">So many other accounts with the address have one.</param>
    private sealed record Round(bool Erased, bool OfTheSame, int OfAnother);

    private static async Task<IReadOnlyList<Round>> RaceAsync(AscentHost host, bool asOperator)
    {
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var other = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        host.Get<Secrets>().Protect("warm", "up");
        var rounds = new List<Round>();
        for (var i = 0; i < Rounds; i++)
        {
            var zelda = await host.Data.AddMemberAsync(setup.School);
            Assert.True((await host.Get<DeleteUser>().ExecuteAsync(new(zelda.MembershipId, zelda.FullName), setup.Actor, default)).Succeeded);
            using var gate = new Barrier(2);
            var erase = StartAsync(gate, async () => (await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, CancellationToken.None)).Succeeded);
            var invite = StartAsync(gate, async () => asOperator
                ? (await host.Get<AddOperator>().ExecuteAsync(new(zelda.Email, "Zelda", "Again", false), Actor.Operator, CancellationToken.None)).Succeeded
                : (await host.Get<CreateUser>().ExecuteAsync(new(null, "Zelda", "Again", zelda.Email, false, JobRole.Teacher, null, PermissionSet.None, null), other.Actor, CancellationToken.None)).Succeeded);
            Assert.True(await invite);
            var key = EmailAddress.Parse(zelda.Email)!.Key;
            var places = await host.ReadAsync(db => asOperator
                ? db.Set<Operator>().Select(o => o.AccountId).ToListAsync()
                : db.Set<Membership>().Where(m => m.State != MembershipState.Deleted).Select(m => m.AccountId).ToListAsync());
            var another = await host.ReadAsync(db => db.Set<Account>().CountAsync(a => a.EmailKey == key && a.Id != zelda.AccountId && places.Contains(a.Id)));
            rounds.Add(new(await erase, places.Contains(zelda.AccountId), another));
        }
        return rounds;
    }

    private static Task<T> StartAsync<T>(Barrier gate, Func<Task<T>> work) => Task.Factory.StartNew(() =>
    {
        gate.SignalAndWait();
        return work();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    // Nothing holds apart who adds a place to an account and who erases it.
    private sealed class WithoutGuard(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Account>().Property(a => a.Version).IsConcurrencyToken(false);
        }
    }
}
