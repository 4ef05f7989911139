using Ascent.Accounts.Factors;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn.Factors;

/// <summary>Short words for passkeys.</summary>
internal static class PasskeyHost
{
    public const string Origin = "https://ascent.example";

    extension(FactorHost host)
    {
        /// <summary>A new passkey of somebody who is signed in, and their session afterwards.</summary>
        public async Task<(SoftPasskey Passkey, SignedInPerson Person, IReadOnlyList<string> Codes)> AddPasskeyAsync(string? name = null, string? token = null, bool counts = true)
        {
            token ??= (await host.PasswordAsync()).Token;
            var person = (await host.ReadAsync(token))!;
            var passkey = new SoftPasskey(Origin) { Counts = counts };
            var added = await host.AddAsync(person, token, passkey.Make(await host.AskToAddAsync(person, token)), name);
            Assert.True(added.Succeeded, string.Join(' ', added.Refusals.Select(r => r.Code)));
            return (passkey, (await host.ReadAsync(added.Value.Token))!, added.Value.RecoveryCodes ?? []);
        }

        public Task<Result<AddedFactor>> AddAsync(SignedInPerson person, string? bound, string? answer, string? name = null) =>
            host.Get<AddPasskey>().ExecuteAsync(person, new(answer, bound, name, "Firefox on Linux"), CancellationToken.None);

        public async Task<string> AskToAddAsync(SignedInPerson person, string? bound) => (await host.Get<Passkeys>().BeginAddAsync(person.AccountId, bound, CancellationToken.None))!;

        public async Task<string> AskToProveAsync(string bound, Guid? accountId = null) =>
            (await host.Get<Passkeys>().BeginProofAsync(accountId ?? host.Member.AccountId, bound, CancellationToken.None))!;

        public async Task<PasskeyQuestion> AskAsync() => (await host.Get<SignInWithPasskey>().BeginAsync(FactorHost.Here, CancellationToken.None)).Value;

        public Task<Result<SignedIn>> SignInAsync(string? answer, string? bound, string? device = null) =>
            host.Get<SignInWithPasskey>().ExecuteAsync(new(answer, bound, FactorHost.Here, "Firefox on Linux", null, device), CancellationToken.None);

        public async Task<Result<SignedIn>> SignInAsync(SoftPasskey passkey)
        {
            var question = await host.AskAsync();
            return await host.SignInAsync(passkey.Answer(question.Options), question.Bound);
        }

        public Task<Result<SignedIn>> CompleteWithAsync(string half, string? answer) =>
            host.Get<CompleteSignIn>().ExecuteAsync(new(half, null, FactorHost.Here, null) { Passkey = answer }, CancellationToken.None);

        public Task<Factor> FactorAsync() => host.Host.ReadAsync(db => db.Set<Factor>().SingleAsync(f => f.Kind == FactorKind.Passkey));
    }
}
