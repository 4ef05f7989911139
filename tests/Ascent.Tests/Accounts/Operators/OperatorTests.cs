using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Passwords;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Operators;

/// <summary>An operator's account from its invitation to its removal, and that it never meets a school.</summary>
public sealed class OperatorTests
{
    [Theory, BothDatabases]
    public async Task SignUp_LinkAndCode_OpensTheServerAndNothingElse(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var (email, token, code) = await host.Data.InviteOperatorAsync("olga@server.example");
        Assert.False((await SignInAsync(host, email)).Succeeded);

        var account = await host.Get<ActivateOperator>().ExecuteAsync(new(token, code, TestData.Password), CancellationToken.None);

        Assert.True((await SignInAsync(host, email)).Succeeded);
        Assert.NotNull(await host.Get<ReadOperator>().ExecuteAsync(account.Value, CancellationToken.None));
        Assert.Null(await host.Get<ReadAccess>().ExecuteAsync(account.Value, new(host.Clock.GetUtcNow().UtcDateTime), school.Code, CancellationToken.None));
        Assert.Empty(await host.Get<ListOwnOrganisations>().ExecuteAsync(account.Value, CancellationToken.None));
        Assert.IsType<LinkUnknown>(Assert.Single((await host.Get<ActivateOperator>().ExecuteAsync(new(token, code, TestData.Password), CancellationToken.None)).Refusals));
        Assert.Equal(["operator-activated", "operator-invited"], await KindsAsync(host));
        var invited = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "operator-invited"));
        Assert.DoesNotContain("olga", invited.Facts, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, BothDatabases]
    public async Task Invitation_Mail_HoldsTheLinkAndNotTheCode(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (email, token, code) = await host.Data.InviteOperatorAsync();

        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);

        var mail = Assert.Single(await host.Data.ReadMailAsync());
        Assert.Equal(email, mail.To.Mailboxes.Single().Address);
        Assert.Contains($"https://ascent.example/operator/sign-up/{token}", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(code, mail.ToString(), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task SignUp_WrongCodes_AreCountedAndTheTenthKillsTheCode(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (email, token, code) = await host.Data.InviteOperatorAsync();

        for (var i = 1; i < 10; i++)
        {
            Assert.IsType<WrongCode>(await RefusalAsync(host, token, "AAAAA-AAAAA"));
            host.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        Assert.IsType<NewCodeAtConsole>(await RefusalAsync(host, token, "AAAAA-AAAAA"));
        Assert.IsType<WrongCode>(await RefusalAsync(host, token, code));

        var (_, next, anew) = await host.Data.InviteOperatorAsync(email);
        Assert.IsType<LinkUnknown>(await RefusalAsync(host, token, anew));
        Assert.True((await host.Get<ActivateOperator>().ExecuteAsync(new(next, anew, TestData.Password), CancellationToken.None)).Succeeded);
        Assert.Equal(1, await host.CountAsync<Operator>());
    }

    [Theory, BothDatabases]
    public async Task SignUp_RunOutOrWeakPassword_IsRefusedAndNothingIsUsedUp(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, token, code) = await host.Data.InviteOperatorAsync();

        Assert.IsType<PasswordRefused>(await RefusalAsync(host, token, code, "short"));
        Assert.IsType<PasswordRefused>(await RefusalAsync(host, token, code, "ascent olga ferry"));
        Assert.IsType<CodeMissing>(await RefusalAsync(host, token, " "));
        Assert.IsType<LinkUnknown>(await RefusalAsync(host, "nonsense", code));
        host.Clock.Advance(TimeSpan.FromDays(14));
        Assert.IsType<LinkExpired>(await RefusalAsync(host, token, code));
        Assert.Equal(InvitationStatus.Expired, (await host.Get<OpenOperatorInvitation>().ExecuteAsync(token, CancellationToken.None)).Status);
    }

    [Theory, BothDatabases]
    public async Task SignUp_TwoAtOnce_OneWins(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, token, code) = await host.Data.InviteOperatorAsync();

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => host.Get<ActivateOperator>().ExecuteAsync(new(token, code, TestData.Password), CancellationToken.None))));

        Assert.Single(both, r => r.Succeeded);
        Assert.IsType<LinkUnknown>(Assert.Single(both.Single(r => !r.Succeeded).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Add_MemberOfASchool_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);

        foreach (var email in (string[])[setup.Email, pending.Email, pending.Email.ToUpperInvariant()])
            Assert.IsType<MemberAlready>(Assert.Single((await AddAsync(host, email)).Refusals));
        Assert.Equal((0, 0), (await host.CountAsync<Operator>(), await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "operator-invited"))));

        await host.Get<DeletePendingUser>().ExecuteAsync(pending.MembershipId, setup.Actor, CancellationToken.None);
        Assert.True((await AddAsync(host, pending.Email)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Add_NamesOrAddressUnreadable_IsSaidAtTheField(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var refused = await host.Get<AddOperator>().ExecuteAsync(new("nobody", "", "Ferry", false), Actor.Operator, CancellationToken.None);

        Assert.Equal(["Forename", "Email"], refused.Refusals.Select(r => r.Field));
        var person = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<AddOperator>().ExecuteAsync(new("o@server.example", "O", "F", false), person.Actor, CancellationToken.None)).Refusals));
        await host.Data.AddOperatorAsync("olga@server.example");
        Assert.IsType<OperatorAlready>(Assert.Single((await AddAsync(host, "olga@server.example")).Refusals));
    }

    // The school's page is the same as for any address that is known elsewhere; only whoever has the link learns why it opens nothing.
    [Theory, BothDatabases]
    public async Task CreateUser_OperatorsAddress_LooksLikeAnyOtherAndOpensNoSchool(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var email = await host.Data.AddOperatorAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        var pending = await host.Data.InviteAsync(setup, email: email);

        var (link, code) = (await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId));
        Assert.Equal(InvitationStatus.RunsTheServer, (await host.Get<OpenInvitation>().ExecuteAsync(link, pending.AccountId, CancellationToken.None)).Status);
        foreach (var signedIn in (Guid?[])[null, pending.AccountId])
            Assert.IsType<OperatorsAccount>(Assert.Single((await host.Get<ActivateMembership>().ExecuteAsync(new(link, code, TestData.Password, signedIn), CancellationToken.None)).Refusals));
        Assert.Equal(MembershipState.Pending, await host.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == pending.MembershipId).Select(m => m.State).SingleAsync()));
    }

    // Invited here first, then taken on by a school: the school was quicker, and the two do not meet.
    [Theory, BothDatabases]
    public async Task SignUp_BecameAMemberMeanwhile_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (email, token, code) = await host.Data.InviteOperatorAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, email: email);
        Assert.True((await host.Get<ActivateMembership>().ExecuteAsync(
            new(await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId), TestData.Password, null), CancellationToken.None)).Succeeded);

        Assert.IsType<MemberAlready>(await RefusalAsync(host, token, code));
    }

    [Theory, BothDatabases]
    public async Task Remove_SignedIn_EndsAtOnceAndTheAddressIsFree(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var email = await host.Data.AddOperatorAsync();
        var signedIn = await SignInAsync(host, email);
        var accountId = await host.ReadAsync(db => db.Set<Operator>().Select(o => o.AccountId).SingleAsync());

        Assert.Equal("Olga Ferry", (await host.Get<RemoveOperator>().ExecuteAsync(email, Actor.Operator, CancellationToken.None)).Value);

        Assert.Null(await host.Get<ReadOperator>().ExecuteAsync(accountId, CancellationToken.None));
        Assert.Null(await host.Get<Sessions>().ReadAsync(signedIn.Value.Token, counts: true, CancellationToken.None));
        Assert.False((await SignInAsync(host, email)).Succeeded);
        Assert.Equal("not-found", Assert.Single((await host.Get<RemoveOperator>().ExecuteAsync(email, Actor.Operator, CancellationToken.None)).Refusals).Code);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, email: email);
        Assert.Equal(InvitationStatus.NeedsPassword, (await host.Get<OpenInvitation>().ExecuteAsync(await host.Data.TokenOfAsync(pending.MembershipId), null, CancellationToken.None)).Status);
    }

    [Theory, BothDatabases]
    public async Task List_PendingAndActive_TellsTheState(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await host.Data.AddOperatorAsync("ann@server.example", "Ann", "Lee");
        await host.Data.InviteOperatorAsync("bob@server.example", "Bob", "Ray");

        var lines = await host.Get<ListOperators>().ExecuteAsync(CancellationToken.None);

        Assert.Equal([("Ann Lee", true, false), ("Bob Ray", false, true)], lines.Select(l => (l.Name, l.ActivatedAt is not null, l.LinkExpiresAt is not null)));
    }

    // A mailbox alone must not open the server: the way back is the console.
    [Theory, BothDatabases]
    public async Task ForgottenPassword_Operator_GetsNoLink(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var email = await host.Data.AddOperatorAsync();

        Assert.True((await host.Get<AskForPasswordReset>().ExecuteAsync(email, IPAddress.Loopback, CancellationToken.None)).Succeeded);

        Assert.Equal(0, await host.CountAsync<PasswordReset>());
    }

    private static Task<Result<OperatorAdded>> AddAsync(AscentHost host, string email) =>
        host.Get<AddOperator>().ExecuteAsync(new(email, "Olga", "Ferry", false), Actor.Operator, CancellationToken.None);

    private static Task<Result<SignedIn>> SignInAsync(AscentHost host, string email) =>
        host.Get<SignInWithPassword>().ExecuteAsync(new(email, TestData.Password, IPAddress.Loopback, "Test", null, null), CancellationToken.None);

    private static async Task<Refusal> RefusalAsync(AscentHost host, string token, string code, string password = TestData.Password) =>
        Assert.Single((await host.Get<ActivateOperator>().ExecuteAsync(new(token, code, password), CancellationToken.None)).Refusals);

    private static Task<List<string>> KindsAsync(AscentHost host) => host.ReadAsync(db =>
        db.Set<AuditEntry>().Where(e => e.OrganisationId == AuditTrail.Server && e.Kind.StartsWith("operator")).Select(e => e.Kind).OrderBy(k => k).ToListAsync());
}
