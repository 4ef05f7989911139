using Ascent.Accounts;
using Ascent.Accounts.Factors;
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

/// <summary>A passkey through a reset is limited as an app is.</summary>
public sealed class PasskeyResetTests
{
    [Theory, BothDatabases]
    public async Task Enrol_PasskeyByReset_OpensThatSchoolOnlyUntilAnOlderOneIsUsed(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (old, _, _) = await host.AddPasskeyAsync();
        var second = await host.Host.Data.AddPrimaryAsync(factorRule: FactorRule.Everybody);
        await host.Host.Data.AddMemberAsync(second, PermissionSet.None, account: host.Member);
        using var made = new SoftPasskey(PasskeyHost.Origin);

        var enrolled = await EnrolAsync(host, host.School, token => MakeAsync(host, made, token));

        var person = (await host.ReadAsync(enrolled.Value.Token))!;
        Assert.Equal((FactorGate.Open, FactorGate.NotTrusted), (await GateAsync(host, person, host.School), await GateAsync(host, person, second)));
        // Alone at the door it is worth no more, and what is added with it neither.
        var alone = (await host.SignInAsync(made)).Value.Token;
        person = (await host.ReadAsync(alone))!;
        Assert.Equal(FactorGate.NotTrusted, await GateAsync(host, person, second));
        using var another = new SoftPasskey(PasskeyHost.Origin);
        Assert.IsType<HeldBack>(Assert.Single((await host.AddAsync(person, alone, another.Make(await host.AskToAddAsync(person, alone)))).Refusals));
        Assert.IsType<HeldBack>(Assert.Single((await host.Get<RenameFactor>().ExecuteAsync(person, person.FactorId!.Value, "Mine", CancellationToken.None)).Refusals));

        person = (await host.ReadAsync((await host.SignInAsync(old)).Value.Token))!;
        Assert.Equal(FactorGate.Open, await GateAsync(host, person, second));
        person = (await host.ReadAsync((await host.SignInAsync(made)).Value.Token))!;
        Assert.Equal(FactorGate.Open, await GateAsync(host, person, second));
    }

    [Theory, BothDatabases]
    public async Task Enrol_SecondSchoolsReset_AgreesToTheLimitedPasskeyAndToNoOlderOne(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (old, _, _) = await host.AddPasskeyAsync();
        var second = await host.Host.Data.AddPrimaryAsync(factorRule: FactorRule.Everybody);
        await host.Host.Data.AddMemberAsync(second, PermissionSet.None, account: host.Member);
        using var made = new SoftPasskey(PasskeyHost.Origin);
        Assert.True((await EnrolAsync(host, host.School, token => MakeAsync(host, made, token))).Succeeded);

        Assert.IsType<PasskeyRefused>(Assert.Single((await EnrolAsync(host, second, token => UseAsync(host, old, token))).Refusals));
        var enrolled = await EnrolAsync(host, second, token => UseAsync(host, made, token));

        var person = (await host.ReadAsync(enrolled.Value.Token))!;
        Assert.Equal((FactorGate.Open, FactorGate.Open), (await GateAsync(host, person, host.School), await GateAsync(host, person, second)));
        Assert.Equal(2, await host.Host.CountAsync<Factor>());
    }

    [Theory, BothDatabases]
    public async Task Enrol_PasskeyWithAWrongProof_EnrolsNothing(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        await host.AddFactorAsync();
        using var made = new SoftPasskey(PasskeyHost.Origin);

        Assert.IsType<WrongPassword>(Assert.Single((await EnrolAsync(host, host.School, token => MakeAsync(host, made, token), password: "not it")).Refusals));
        Assert.IsType<WrongCode>(Assert.Single((await EnrolAsync(host, host.School, token => MakeAsync(host, made, token), code: "AAAAA-AAAAA")).Refusals));
        made.VerifiesUser = false;
        Assert.IsType<PasskeyNotMade>(Assert.Single((await EnrolAsync(host, host.School, token => MakeAsync(host, made, token))).Refusals));
        Assert.Equal(1, await host.Host.CountAsync<Factor>());
    }

    private static async Task<EnrolByResetRequest> MakeAsync(FactorHost host, SoftPasskey passkey, EnrolByResetRequest request) =>
        request with { NewPasskey = passkey.Make((await host.Get<Passkeys>().BeginAddAsync(host.Member.AccountId, request.Token, CancellationToken.None))!) };

    private static async Task<EnrolByResetRequest> UseAsync(FactorHost host, SoftPasskey passkey, EnrolByResetRequest request) =>
        request with { Passkey = passkey.Answer(await host.AskToProveAsync(request.Token)) };

    /// <summary>A school's reset, by link, code and password.</summary>
    private static async Task<Result<EnrolledByReset>> EnrolAsync(
        FactorHost host, School school, Func<EnrolByResetRequest, Task<EnrolByResetRequest>> with, string password = TestData.Password, string? code = null)
    {
        host.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var by = await host.Host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var membership = await host.Host.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.OrganisationId == school.Id && m.AccountId == host.Member.AccountId));
        Assert.True((await host.Get<ResetFactor>().ExecuteAsync(membership.Id, by.Actor, CancellationToken.None)).Succeeded);
        var cipher = await host.Host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == FactorResetMail.TemplateName).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Select(m => m.SecretCipher).FirstAsync());
        var token = host.Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, cipher!)!;
        code ??= (await host.Get<ShowFactorResetCode>().ExecuteAsync(membership.Id, by.Actor, CancellationToken.None)).Value.Code;
        return await host.Get<EnrolByReset>().ExecuteAsync(await with(new(token, code, password, null, null, null, "Firefox on Linux", null)), CancellationToken.None);
    }

    private static async Task<FactorGate> GateAsync(FactorHost host, SignedInPerson person, School school) =>
        (await host.Get<ReadAccess>().ExecuteAsync(person.AccountId, person.Proof, school.Code, CancellationToken.None))!.FactorGate;
}
