using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

/// <summary>The state machine of a membership: every deed in every state, with what it leads to or why it is refused.</summary>
public sealed class UserStateTests
{
    private static readonly PermissionSet Given = PermissionSet.Of(Permission.ManageData, Permission.SchoolReports);

    [Theory, BothDatabases]
    public async Task Deactivate_Active_IsDeactivatedAtOnceWithoutSeatAndTold(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind);

        var done = await test.DeactivateAsync();

        Assert.Equal(test.Member.FullName, done.Value);
        Assert.Equal((MembershipState.Deactivated, 0), await test.StandAsync());
        Assert.Null(await test.OpenAsync());
        Assert.Equal(["user-deactivated"], await test.KindsAsync());
        Assert.Equal([AccessClosedMail.TemplateName], await test.MailsAsync());
        var kept = await test.MembershipAsync();
        Assert.Equal((Given, test.Setup.AccountId, AscentHost.Start.UtcDateTime), (kept.Permissions, kept.StateById!.Value, kept.StateSince));
    }

    [Theory, BothDatabases]
    public async Task Reactivate_Deactivated_IsPendingWithNewLinkAndCodeAndSeat(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind, MembershipState.Deactivated);
        test.Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var done = await test.ReactivateAsync();

        Assert.True(done.Succeeded);
        Assert.Equal((MembershipState.Pending, 1), await test.StandAsync());
        Assert.Contains(InvitationMail.TemplateName, await test.MailsAsync());
        Assert.Equal("user-reactivated", (await test.KindsAsync())[^1]);
        Assert.Equal(test.Member.Email, (await test.Host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).Email);
    }

    [Theory, BothDatabases]
    public async Task Reactivate_Ended_IsPendingAndTheOldEndDoesNotComeBack(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind, MembershipState.Ended);

        Assert.True((await test.ReactivateAsync()).Succeeded);

        Assert.Equal((MembershipState.Pending, 1), await test.StandAsync());
        Assert.Null((await test.MembershipAsync()).EndsOn);
    }

    [Theory, BothDatabases]
    public async Task Reactivate_ThenLinkAndCode_OpensWithANewPasswordAndTheOldAccess(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind, MembershipState.Deactivated);
        await test.ReactivateAsync(new DateOnly(2027, 7, 31));

        var activated = await test.SignUpAsync("seven brass kettles");

        Assert.True(activated.PasswordWasSet);
        Assert.Equal((MembershipState.Active, 1), await test.StandAsync());
        var open = await test.OpenAsync();
        Assert.Equal(Given, open!.Permissions);
        Assert.Equal(new DateOnly(2027, 7, 31), (await test.MembershipAsync()).EndsOn);
    }

    [Theory, BothDatabases]
    public async Task Reset_Active_IsPendingInOneStepAndKeepsTheSeat(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind);

        var done = await test.ResetAsync();

        Assert.True(done.Succeeded);
        Assert.Equal((MembershipState.Pending, 1), await test.StandAsync());
        Assert.Null(await test.OpenAsync());
        Assert.Equal(["sign-up-reset"], await test.KindsAsync());
        Assert.True((await test.SignUpAsync("seven brass kettles")).PasswordWasSet);
        Assert.NotNull(await test.OpenAsync());
    }

    [Theory, BothDatabases]
    public async Task EndSessions_Active_ClosesToSessionsThatBeganBeforeAndToNoOther(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind);
        var before = test.Host.Clock.GetUtcNow().UtcDateTime;
        test.Host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await test.EndSessionsAsync()).Succeeded);

        test.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await test.OpenAsync(before))!.NeedsSignIn);
        Assert.False((await test.OpenAsync())!.NeedsSignIn);
        Assert.Equal((MembershipState.Active, 1), await test.StandAsync());
        Assert.Equal(["user-sessions-ended"], await test.KindsAsync());
    }

    [Theory, BothDatabases]
    public async Task Delete_Active_IsGoneAndTheAddressCanBeUsedAnew(DatabaseKind kind)
    {
        await using var test = await StartAsync(kind);

        Assert.True((await test.DeleteAsync()).Succeeded);

        Assert.Equal((MembershipState.Deleted, 0), await test.StandAsync());
        Assert.Null(await test.OpenAsync());
        var again = await test.Host.Data.InviteAsync(test.Setup, email: test.Member.Email);
        Assert.Equal((test.Member.AccountId, true), (again.AccountId, again.MembershipId != test.Member.MembershipId));
    }

    [Theory]
    [InlineData(MembershipState.Deactivated)]
    [InlineData(MembershipState.Ended)]
    public async Task Delete_Closed_IsGoneAndNobodyIsTold(MembershipState state)
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite, state);
        var mails = await test.MailsAsync();

        Assert.True((await test.DeleteAsync()).Succeeded);

        Assert.Equal(MembershipState.Deleted, (await test.StandAsync()).State);
        Assert.Equal(mails, await test.MailsAsync());
    }

    public static TheoryData<string, MembershipState, string> Refusals { get; } = new()
    {
        { "Deactivate", MembershipState.Pending, "has not signed up" },
        { "Deactivate", MembershipState.Deactivated, "is deactivated already" },
        { "Deactivate", MembershipState.Ended, "access has ended already" },
        { "Deactivate", MembershipState.Deleted, "has been deleted meanwhile" },
        { "Reactivate", MembershipState.Pending, "has not signed up" },
        { "Reactivate", MembershipState.Active, "is Active already" },
        { "Reactivate", MembershipState.Deleted, "has been deleted meanwhile" },
        { "Reset", MembershipState.Pending, "has not signed up" },
        { "Reset", MembershipState.Deactivated, "is deactivated already" },
        { "Reset", MembershipState.Ended, "access has ended already" },
        { "Reset", MembershipState.Deleted, "has been deleted meanwhile" },
        { "EndSessions", MembershipState.Pending, "has not signed up" },
        { "EndSessions", MembershipState.Deactivated, "is deactivated already" },
        { "EndSessions", MembershipState.Ended, "access has ended already" },
        { "EndSessions", MembershipState.Deleted, "has been deleted meanwhile" },
        { "Delete", MembershipState.Pending, "has not signed up" },
        { "Delete", MembershipState.Deleted, "has been deleted meanwhile" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task Deed_InAStateThatItDoesNotFit_IsRefusedAndNothingChanges(string deed, MembershipState state, string why)
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite, state);
        var before = (await test.StandAsync(), (await test.MembershipAsync()).Version, await test.KindsAsync(), await test.MailsAsync());

        var refused = await test.DoAsync(deed);

        var refusal = Assert.Single(refused.Refusals);
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Equivalent(before, (await test.StandAsync(), (await test.MembershipAsync()).Version, await test.KindsAsync(), await test.MailsAsync()));
    }

    [Theory]
    [InlineData("Deactivate")]
    [InlineData("Reset")]
    [InlineData("EndSessions")]
    [InlineData("Delete")]
    public async Task Deed_OnOneself_IsRefused(string deed)
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite);
        await test.Host.Data.AddMemberAsync(test.Setup.School, Permission.SchoolSetup);

        var refused = await test.DoAsync(deed, test.Setup);

        Assert.IsType<OwnAccount>(Assert.Single(refused.Refusals));
    }

    [Theory]
    [InlineData("Deactivate")]
    [InlineData("Reactivate")]
    [InlineData("Reset")]
    [InlineData("EndSessions")]
    [InlineData("Delete")]
    public async Task Deed_WithoutTheRightOrInAnotherSchool_LearnsNothing(string deed)
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite);
        var elsewhere = await test.Host.Data.AddMemberAsync(await test.Host.Data.AddSecondaryAsync(), Permission.SchoolSetup);
        var colleague = await test.Host.Data.AddMemberAsync(test.Setup.School, Permission.ManageData);

        Assert.IsType<NotFound>(Assert.Single((await test.DoAsync(deed, by: elsewhere.Actor)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await test.DoAsync(deed, by: colleague.Actor)).Refusals));
        Assert.Equal((MembershipState.Active, 1), await test.StandAsync());
    }

    [Fact]
    public async Task Reactivate_SeatsAllTaken_IsRefusedWithTheNamesUntilTheRightIsTakenAway()
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite, MembershipState.Deactivated);
        for (var i = 0; i < 6; i++)
            await test.Host.Data.AddMemberAsync(test.Setup.School, Permission.ManageData);

        var full = Assert.IsType<SeatsFull>(Assert.Single((await test.ReactivateAsync()).Refusals));

        Assert.Equal((Permission.ManageData, 6), (full.Count.Permission, full.Count.Holders.Count));
        Assert.Equal((MembershipState.Deactivated, 0), await test.StandAsync());
        var version = (await test.MembershipAsync()).Version;
        var lowered = await test.Host.Get<ChangeAccess>().ExecuteAsync(new(test.Member.MembershipId, version, JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolReports), null), test.Setup.Actor, CancellationToken.None);
        Assert.True(lowered.Succeeded);
        Assert.True((await test.ReactivateAsync()).Succeeded);
    }

    [Fact]
    public async Task Reactivate_SchoolSetup_AsksForThePasswordFirst()
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite, MembershipState.Deactivated, PermissionSet.Of(Permission.SchoolSetup));

        var stale = await test.Host.Get<ReactivateUser>().ExecuteAsync(new(test.Member.MembershipId, null), test.Setup.Actor with { IsFresh = false }, CancellationToken.None);

        Assert.IsType<ConfirmItIsYou>(Assert.Single(stale.Refusals));
        Assert.True((await test.ReactivateAsync()).Succeeded);
    }

    [Fact]
    public async Task Delete_NameTypedOtherwise_IsRefusedAtTheField()
    {
        await using var test = await StartAsync(DatabaseKind.Sqlite);

        var refused = await test.Host.Get<DeleteUser>().ExecuteAsync(new(test.Member.MembershipId, "Somebody Else"), test.Setup.Actor, CancellationToken.None);

        Assert.Equal(("name-not-typed", "TypedName"), (refused.Refusals[0].Code, refused.Refusals[0].Field));
        Assert.Equal(MembershipState.Active, (await test.StandAsync()).State);
        Assert.True((await test.Host.Get<DeleteUser>().ExecuteAsync(new(test.Member.MembershipId, $"  {test.Member.FullName.ToUpperInvariant()} "), test.Setup.Actor, CancellationToken.None)).Succeeded);
    }

    private static async Task<UserStateTest> StartAsync(DatabaseKind kind, MembershipState state = MembershipState.Active, PermissionSet? permissions = null)
    {
        var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell");
        var member = await host.Data.AddMemberAsync(school, permissions ?? Given, "Sam", "Roe");
        await host.Data.BringAsync(member, state, setup);
        return new(host, setup, member);
    }
}

/// <summary>One administrator and one user, with every deed at hand.</summary>
internal sealed record UserStateTest(AscentHost Host, TestMember Setup, TestMember Member) : IAsyncDisposable
{
    public Task<Result<string>> DeactivateAsync() => DoAsync("Deactivate");

    public Task<Result<string>> ResetAsync() => DoAsync("Reset");

    public Task<Result<string>> EndSessionsAsync() => DoAsync("EndSessions");

    public Task<Result<string>> DeleteAsync() => DoAsync("Delete");

    public Task<Result<string>> ReactivateAsync(DateOnly? endsOn = null) => Host.Get<ReactivateUser>().ExecuteAsync(new(Member.MembershipId, endsOn), Setup.Actor, CancellationToken.None);

    public Task<Result<string>> DoAsync(string deed, TestMember? to = null, Actor? by = null)
    {
        var (id, name, actor) = ((to ?? Member).MembershipId, (to ?? Member).FullName, by ?? Setup.Actor);
        return deed switch
        {
            "Deactivate" => Host.Get<DeactivateUser>().ExecuteAsync(id, actor, CancellationToken.None),
            "Reactivate" => Host.Get<ReactivateUser>().ExecuteAsync(new(id, null), actor, CancellationToken.None),
            "Reset" => Host.Get<ResetSignUp>().ExecuteAsync(id, actor, CancellationToken.None),
            "EndSessions" => Host.Get<EndUserSessions>().ExecuteAsync(id, actor, CancellationToken.None),
            "Delete" => Host.Get<DeleteUser>().ExecuteAsync(new(id, name), actor, CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, null),
        };
    }

    public Task<Membership> MembershipAsync() => Host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == Member.MembershipId));

    public async Task<(MembershipState State, int Seats)> StandAsync() =>
        ((await MembershipAsync()).State, await Host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId == Member.MembershipId)));

    /// <summary>What a session that began then, or now, may do in the school.</summary>
    public Task<SchoolAccess?> OpenAsync(DateTime? signedInAt = null) =>
        Host.Get<ReadAccess>().ExecuteAsync(Member.AccountId, new(signedInAt ?? Host.Clock.GetUtcNow().UtcDateTime), Member.School.Code, CancellationToken.None);

    public Task<List<string>> KindsAsync() =>
        Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == Member.School.Id && e.ActorId == Setup.AccountId).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => e.Kind).ToListAsync());

    public Task<List<string>> MailsAsync() => Host.ReadAsync(db => db.Set<OutboxMail>().OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Select(m => m.Template).ToListAsync());

    public async Task<Activated> SignUpAsync(string password)
    {
        var (token, code) = (await Host.Data.TokenOfAsync(Member.MembershipId), await Host.Data.CodeOfAsync(Member.MembershipId));
        return (await Host.Get<ActivateMembership>().ExecuteAsync(new(token, code, password, null), CancellationToken.None)).Value;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
