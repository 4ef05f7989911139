using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Nightly;

public sealed class NightlyTests
{
    [Theory, BothDatabases]
    public async Task Execute_EndDatePassed_IsRecordedWithOneEntryAndTheSeatIsFree(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        await TwoHoldersAsync(host, school);
        var yesterday = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.ManageData), endsOn: new DateOnly(2026, 11, 22));
        var today = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.ManageData), endsOn: new DateOnly(2026, 11, 23));

        var done = await RunAsync(host);

        Assert.Equal(1, done!.Ended);
        Assert.Equal((MembershipState.Ended, MembershipState.Active), (await StateAsync(host, yesterday), await StateAsync(host, today)));
        Assert.Equal([today.MembershipId], await host.ReadAsync(db => db.Set<Seat>().Where(s => s.Permission == Permission.ManageData && s.HolderId != null).Select(s => s.HolderId!.Value).ToListAsync()));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "access-ends-recorded")));
    }

    [Theory, BothDatabases]
    public async Task Execute_TenNodesAtOnce_EachThingOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        for (var i = 0; i < 5; i++)
        {
            var school = await host.Data.AddPrimaryAsync();
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
            await host.Data.AddMemberAsync(school, PermissionSet.None, endsOn: new DateOnly(2026, 11, 22));
        }

        var done = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => RunAsync(host))));
        var again = await RunAsync(host);

        var one = Assert.Single(done, d => d is not null)!;
        Assert.Equal((5, 5, null), (one.Ended, one.SchoolsWithOneHolder, again));
        Assert.Equal((5, 5), (await MailsAsync(host, SingleHolderMail.TemplateName), await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "access-ends-recorded"))));
    }

    [Fact]
    public async Task Execute_NodeDiedOnTheWay_AnotherGoesOnAfterItsLease()
    {
        await using var host = await AscentHost.StartAsync();
        await host.ChangeAsync(db => Task.FromResult(db.Add(new NightlyRun { Day = new DateOnly(2026, 11, 23), StartedAt = AscentHost.Start.UtcDateTime, LeasedUntil = AscentHost.Start.UtcDateTime.AddMinutes(30) })));

        Assert.Null(await RunAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.NotNull(await RunAsync(host));
    }

    [Fact]
    public async Task Execute_BeforeOneInTheMorning_Waits()
    {
        await using var host = await AscentHost.StartAsync();
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 6, 1, 23, 59, 59, TimeSpan.Zero)); // 00:59:59 in London
        Assert.Null(await RunAsync(host));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await RunAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Execute_NightByNight_WarnsTwiceAndClosesAfterThirteenMonths(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        await TwoHoldersAsync(host, school);
        var member = await host.Data.AddMemberAsync(school, Permission.ManageData);
        var seen = new List<(int Day, string What)>();
        for (var day = 1; day <= 400; day++)
        {
            host.Clock.Advance(TimeSpan.FromDays(1));
            await OpenAsync(host, except: member);
            var mails = await MailsAsync(host, DormantMail.TemplateName);
            await RunAsync(host);
            if (await MailsAsync(host, DormantMail.TemplateName) > mails)
                seen.Add((day, "warned"));
            if (await StateAsync(host, member) == MembershipState.Deactivated)
            {
                seen.Add((day, "closed"));
                break;
            }
        }

        // From 23 November 2026 to 23 December 2027 it is 395 days.
        Assert.Equal([(365, "warned"), (388, "warned"), (395, "closed")], seen);
        Assert.Equal((1, 0), (await MailsAsync(host, AccessClosedMail.TemplateName), await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId == member.MembershipId))));
    }

    [Fact]
    public async Task Execute_AfterTheServerStoodStill_StillGivesThirtyDays()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        await TwoHoldersAsync(host, school);
        var member = await host.Data.AddMemberAsync(school);
        host.Clock.Advance(TimeSpan.FromDays(1000));
        await OpenAsync(host, except: member);

        var closed = 0;
        for (var day = 0; day <= 31 && await StateAsync(host, member) == MembershipState.Active; day++, closed = day)
        {
            await RunAsync(host);
            host.Clock.Advance(TimeSpan.FromDays(1));
            await OpenAsync(host, except: member);
        }

        Assert.Equal((31, 2), (closed, await MailsAsync(host, DormantMail.TemplateName)));
    }

    [Fact]
    public async Task Execute_OpenedAfterTheWarning_BeginsAnew()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        await TwoHoldersAsync(host, school);
        var member = await host.Data.AddMemberAsync(school);
        host.Clock.Advance(TimeSpan.FromDays(390));
        await OpenAsync(host, except: member);
        await RunAsync(host);
        Assert.Equal(1, await MailsAsync(host, DormantMail.TemplateName));

        await OpenAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(40));
        await OpenAsync(host, except: member);
        await RunAsync(host);

        Assert.Equal((MembershipState.Active, 1), (await StateAsync(host, member), await MailsAsync(host, DormantMail.TemplateName)));
    }

    [Fact]
    public async Task Execute_LastHolderDormant_StaysAndTheOperatorIsToldOnce()
    {
        await using var host = await AscentHost.StartAsync();
        var only = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        host.Clock.Advance(TimeSpan.FromDays(400));
        for (var day = 0; day < 40; day++)
        {
            await RunAsync(host);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(MembershipState.Active, await StateAsync(host, only));
        Assert.Equal([OperatorNoticeKind.LastHolderDormant], (await host.Get<ListOperatorNotices>().ExecuteAsync(CancellationToken.None)).Select(n => n.Kind));
    }

    [Fact]
    public async Task Execute_SchoolWithOneHolder_IsToldEveryNinetyDaysUntilThereAreTwo()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddPrimaryAsync();
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var told = new List<int>();
        for (var day = 0; day < 100; day++)
        {
            if ((await RunAsync(host))!.SchoolsWithOneHolder == 1)
                told.Add(day);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        host.Clock.Advance(TimeSpan.FromDays(200));

        Assert.Equal([0, 90], told);
        Assert.Equal(0, (await RunAsync(host))!.SchoolsWithOneHolder);
    }

    private static async Task TwoHoldersAsync(AscentHost host, Ascent.Organisations.School school)
    {
        for (var i = 0; i < 2; i++)
            await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
    }

    private static Task<NightlyResult?> RunAsync(AscentHost host) => host.Get<RunNightly>().ExecuteAsync(CancellationToken.None);

    /// <summary>Everybody opens the school today.</summary>
    private static Task OpenAsync(AscentHost host, TestMember? except = null) => host.ChangeAsync(async db =>
    {
        var now = host.Clock.GetUtcNow().UtcDateTime;
        await db.Set<Membership>().Where(m => except == null || m.Id != except.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.LastOpenedAt, now));
    });

    private static Task<MembershipState> StateAsync(AscentHost host, TestMember member) => host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).Select(m => m.State).SingleAsync());

    private static Task<int> MailsAsync(AscentHost host, string template) => host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == template));
}
