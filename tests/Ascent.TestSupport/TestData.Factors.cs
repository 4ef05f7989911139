using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.SignIn.Factors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>An authenticator app whose secret the test can read, put straight into the database.</summary>
    public async Task<Factor> AddFactorAsync(Guid accountId, string name = "Test phone")
    {
        // Later than what there is, so that it is the newest.
        ((FakeTimeProvider)Clock).Advance(TimeSpan.FromSeconds(1));
        var factor = new Factor
        {
            Id = Clock.NewId(), AccountId = accountId, Kind = FactorKind.App, Name = name, AddedAt = Clock.Now(), SecretCipher = Get<Secrets>().Protect("authenticator secret", AppSecret.Create()),
        };
        await SaveAsync(db =>
        {
            db.Add(factor);
            return Task.CompletedTask;
        });
        return factor;
    }

    /// <summary>
    /// A code that the account's newest app shows and that has not been used. Three fit at any moment; after them the test's clock goes on,
    /// as the person would wait.
    /// </summary>
    public async Task<string> NextCodeAsync(Guid accountId)
    {
        var factor = await ReadAsync(db => db.Set<Factor>().Where(f => f.AccountId == accountId).OrderByDescending(f => f.AddedAt).ThenByDescending(f => f.Id).FirstAsync());
        var secret = Get<Secrets>().Unprotect("authenticator secret", factor.SecretCipher!)!;
        while (StepOf(Clock.Now()) + 1 <= factor.LastStep)
            ((FakeTimeProvider)Clock).Advance(Step);
        return CodeOf(secret, Math.Max(factor.LastStep + 1, StepOf(Clock.Now()) - 1));
    }

    public async Task<string> NextCodeAsync(string email)
    {
        var key = Shared.Text.EmailAddress.Parse(email)!.Key;
        return await NextCodeAsync(await ReadAsync(db => db.Set<Account>().Where(a => a.EmailKey == key).Select(a => a.Id).SingleAsync()));
    }

    /// <summary>What an app with this secret shows at a moment.</summary>
    public static string CodeAt(string secret, DateTime at) => CodeOf(secret, StepOf(at));

    private static string CodeOf(string secret, long step) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(DateTime.UnixEpoch + (step * Step));

    private static long StepOf(DateTime at) => (at - DateTime.UnixEpoch).Ticks / Step.Ticks;
}
