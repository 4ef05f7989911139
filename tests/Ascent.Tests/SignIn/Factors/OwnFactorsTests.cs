using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn.Factors;

public sealed class OwnFactorsTests
{
    [Theory, BothDatabases]
    [Asvs("6.5.2", "Recovery codes have 120 random bits, and only their hashes are kept.")]
    public async Task Add_FirstApp_IsAskedFromThenOnAndBringsTenCodes(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var before = await host.PasswordAsync();
        var elsewhere = await host.PasswordAsync();
        var person = (await host.ReadAsync(before.Token))!;
        var (app, request) = host.Begin(person, " My  phone ");

        var added = (await host.Get<AddApp>().ExecuteAsync(person, request, CancellationToken.None)).Value;

        Assert.Equal(RecoveryCodes.Count, added.RecoveryCodes!.Distinct().Count());
        // 24 characters of 5 bits each.
        Assert.All(added.RecoveryCodes!, code => Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$", code));
        // The session has another id, is as old as it was, and knows of the factor; every other one has ended.
        Assert.Null(await host.ReadAsync(before.Token));
        Assert.Null(await host.ReadAsync(elsewhere.Token));
        var after = (await host.ReadAsync(added.Token))!;
        Assert.Equal((true, true, person.StartedAt, person.ConfirmedAt), (after.HasFactor, after.GaveFactor, after.StartedAt, after.ConfirmedAt));
        var factor = await host.Host.ReadAsync(db => db.Set<Factor>().SingleAsync());
        Assert.Equal(("My phone", FactorKind.App, after.FactorId), (factor.Name, factor.Kind, (Guid?)factor.Id));
        Assert.DoesNotContain(app.Secret, factor.SecretCipher, StringComparison.Ordinal);
        Assert.All(await host.Host.ReadAsync(db => db.Set<RecoveryCode>().ToListAsync()), code => Assert.Equal(32, code.Hash.Length));
        Assert.Equal(["factor-changed"], await host.Host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Recipient == host.Member.Email).Select(m => m.Template).Distinct().Where(t => t.StartsWith("factor")).ToListAsync()));
        Assert.Equal("factor-added", await host.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.ActorId == host.Member.AccountId).Select(e => e.Kind).SingleAsync()));
        // The code that proved the app is used up.
        Assert.IsType<WrongFactor>(Assert.Single((await host.CompleteAsync(await host.HalfAsync(), request.Code)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Add_NotProvedOrNotAllowed_AddsNothing(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var person = await host.SignInAsync();
        var (app, request) = host.Begin(person);
        var stranger = await host.Host.Data.AddMemberAsync(host.School);
        async Task<Refusal> RefusedAsync(AddAppRequest asked) => Assert.Single((await host.Get<AddApp>().ExecuteAsync(person, asked, CancellationToken.None)).Refusals);

        Assert.IsType<AppCodeWrong>(await RefusedAsync(request with { Code = "000 000" == request.Code ? "111111" : "000000" }));
        Assert.IsType<AppCodeWrong>(await RefusedAsync(request with { Code = null }));
        Assert.IsType<NewAppExpired>(await RefusedAsync(request with { SealedApp = null }));
        Assert.IsType<NewAppExpired>(await RefusedAsync(request with { SealedApp = "CfDJ8rubbish" }));
        Assert.IsType<NewAppExpired>(await RefusedAsync(request with { SealedApp = host.Get<NewApps>().Begin(stranger.AccountId, stranger.Email).Sealed }));
        Assert.Equal("Name", (await RefusedAsync(request with { Name = new string('x', 61) })).Field);
        Assert.Equal("Name", (await RefusedAsync(request with { Name = "My\u202ephone" })).Field);
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ConfirmItIsYou>(await RefusedAsync(request with { Code = TestData.CodeAt(app.Secret, host.Now) }));
        Assert.Equal(0, await host.Host.CountAsync<Factor>());
    }

    [Theory, BothDatabases]
    public async Task Add_SentTwice_AddsOne(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var person = await host.SignInAsync();
        var (_, request) = host.Begin(person);

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => host.Get<AddApp>().ExecuteAsync(person, request, CancellationToken.None))));

        Assert.All(both, b => Assert.True(b.Succeeded));
        Assert.Single(both, b => b.Value.RecoveryCodes is not null);
        Assert.Equal((1, 10), (await host.Host.CountAsync<Factor>(), await host.Host.CountAsync<RecoveryCode>()));
    }

    [Theory, BothDatabases]
    public async Task Add_TwoFirstAppsAtOnce_LeaveOneSetOfRecoveryCodes(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (one, other) = (await host.SignInAsync(), await host.SignInAsync());

        var both = await Task.WhenAll(new[] { one, other }.Select(person => Task.Run(() => host.Get<AddApp>().ExecuteAsync(person, host.Begin(person).Request, CancellationToken.None))));

        // The first ends the session of the second, unless that one came in before.
        Assert.Contains(both, b => b.Succeeded);
        Assert.Equal(10, await host.Host.CountAsync<RecoveryCode>());
        Assert.Single(both, b => b.Succeeded && b.Value.RecoveryCodes is not null);
    }

    [Theory, BothDatabases]
    public async Task Add_MoreThanFive_IsRefused(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (person, _) = await host.EnrolAsync();
        for (var i = 1; i < Factor.Most; i++)
            await host.AddFactorAsync();

        Assert.IsType<TooManyFactors>(Assert.Single((await host.Get<AddApp>().ExecuteAsync(person, host.Begin(person).Request, CancellationToken.None)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Remove_LastWhileRequired_IsRefusedAndAfterwardsTakesTheCodesAlong(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (person, _) = await host.EnrolAsync();
        Task<Result<string>> RemoveAsync() => host.Get<RemoveFactor>().ExecuteAsync(person, person.FactorId!.Value, CancellationToken.None);

        Assert.Equal([host.School.Name], Assert.IsType<LastFactor>(Assert.Single((await RemoveAsync()).Refusals)).RequiredBy);
        Assert.True((await host.Get<SetFactorRule>().ExecuteAsync(host.School.Code, FactorRule.Offered, Actor.Operator, CancellationToken.None)).Succeeded);
        Assert.True((await RemoveAsync()).Succeeded);

        Assert.Equal((0, 0), (await host.Host.CountAsync<Factor>(), await host.Host.CountAsync<RecoveryCode>()));
        Assert.False((await host.PasswordAsync()).AwaitsFactor);
        Assert.IsType<NotFound>(Assert.Single((await RemoveAsync()).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Remove_OneOfTwo_EndsTheSessionsThatItOpened(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (person, _) = await host.EnrolAsync();
        var lost = await host.AddFactorAsync();
        var thief = (await host.CompleteAsync(await host.HalfAsync(), await host.NextCodeAsync())).Value.Token;
        Assert.Equal(lost.Id, (await host.ReadAsync(thief))!.FactorId);

        Assert.True((await host.Get<RemoveFactor>().ExecuteAsync(person, lost.Id, CancellationToken.None)).Succeeded);

        Assert.Null(await host.ReadAsync(thief));
        Assert.Equal(1, await host.Host.CountAsync<Factor>());
        Assert.Equal(10, await host.Host.CountAsync<RecoveryCode>());
    }

    [Theory, BothDatabases]
    public async Task Remove_TwoTheLastTwoAtOnce_OneStays(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (person, _) = await host.EnrolAsync();
        var second = await host.AddFactorAsync();
        Guid[] ids = [person.FactorId!.Value, second.Id];

        var both = await Task.WhenAll(ids.Select(id => Task.Run(() => host.Get<RemoveFactor>().ExecuteAsync(person, id, CancellationToken.None))));

        Assert.Single(both, b => b.Succeeded);
        Assert.Equal(1, await host.Host.CountAsync<Factor>());
    }

    [Theory, BothDatabases]
    public async Task MakeCodes_New_OldOnesDie(DatabaseKind kind)
    {
        await using var host = await FactorHost.StartAsync(kind);
        var (person, old) = await host.EnrolAsync();

        var made = (await host.Get<MakeRecoveryCodes>().ExecuteAsync(person, CancellationToken.None)).Value;

        Assert.IsType<WrongFactor>(Assert.Single((await host.CompleteAsync(await host.HalfAsync(), old[0])).Refusals));
        Assert.True((await host.CompleteAsync(await host.HalfAsync(), made[0])).Succeeded);
        Assert.Equal(10, await host.Host.CountAsync<RecoveryCode>());
        Assert.IsType<NoFactorYet>(Assert.Single((await host.Get<MakeRecoveryCodes>().ExecuteAsync(person with { AccountId = (await host.Host.Data.AddMemberAsync(host.School)).AccountId }, CancellationToken.None)).Refusals));
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await host.Get<MakeRecoveryCodes>().ExecuteAsync(person, CancellationToken.None)).Refusals));
    }
}
