using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

/// <summary>Pressing Confirm twice, in any manner, makes one person.</summary>
public sealed class CreateUserJourneyTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_SameJourneyTwentyTimesAtOnce_MakesOneMembershipAndOneMail(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var request = Request(await BeginAsync(host, setup));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Get<CreateUser>().ExecuteAsync(request, setup.Actor, CancellationToken.None))));

        Assert.Single(results.Select(r => r.Value).Distinct());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
        Assert.Equal(1, await host.CountAsync<OutboxMail>());
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.Permission == Permission.ManageData && s.HolderId != null)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_JourneyFinished_KeepsTheResultAndWipesTheAnswers(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var id = await BeginAsync(host, setup);

        var created = await host.Get<CreateUser>().ExecuteAsync(Request(id), setup.Actor, CancellationToken.None);

        var journey = await host.ReadAsync(db => db.Set<Journey>().SingleAsync());
        Assert.Equal((created.Value, "{}"), (journey.ResultId!.Value, journey.State));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Refused_LeavesTheJourneyOpen(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var request = Request(await BeginAsync(host, setup));

        Assert.False((await host.Get<CreateUser>().ExecuteAsync(request with { Email = "" }, setup.Actor, CancellationToken.None)).Succeeded);
        Assert.True((await host.Get<CreateUser>().ExecuteAsync(request, setup.Actor, CancellationToken.None)).Succeeded);
    }

    private static CreateUserRequest Request(Guid journey) =>
        new(journey, "Hannah", "Moss", "hannah@school.example", false, JobRole.Teacher, null, PermissionSet.Of(Permission.ManageData), null);

    private static async Task<Guid> BeginAsync(AscentHost host, TestMember by)
    {
        var journey = new Journey
        {
            OrganisationId = by.School.Id, Id = host.Clock.NewId(), AccountId = by.AccountId, Name = "create-user", StateVersion = 1,
            State = """{"Forename":"Hannah"}""", ExpiresAt = host.Clock.Now() + Journey.Life,
        };
        await host.ChangeAsync(db =>
        {
            db.Add(journey);
            return Task.CompletedTask;
        });
        return journey.Id;
    }
}
