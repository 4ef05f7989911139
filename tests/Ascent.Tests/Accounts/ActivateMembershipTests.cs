using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ActivateMembershipTests
{
    private const string NewPassword = "seven green kites above";

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LinkCodeAndPassword_OpenTheMembership(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, pending) = await PendingAsync(host);
        var request = await RequestAsync(host, pending);
        var code = await host.Data.CodeOfAsync(pending.MembershipId);

        var activated = await ActivateAsync(host, request with { Code = code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal) });

        Assert.Equal((pending.AccountId, setup.School.Id, setup.School.Code, true),
            (activated.Value.AccountId, activated.Value.OrganisationId, activated.Value.OrganisationCode, activated.Value.PasswordWasSet));
        var membership = await host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.Id == pending.MembershipId));
        Assert.Equal((MembershipState.Active, AscentHost.Start.UtcDateTime), (membership.State, membership.ActivatedAt!.Value));
        Assert.Equal(0, await host.CountAsync<Invitation>()); // the code is gone with it
        Assert.Equal("link-unknown", await RefusalAsync(host, request));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "membership-activated"));
        Assert.Equal((ActorKind.Person, pending.AccountId), (entry.ActorKind, entry.ActorId!.Value));
        Assert.True((await SignInAsync(host, pending.Email, NewPassword)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_FirstSignUp_TakesTheNameOfThisInvitation(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, first) = await PendingAsync(host, email: "sam@home.example");
        var other = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var second = await host.Data.InviteAsync(other, default, "Samuel", "Roe-Smith", "sam@home.example");

        Assert.True((await ActivateAsync(host, await RequestAsync(host, second))).Succeeded);
        var account = await host.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Id == first.AccountId));
        Assert.Equal(("Samuel", "Roe-Smith"), (account.Forename, account.Surname));

        // The first school's invitation, used later, no longer names the person.
        Assert.True((await ActivateAsync(host, await RequestAsync(host, first) with { SignedInAccountId = first.AccountId })).Succeeded);
        Assert.Equal("Samuel", await host.ReadAsync(db => db.Set<Account>().Where(a => a.Id == first.AccountId).Select(a => a.Forename).SingleAsync()));
    }

    [Theory]
    [BothDatabases("nonsense")]
    [BothDatabases("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ExecuteAsync_UnknownLink_IsRefused(DatabaseKind kind, string token)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await PendingAsync(host); // whose link a careless look-up could find in place of none

        Assert.Equal("link-unknown", await RefusalAsync(host, new(token, "AAAAA-AAAAA", NewPassword, null)));
    }

    [Theory, BothDatabases]
    [Asvs("6.4.1", "Link and code run out after 14 days.")]
    public async Task ExecuteAsync_ExpiredLink_IsRefusedAndCanBeAskedForAnew(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, pending) = await PendingAsync(host);
        var request = await RequestAsync(host, pending);

        host.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.Equal("link-unknown", Assert.Single((await host.Get<AskForNewLink>().ExecuteAsync(request.Token, CancellationToken.None)).Refusals).Code);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("link-expired", await RefusalAsync(host, request));
        Assert.Equal(InvitationStatus.Expired, (await host.Get<OpenInvitation>().ExecuteAsync(request.Token, null, CancellationToken.None)).Status);
        for (var again = 0; again < 2; again++)
            Assert.True((await host.Get<AskForNewLink>().ExecuteAsync(request.Token, CancellationToken.None)).Succeeded);
        Assert.NotNull(Assert.Single((await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows).NewLinkAskedAt);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EndDatePassed_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, pending) = await PendingAsync(host, endsOn: new DateOnly(2026, 11, 24));
        var request = await RequestAsync(host, pending);

        host.Clock.Advance(TimeSpan.FromHours(39)); // midnight after the last day
        Assert.Equal("access-ended", await RefusalAsync(host, request));
        Assert.Equal(MembershipState.Pending, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == pending.MembershipId).Select(m => m.State).SingleAsync()));
    }

    [Theory]
    [BothDatabases(null, "password-missing")]
    [BothDatabases("too short", "password-short")]
    [BothDatabases("correct horse battery staple", "password-common")]
    [BothDatabases("Test School, Sam Roe", "password-names")]
    public async Task ExecuteAsync_PasswordUnfit_IsRefusedAndNothingChanges(DatabaseKind kind, string? password, string code)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, pending) = await PendingAsync(host);
        var request = await RequestAsync(host, pending);

        Assert.Equal(code, await RefusalAsync(host, request with { Password = password }));
        Assert.True((await ActivateAsync(host, request)).Succeeded); // nothing is used up
    }

    [Theory]
    [BothDatabases(null)]
    [BothDatabases("  ")]
    public async Task ExecuteAsync_NoCode_IsAskedForAndNotCounted(DatabaseKind kind, string? code)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, pending) = await PendingAsync(host);

        Assert.Equal("code-missing", await RefusalAsync(host, await RequestAsync(host, pending) with { Code = code }));
        Assert.Equal(0, (await host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).WrongTries);
    }

    [Theory, BothDatabases]
    [Asvs("6.6.2", "A code works with its own link only.")]
    public async Task ExecuteAsync_CodeOfSomebodyElse_IsWrong(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, pending) = await PendingAsync(host);
        var other = await host.Data.InviteAsync(setup);

        Assert.Equal("code-wrong", await RefusalAsync(host, await RequestAsync(host, pending) with { Code = await host.Data.CodeOfAsync(other.MembershipId) }));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ActiveElsewhere_NeedsSignInAsThisVeryAccountAndNoPassword(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var known = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.None, "Anna", "Known", "anna@home.example");
        var (setup, pending) = await PendingAsync(host, email: "anna@home.example");
        var request = await RequestAsync(host, pending) with { Password = null };
        var open = host.Get<OpenInvitation>();

        Assert.Equal("sign-in-first", await RefusalAsync(host, request));
        Assert.Equal("other-account", await RefusalAsync(host, request with { SignedInAccountId = setup.AccountId }));
        Assert.Equal(InvitationStatus.NeedsSignIn, (await open.ExecuteAsync(request.Token, null, CancellationToken.None)).Status);
        Assert.Equal(InvitationStatus.OtherAccount, (await open.ExecuteAsync(request.Token, setup.AccountId, CancellationToken.None)).Status);
        Assert.Equal(InvitationStatus.NeedsCodeOnly, (await open.ExecuteAsync(request.Token, known.AccountId, CancellationToken.None)).Status);

        var activated = await ActivateAsync(host, request with { SignedInAccountId = known.AccountId, Password = "not looked at, but typed" });

        Assert.False(activated.Value.PasswordWasSet);
        Assert.True((await SignInAsync(host, "anna@home.example", TestData.Password)).Succeeded);
        Assert.Equal("Anna", await host.ReadAsync(db => db.Set<Account>().Where(a => a.Id == known.AccountId).Select(a => a.Forename).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task OpenInvitation_OpenedByAScanner_ChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, pending) = await PendingAsync(host);
        var token = await host.Data.TokenOfAsync(pending.MembershipId);
        var before = await host.ReadAsync(db => db.Set<Invitation>().SingleAsync());

        var view = await host.Get<OpenInvitation>().ExecuteAsync(token, null, CancellationToken.None);

        Assert.Equal(new InvitationView(InvitationStatus.NeedsPassword, setup.School.Name, pending.Email, false), view);
        Assert.Equivalent(before, await host.ReadAsync(db => db.Set<Invitation>().SingleAsync()), strict: true);
    }

    private static async Task<(TestMember Setup, TestMember Pending)> PendingAsync(AscentHost host, string? email = null, DateOnly? endsOn = null)
    {
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        return (setup, await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolReports), "Sam", "Roe", email, endsOn));
    }

    private static async Task<ActivateMembershipRequest> RequestAsync(AscentHost host, TestMember pending) =>
        new(await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId), NewPassword, null);

    private static Task<Result<Activated>> ActivateAsync(AscentHost host, ActivateMembershipRequest request) =>
        host.Get<ActivateMembership>().ExecuteAsync(request, CancellationToken.None);

    private static async Task<string> RefusalAsync(AscentHost host, ActivateMembershipRequest request) =>
        Assert.Single((await ActivateAsync(host, request)).Refusals).Code;

    private static Task<Result<SignedIn>> SignInAsync(AscentHost host, string email, string password) =>
        host.Get<SignInWithPassword>().ExecuteAsync(new(email, password, System.Net.IPAddress.Loopback, "Test", null, null), CancellationToken.None);
}
