using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Many;

/// <summary>Lists that whoever runs the server gives at the command line, who has no account there.</summary>
public sealed class ConsoleListTests
{
    // The command was stopped after Confirm: the running server makes the rest.
    [Theory, BothDatabases]
    public async Task Confirm_StoppedAfterwards_TheWorkerMakesTheRest(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var console = (await host.Get<EnterSchool>().ExecuteAsync(setup.School.Code, default)).Value.Actor;
        var list = await host.Get<StaffListJourney>().BeginAsync(Lists.Read(Lists.Teachers(CreateUsers.Batch + 50)), "list.csv", console, default);
        Assert.Null((await host.Get<CreateUsers>().ConfirmAsync(list, console, default)).Value.Outcome);

        await host.Get<ContinueConfirmedLists>().ExecuteAsync(default);

        Assert.Equal(CreateUsers.Batch + 50, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending && m.CreatedById == null)));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "users-created"));
        Assert.Equal((ActorKind.Operator, null), (entry.ActorKind, entry.ActorId));
    }

    [Fact]
    public async Task Find_ListOfTheConsole_IsNobodysOnThePages()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var console = (await host.Get<EnterSchool>().ExecuteAsync(setup.School.Code, default)).Value.Actor;
        var list = await host.Get<StaffListJourney>().BeginAsync(Lists.Read(Lists.Teachers(2)), "list.csv", console, default);

        Assert.Null(await host.Get<StaffListJourney>().FindAsync(list, setup.Actor, default));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<CreateUsers>().ConfirmAsync(list, setup.Actor, default)).Refusals));
        Assert.NotNull(await host.Get<StaffListJourney>().FindAsync(list, console, default));
        // The program itself begins no list.
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Get<StaffListJourney>().BeginAsync(Lists.Read(Lists.Teachers(2)), "x", Actor.System with { OrganisationId = setup.School.Id }, default));
    }
}
