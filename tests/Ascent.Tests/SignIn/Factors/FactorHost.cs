using System.Net;
using Ascent.Accounts.Factors;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;

namespace Ascent.Tests.SignIn.Factors;

/// <summary>A host with a School setup holder, and short words for second factors.</summary>
internal sealed class FactorHost(AscentHost host, School school, TestMember member) : IAsyncDisposable
{
    public static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");

    public AscentHost Host => host;

    public School School => school;

    public TestMember Member => member;

    public DateTime Now => host.Clock.GetUtcNow().UtcDateTime;

    public static async Task<FactorHost> StartAsync(DatabaseKind kind, FactorRule rule = FactorRule.Default)
    {
        var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync(factorRule: rule);
        return new(host, school, await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ann", "Lee", "ann@school.example"));
    }

    public T Get<T>() where T : notnull => host.Get<T>();

    /// <summary>The right password.</summary>
    public async Task<SignedIn> PasswordAsync(string? device = null) =>
        (await Get<SignInWithPassword>().ExecuteAsync(new(member.Email, TestData.Password, Here, "Firefox on Linux", null, device), CancellationToken.None)).Value;

    public async Task<string> HalfAsync()
    {
        var half = await PasswordAsync();
        Assert.True(half.AwaitsFactor);
        return half.Token;
    }

    public Task<Result<SignedIn>> CompleteAsync(string half, string? code, IPAddress? network = null, string? device = null) =>
        Get<CompleteSignIn>().ExecuteAsync(new(half, code, network ?? Here, device), CancellationToken.None);

    public async Task<SignedInPerson> SignInAsync(string? code = null)
    {
        var signedIn = await PasswordAsync();
        var token = signedIn.AwaitsFactor ? (await CompleteAsync(signedIn.Token, code ?? await NextCodeAsync())).Value.Token : signedIn.Token;
        return (await ReadAsync(token))!;
    }

    public Task<SignedInPerson?> ReadAsync(string? token) => Get<Sessions>().ReadAsync(token, counts: true, CancellationToken.None);

    public Task<string> NextCodeAsync() => host.Data.NextCodeAsync(member.AccountId);

    public Task<Factor> AddFactorAsync() => host.Data.AddFactorAsync(member.AccountId);

    /// <summary>A new app of this person, as its page shows it, and the form that proves it.</summary>
    public (NewApp App, AddAppRequest Request) Begin(SignedInPerson person, string? name = null)
    {
        var app = Get<NewApps>().Begin(person.AccountId, person.Email);
        return (app, new(app.Sealed, TestData.CodeAt(app.Secret, Now), name));
    }

    public async Task<(SignedInPerson Person, IReadOnlyList<string> Codes)> EnrolAsync(string? name = null)
    {
        var person = await SignInAsync();
        var added = (await Get<AddApp>().ExecuteAsync(person, Begin(person, name).Request, CancellationToken.None)).Value;
        return ((await ReadAsync(added.Token))!, added.RecoveryCodes ?? []);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
