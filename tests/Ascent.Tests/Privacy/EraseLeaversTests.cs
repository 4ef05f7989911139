using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Privacy;

public sealed class EraseLeaversTests
{
    [Theory, BothDatabases]
    public async Task Night_ThirtyDaysAfterTheLastPlaceWasDeleted_ErasesWithAReceipt(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (first, second) = (await SchoolAsync(host), await SchoolAsync(host));
        var zelda = await host.Data.AddMemberAsync(first.School, PermissionSet.None, "Zelda", "Quibble", "zelda@school.example");
        var elsewhere = await host.Data.AddMemberAsync(second.School, PermissionSet.None, account: zelda);
        await host.Data.BringAsync(zelda, MembershipState.Deleted, first);
        host.Clock.Advance(TimeSpan.FromDays(20));
        await host.Data.BringAsync(elsewhere, MembershipState.Deleted, second);

        var erasedOn = 0;
        for (var day = 1; day <= 35 && erasedOn == 0; day++)
        {
            host.Clock.Advance(TimeSpan.FromDays(1));
            await NightAsync(host);
            erasedOn = await IsErasedAsync(host, zelda) ? day : 0;
        }

        // On the thirtieth day it is thirty days to the minute, and not longer yet.
        Assert.Equal(31, erasedOn);
        var line = Assert.Single((await host.Get<ErasureList>().ReadAsync(default)).Lines);
        Assert.Equal(zelda.AccountId, line.Account);
        await host.Get<SealAudit>().ExecuteAsync(default);
        var report = await host.Get<VerifyAudit>().ExecuteAsync(default);
        Assert.True(report.Holds, string.Join('\n', report.Findings));
        Assert.Equal((3, line.Receipt), (report.Erasures.Count, report.Erasures[0].Receipt));
    }

    [Theory, BothDatabases]
    public async Task Night_WhoeverHasAPlaceOrRunsTheServer_IsKept(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (first, second) = (await SchoolAsync(host), await SchoolAsync(host));
        var kept = new List<TestMember>();
        foreach (var state in Enum.GetValues<MembershipState>().Where(s => s != MembershipState.Deleted))
        {
            var member = await host.Data.AddMemberAsync(first.School);
            await host.Data.BringAsync(await host.Data.AddMemberAsync(second.School, PermissionSet.None, account: member), MembershipState.Deleted, second);
            await host.Data.BringAsync(member, state, first);
            kept.Add(member);
        }
        var operates = await host.Data.AddMemberAsync(first.School);
        await host.Data.BringAsync(operates, MembershipState.Deleted, first);
        await host.Get<AddOperator>().ExecuteAsync(new(operates.Email, operates.Forename, operates.Surname, false), Actor.Operator, default);
        host.Clock.Advance(TimeSpan.FromDays(31));

        await NightAsync(host);

        foreach (var person in kept.Append(operates))
            Assert.False(await IsErasedAsync(host, person));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == PersonErased.EventKind)));
    }

    // Somebody whose invitation was taken back never signed up, and is a person all the same; somebody who came back is not a leaver.
    [Fact]
    public async Task Night_InvitationTakenBack_IsErasedUnlessInvitedAgain()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await SchoolAsync(host);
        var (gone, back) = (await host.Data.InviteAsync(setup), await host.Data.InviteAsync(setup));
        foreach (var pending in (TestMember[])[gone, back])
            await host.Get<DeletePendingUser>().ExecuteAsync(pending.MembershipId, setup.Actor, default);
        await host.Data.InviteAsync(setup, email: back.Email);
        host.Clock.Advance(TimeSpan.FromDays(31));

        await NightAsync(host);

        Assert.Equal((true, false), (await IsErasedAsync(host, gone), await IsErasedAsync(host, back)));
    }

    [Theory, BothDatabases]
    public async Task Night_EightNodesAtOnce_EachPersonOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await SchoolAsync(host);
        for (var i = 0; i < 6; i++)
            await host.Data.BringAsync(await host.Data.AddMemberAsync(setup.School), MembershipState.Deleted, setup);
        host.Clock.Advance(TimeSpan.FromDays(31));

        // Past the lease, as if each had taken it over from the other.
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TheTask(host).ExecuteAsync(default))));

        Assert.Equal(6, counts.Sum());
        Assert.Equal(12, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == PersonErased.EventKind)));
        Assert.Equal(6, (await host.Get<ErasureList>().ReadAsync(default)).Lines.Count);
    }

    private static NightlyTask TheTask(AscentHost host) => host.Get<IEnumerable<NightlyTask>>().Single(t => t.Counts == "accounts erased");

    private static async Task NightAsync(AscentHost host) => Assert.NotNull(await host.Get<RunNightly>().ExecuteAsync(CancellationToken.None));

    private static async Task<TestMember> SchoolAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        return await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
    }

    private static Task<bool> IsErasedAsync(AscentHost host, TestMember person) => host.ReadAsync(db => db.Set<Account>().AnyAsync(a => a.Id == person.AccountId && a.Email == "erased"));
}
