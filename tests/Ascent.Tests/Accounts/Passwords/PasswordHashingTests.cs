using Ascent.Accounts.Passwords;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Passwords;

public sealed class PasswordHashingTests
{
    private readonly PasswordHashing hashing = new();

    [Fact]
    [Asvs("11.4.2", "Argon2id with 19 MiB and two passes, a salt for each password.")]
    public async Task HashAsync_SamePasswordTwice_HasTwoSaltsAndTheParametersBeside()
    {
        var (first, second) = (await HashAsync("seven green kites above"), await HashAsync("seven green kites above"));

        Assert.NotEqual(first, second);
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", first);
        Assert.False(PasswordHashing.NeedsUpgrade(first));
    }

    [Fact]
    public async Task VerifyAsync_Password_IsComparedAfterComposing()
    {
        var stored = await HashAsync("caf\u00e9 with green kites");

        Assert.True(await hashing.VerifyAsync("cafe\u0301 with green kites", stored, CancellationToken.None));
        Assert.False(await hashing.VerifyAsync("cafe with green kites", stored, CancellationToken.None));
    }

    [Theory]
    [InlineData("Seven green kites above")]
    [InlineData("seven green kites above ")]
    [InlineData(" seven green kites above")]
    [InlineData("seven green kites abov")]
    [InlineData("sevengreenkitesabove")]
    [Asvs("6.2.8", "Case, blanks and length count; only composed and decomposed letters are the same, as NIST SP 800-63B-4 advises.")]
    public async Task VerifyAsync_OtherCaseBlanksOrLength_IsAnotherPassword(string typed) =>
        Assert.False(await hashing.VerifyAsync(typed, await HashAsync("seven green kites above"), CancellationToken.None));

    [Fact]
    [Asvs("6.2.8", "Nothing is cut off: the 128th character counts.")]
    public async Task VerifyAsync_LongestAllowed_IsComparedToItsLastCharacter()
    {
        var password = string.Concat(Enumerable.Range(0, PasswordRules.Longest).Select(i => (char)('a' + (i * 7 % 26))));
        var stored = await HashAsync(password);

        Assert.True(await hashing.VerifyAsync(password, stored, CancellationToken.None));
        Assert.False(await hashing.VerifyAsync($"{password[..^1]}!", stored, CancellationToken.None));
    }

    [Fact]
    public async Task VerifyAsync_NothingStored_SaysNoAfterTheSameWork()
    {
        var stored = await HashAsync("seven green kites above");
        var before = hashing.Count;
        await hashing.VerifyAsync("another", stored, CancellationToken.None);
        var known = hashing.Count - before;
        Assert.False(await hashing.VerifyAsync("another", null, CancellationToken.None));

        Assert.Equal((1, 1), (known, hashing.Count - before - known));
    }

    [Theory]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA", false)]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA", false)]
    [InlineData("$argon2id$v=19$m=8192,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA", true)]
    [InlineData("$argon2id$v=19$m=19456,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA", true)]
    public void NeedsUpgrade_Weaker_IsTold(string stored, bool weaker) => Assert.Equal(weaker, PasswordHashing.NeedsUpgrade(stored));

    [Fact]
    [Asvs("15.2.2", "Passwords wait in a bounded queue; who finds it full is turned away at once.")]
    public async Task HashAsync_MoreThanTheQueueHolds_AreTurnedAwayAtOnce()
    {
        var all = Enumerable.Range(0, 230).Select(_ => hashing.TryHashAsync("a burst of passwords", CancellationToken.None)).ToArray();
        var turnedAway = all.Count(t => t.IsCompleted && t.Result is null);

        Assert.InRange(turnedAway, 1, 30); // some were worked out while the others came
        Assert.Equal(230 - turnedAway, (await Task.WhenAll(all)).Count(h => h is not null));
    }

    private Task<string> HashAsync(string password) => hashing.HashAsync(password, CancellationToken.None);
}
