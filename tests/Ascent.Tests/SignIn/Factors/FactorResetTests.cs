using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn.Factors;

public sealed class FactorResetTests
{
    [Theory, BothDatabases]
    public async Task Reset_LinkCodeAndPassword_EnrolANewOneAndTellEverybody(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        var other = await host.Host.Data.AddMemberAsync(host.School, PermissionSet.Of(Permission.SchoolSetup), "Theo", "Third", "theo@school.example");
        var second = await host.Host.Data.AddMemberAsync(host.School, Permission.SchoolSetup);
        var open = await host.SignInAsync();

        Assert.Equal("Ann Lee", (await host.Get<ResetFactor>().ExecuteAsync(host.Member.MembershipId, other.Actor, CancellationToken.None)).Value);
        // Nothing is changed by it.
        Assert.NotNull(await host.Host.ReadAsync(db => db.Set<Session>().SingleOrDefaultAsync(s => s.Id == open.SessionId && s.EndedAt == null)));
        Assert.Equal(1, await host.Host.CountAsync<Factor>());
        var waiting = Assert.Single(await host.Get<ListFactorResets>().ExecuteAsync(other.Actor, CancellationToken.None));
        var code = (await host.Get<ShowFactorResetCode>().ExecuteAsync(waiting.MembershipId, other.Actor, CancellationToken.None)).Value.Code;
        var enrolled = (await EnrolAsync(host, await TokenAsync(host), code)).Value;

        var person = (await host.ReadAsync(enrolled.Token))!;
        Assert.Equal(FactorGate.Open, (await GateAsync(host, person, host.School)));
        Assert.Equal((2, 0), (await host.Host.CountAsync<Factor>(), await host.Host.CountAsync<FactorReset>()));
        Assert.NotNull(await host.Host.ReadAsync(db => db.Set<Session>().SingleOrDefaultAsync(s => s.Id == open.SessionId && s.EndedAt != null)));
        Assert.Equal(["factor-reset-asked", "factor-reset-code-shown", "factor-reset-done"], await host.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == host.School.Id && e.Kind.StartsWith("factor")).Select(e => e.Kind).Order().ToListAsync()));
        Assert.Equal(3, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == FactorResetToldMail.TemplateName)));
        Assert.Equal(2, await host.Host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == FactorResetToldMail.TemplateName && m.Recipient == second.Email)));
        Assert.Equal([FactorResetMail.TemplateName, FactorResetDoneMail.TemplateName], await host.Host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Recipient == host.Member.Email && m.Template.StartsWith("factor-reset")).Select(m => m.Template).Order().ToListAsync()));
        // The link works once, and there is no other school to hold anything back.
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await EnrolAsync(host, await TokenAsync(host), code)).Refusals));
        Assert.True((await host.Get<MakeRecoveryCodes>().ExecuteAsync(person, CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Reset_WhoMayNot_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (other, teacher) = (await host.Host.Data.AddMemberAsync(host.School, Permission.SchoolSetup), await host.Host.Data.AddMemberAsync(host.School, Permission.SchoolReports));
        var stranger = await host.Host.Data.AddMemberAsync(await host.Host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        async Task<Refusal> RefusedAsync(Actor actor) => Assert.Single((await host.Get<ResetFactor>().ExecuteAsync(host.Member.MembershipId, actor, CancellationToken.None)).Refusals);

        Assert.IsType<HasNoFactor>(await RefusedAsync(other.Actor));
        await host.AddFactorAsync();
        Assert.IsType<OwnAccount>(await RefusedAsync(host.Member.Actor));
        Assert.IsType<NotAllowed>(await RefusedAsync(teacher.Actor));
        Assert.IsType<NotFound>(await RefusedAsync(stranger.Actor));
        Assert.IsType<ConfirmItIsYou>(await RefusedAsync(other.Actor with { IsFresh = false }));
        Assert.Equal((0, 0), (await host.Host.CountAsync<FactorReset>(), await host.Host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind.StartsWith("factor")))));
        Assert.True((await host.Get<ResetFactor>().ExecuteAsync(host.Member.MembershipId, other.Actor, CancellationToken.None)).Succeeded);
        async Task<Refusal> ShowAsync(Actor actor) => Assert.Single((await host.Get<ShowFactorResetCode>().ExecuteAsync(host.Member.MembershipId, actor, CancellationToken.None)).Refusals);
        Assert.IsType<OwnCode>(await ShowAsync(host.Member.Actor));
        Assert.IsType<NotAllowed>(await ShowAsync(teacher.Actor));
        Assert.IsType<NotFound>(await ShowAsync(stranger.Actor));
        Assert.IsType<ConfirmItIsYou>(await ShowAsync(other.Actor with { IsFresh = false }));
    }

    [Theory, BothDatabases]
    [Asvs("6.4.4", "A new second factor in the place of a lost one takes a mailed link, a code from an administrator and the password, as joining a school does.")]
    public async Task Enrol_OneProofWrong_EnrolsNothingAndCountsTheCode(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        var (token, code) = await ResetAsync(host, host.School);

        Assert.IsType<WrongPassword>(Assert.Single((await EnrolAsync(host, token, code, "not it")).Refusals));
        Assert.IsType<PasswordMissing>(Assert.Single((await EnrolAsync(host, token, code, "")).Refusals));
        Assert.IsType<AppCodeWrong>(Assert.Single((await EnrolAsync(host, token, code, appCode: "000000")).Refusals));
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await EnrolAsync(host, LinkToken.Create(), code)).Refusals));
        for (var i = 0; i < 9; i++)
        {
            Assert.IsType<WrongCode>(Assert.Single((await EnrolAsync(host, token, "AAAAA-AAAAA")).Refusals));
            host.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        Assert.IsType<CodeWasReplaced>(Assert.Single((await EnrolAsync(host, token, "AAAAA-AAAAA")).Refusals));
        Assert.IsType<WrongCode>(Assert.Single((await EnrolAsync(host, token, code)).Refusals));
        Assert.Equal(1, await host.Host.CountAsync<Factor>());
        host.Host.Clock.Advance(FactorReset.Life);
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await EnrolAsync(host, token, code)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Enrol_TwoAtOnce_OneWins(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        var (token, code) = await ResetAsync(host, host.School);

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => EnrolAsync(host, token, code))));

        Assert.Single(both, b => b.Succeeded);
        Assert.Equal(2, await host.Host.CountAsync<Factor>());
    }

    [Theory, BothDatabases]
    public async Task Enrolled_SecondSchool_StaysClosedUntilItsOwnResetOrAnOldFactor(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, codes) = await host.EnrolAsync();
        var second = await host.Host.Data.AddPrimaryAsync(factorRule: FactorRule.Everybody);
        await host.Host.Data.AddMemberAsync(second, PermissionSet.None, account: host.Member);
        var third = await host.Host.Data.AddPrimaryAsync();
        await host.Host.Data.AddMemberAsync(third, PermissionSet.None, account: host.Member);
        var (token, code) = await ResetAsync(host, host.School);
        var person = (await host.ReadAsync((await EnrolAsync(host, token, code)).Value.Token))!;

        Assert.Equal((FactorGate.Open, FactorGate.NotTrusted, FactorGate.Open), (await GateAsync(host, person, host.School), await GateAsync(host, person, second), await GateAsync(host, person, third)));
        Assert.Equal(["held-back"], await ChangesAsync(host, person));

        // The second school resets too, and the code of the app that is there already will do.
        var (secondToken, secondCode) = await ResetAsync(host, second);
        var agreed = (await host.ReadAsync((await EnrolAsync(host, secondToken, secondCode, appCode: await host.NextCodeAsync())).Value.Token))!;
        Assert.Equal((FactorGate.Open, FactorGate.Open, 2), (await GateAsync(host, agreed, host.School), await GateAsync(host, agreed, second), await host.Host.CountAsync<Factor>()));
        Assert.Equal(["same-email"], (await ChangesAsync(host, agreed)).Select(c => c == "email-same" ? "same-email" : c));

        // One use of an old factor frees it for good.
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), codes[3])).Succeeded);
        Assert.Equal((0, 0), (await host.Host.ReadAsync(db => db.Set<Factor>().CountAsync(f => f.IsLimited)), await host.Host.CountAsync<FactorTrust>()));
    }

    [Theory, BothDatabases]
    public async Task Enrolled_OldRecoveryCodeOnce_OpensEverything(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (_, codes) = await host.EnrolAsync();
        var second = await host.Host.Data.AddPrimaryAsync(factorRule: FactorRule.Everybody);
        await host.Host.Data.AddMemberAsync(second, PermissionSet.None, account: host.Member);
        var (token, code) = await ResetAsync(host, host.School);
        var person = (await host.ReadAsync((await EnrolAsync(host, token, code)).Value.Token))!;
        Assert.Equal(FactorGate.NotTrusted, await GateAsync(host, person, second));

        var old = (await host.ReadAsync((await host.CompleteAsync(await host.HalfAsync(), codes[0])).Value.Token))!;

        Assert.Equal((FactorGate.Open, FactorGate.Open), (await GateAsync(host, old, second), await GateAsync(host, person, second)));
        Assert.Equal(["email-same"], await ChangesAsync(host, old));
    }

    [Theory, BothDatabases]
    public async Task Enrolled_WhatItMakesBeforeAnotherSchoolRequiresOne_IsWorthNoMore(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.EnrolAsync();
        var second = await host.Host.Data.AddPrimaryAsync();
        await host.Host.Data.AddMemberAsync(second, PermissionSet.None, account: host.Member);
        var (token, code) = await ResetAsync(host, host.School);
        var person = (await host.ReadAsync((await EnrolAsync(host, token, code)).Value.Token))!;
        // Nothing holds it back yet, so it may make codes and add apps.
        var made = (await host.Get<MakeRecoveryCodes>().ExecuteAsync(person, CancellationToken.None)).Value;
        host.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var added = (await host.Get<AddApp>().ExecuteAsync(person, host.Begin(person).Request, CancellationToken.None)).Value;
        Assert.NotNull(added.Token);

        await host.Get<SetFactorRule>().ExecuteAsync(second.Code, FactorRule.Everybody, Actor.Operator, CancellationToken.None);

        var byCode = (await host.ReadAsync((await host.CompleteAsync(await host.HalfAsync(), made[0])).Value.Token))!;
        Assert.Equal((FactorGate.Open, FactorGate.NotTrusted), (await GateAsync(host, byCode, host.School), await GateAsync(host, byCode, second)));
        var byApp = await host.SignInAsync();
        Assert.Equal((FactorGate.Open, FactorGate.NotTrusted), (await GateAsync(host, byApp, host.School), await GateAsync(host, byApp, second)));
        Assert.Equal(["held-back"], await ChangesAsync(host, byApp));
    }

    [Theory, BothDatabases]
    public async Task Tell_ByTheOperator_OnlyWhereNobodyElseCan(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        Task<Result<ToldResetCode>> TellAsync(Actor actor) => host.Get<ResetFactor>().TellAsync("ANN@school.example", host.School.Code, actor, CancellationToken.None);
        Assert.IsType<OperatorsOnly>(Assert.Single((await TellAsync(host.Member.Actor)).Refusals));
        Assert.IsType<HasNoFactor>(Assert.Single((await TellAsync(Actor.Operator)).Refusals));
        await host.AddFactorAsync();

        var told = (await TellAsync(Actor.Operator)).Value;
        Assert.True((await EnrolAsync(host, await TokenAsync(host), told.Code)).Succeeded);

        var other = await host.Host.Data.AddMemberAsync(host.School, Permission.SchoolSetup);
        Assert.Equal([other.FullName], Assert.IsType<OthersCanReset>(Assert.Single((await TellAsync(Actor.Operator)).Refusals)).Names);
    }

    [Theory, BothDatabases]
    public async Task ForgottenPassword_WithAFactor_AsksForItAndForNoResetCode(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        await host.Get<AskForPasswordReset>().ExecuteAsync(host.Member.Email, FactorHost.Here, CancellationToken.None);
        var token = await SecretAsync(host, PasswordResetMail.TemplateName);
        Task<Result<Done>> SetAsync(string? code) => host.Get<SetNewPassword>().ExecuteAsync(token, "copper lantern violin brook", code, FactorHost.Here, CancellationToken.None);

        Assert.Equal(new(host.Member.AccountId, host.Member.Email, AsksFactor: true, HasApp: true, HasPasskey: false), await host.Get<OpenPasswordReset>().ExecuteAsync(token, CancellationToken.None));
        Assert.IsType<FactorMissing>(Assert.Single((await SetAsync(null)).Refusals));
        Assert.IsType<WrongFactor>(Assert.Single((await SetAsync("000000")).Refusals));
        var code = await host.NextCodeAsync();
        Assert.Equal("Password", Assert.Single((await host.Get<SetNewPassword>().ExecuteAsync(token, "short", code, FactorHost.Here, CancellationToken.None)).Refusals).Field);
        Assert.True((await SetAsync(code)).Succeeded);

        Assert.Equal(0, await host.Host.CountAsync<ResetCode>());
        Assert.IsType<ResetLinkUnknown>(Assert.Single((await SetAsync(await host.NextCodeAsync())).Refusals));
    }

    [Theory, BothDatabases]
    public async Task ForgottenPassword_WithAFactorOfAnotherSchoolsReset_IsHeldBack(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.EnrolAsync();
        var second = await host.Host.Data.AddPrimaryAsync(factorRule: FactorRule.Everybody);
        await host.Host.Data.AddMemberAsync(second, PermissionSet.None, account: host.Member);
        var (token, code) = await ResetAsync(host, host.School);
        Assert.True((await EnrolAsync(host, token, code)).Succeeded);
        await host.Get<AskForPasswordReset>().ExecuteAsync(host.Member.Email, FactorHost.Here, CancellationToken.None);
        var link = await SecretAsync(host, PasswordResetMail.TemplateName);

        var set = await host.Get<SetNewPassword>().ExecuteAsync(link, "copper lantern violin brook", await host.NextCodeAsync(), FactorHost.Here, CancellationToken.None);

        Assert.Equal([second.Name], Assert.IsType<HeldBack>(Assert.Single(set.Refusals)).Organisations);
    }

    /// <returns>Why each thing that is held back was refused; only the same reason once.</returns>
    private static async Task<IEnumerable<string>> ChangesAsync(FactorHost host, SignedInPerson person)
    {
        var email = await host.Get<AskForEmailChange>().ExecuteAsync(person, host.Member.Email, acceptsMixedScript: false, CancellationToken.None);
        if (email.Refusals is not [HeldBack])
            return email.Refusals.Select(r => r.Code);
        var password = await host.Get<ChangeOwnPassword>().ExecuteAsync(person, TestData.Password, await host.NextCodeAsync(), "copper lantern violin brook", CancellationToken.None);
        var app = await host.Get<AddApp>().ExecuteAsync(person, host.Begin(person).Request, CancellationToken.None);
        var codes = await host.Get<MakeRecoveryCodes>().ExecuteAsync(person, CancellationToken.None);
        var removed = await host.Get<RemoveFactor>().ExecuteAsync(person, person.FactorId!.Value, CancellationToken.None);
        Refusal[] refusals = [.. email.Refusals, .. password.Refusals, .. app.Refusals, .. codes.Refusals, .. removed.Refusals];
        Assert.Equal(5, refusals.Length);
        return refusals.Select(r => r.Code).Distinct();
    }

    private static async Task<FactorGate> GateAsync(FactorHost host, SignedInPerson person, School school) =>
        (await host.Get<ReadAccess>().ExecuteAsync(person.AccountId, person.Proof, school.Code, CancellationToken.None))!.FactorGate;

    private static async Task<(string Token, string Code)> ResetAsync(FactorHost host, School school)
    {
        var by = await host.Host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var membership = await host.Host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.OrganisationId == school.Id && m.AccountId == host.Member.AccountId));
        Assert.True((await host.Get<ResetFactor>().ExecuteAsync(membership.Id, by.Actor, CancellationToken.None)).Succeeded);
        return (await TokenAsync(host), (await host.Get<ShowFactorResetCode>().ExecuteAsync(membership.Id, by.Actor, CancellationToken.None)).Value.Code);
    }

    private static Task<string> TokenAsync(FactorHost host) => SecretAsync(host, FactorResetMail.TemplateName);

    private static async Task<string> SecretAsync(FactorHost host, string template) =>
        host.Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, (await host.Host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == template).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Select(m => m.SecretCipher).FirstAsync()))!)!;

    private static Task<Result<EnrolledByReset>> EnrolAsync(FactorHost host, string token, string code, string password = TestData.Password, string? appCode = null)
    {
        // Later than what there is, so that it is the newest.
        host.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var app = host.Get<NewApps>().Begin(host.Member.AccountId, host.Member.Email);
        return host.Get<EnrolByReset>().ExecuteAsync(new(token, code, password, app.Sealed, appCode ?? TestData.CodeAt(app.Secret, host.Now), null, "Firefox on Linux", null), CancellationToken.None);
    }
}
