using System.Linq.Expressions;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>Tries under one key: an account from a network, a network, an account from anywhere. The key is a hash; nobody's address is kept.</summary>
public sealed class ThrottleCount
{
    public required string Key { get; init; }

    /// <summary>Wrong tries, and those that are being looked at.</summary>
    public int Tries { get; set; }

    public DateTime LastTryAt { get; set; }

    /// <summary>Once the free tries are used up, nothing is looked at before this moment.</summary>
    public DateTime? RetryAt { get; set; }
}

internal sealed class ThrottleCountMap : IEntityTypeConfiguration<ThrottleCount>
{
    public void Configure(EntityTypeBuilder<ThrottleCount> builder)
    {
        builder.ToTable("throttle_counts");
        builder.HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(64);
        builder.HasIndex(t => t.LastTryAt);
    }
}

/// <param name="FreeTries">So many may be made before the first delay.</param>
public sealed record ThrottleKey(string Key, int FreeTries);

/// <summary>
/// Growing delays after wrong tries, the same for known and unknown names. A try is counted before it is looked at, in one conditional
/// update, so a hundred at once are a hundred; the right password takes its try back. Nobody is locked out for good: delays end at
/// five minutes, an account's first delays hold only for the network that they came from, and a device that signed in to the account
/// before passes by the delay that holds from everywhere.
/// </summary>
public sealed class Throttle(Database database, TimeProvider clock)
{
    private const int FreeTriesOfAccountAndNetwork = 5;
    private const int FreeTriesOfNetwork = 50;
    private const int FreeTriesOfAccount = 100;
    private const int FreeFactorsOfAccount = 20;
    private const int FreeResets = 3;
    private const int FreePasskeysOfNetwork = 100;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);

    /// <summary>The delays, from the first try over the free ones on.</summary>
    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(160), TimeSpan.FromMinutes(5)];

    public static ThrottleKey[] SignInKeys(string emailKey, IPAddress network, bool isKnownDevice)
    {
        ThrottleKey[] keys = [new(Hash($"account {emailKey} {Network(network)}"), FreeTriesOfAccountAndNetwork), new(Hash($"network {Network(network)}"), FreeTriesOfNetwork)];
        return isKnownDevice ? keys : [.. keys, new(Hash($"account {emailKey}"), FreeTriesOfAccount)];
    }

    public static ThrottleKey[] ResetKeys(string emailKey, IPAddress network) =>
        [new(Hash($"reset {emailKey}"), FreeResets), new(Hash($"reset network {Network(network)}"), FreeTriesOfNetwork)];

    /// <summary>For a password that somebody who is signed in gives again.</summary>
    public static ThrottleKey[] ConfirmKeys(Guid accountId) => [new(Hash($"confirm {accountId:N}"), FreeTriesOfAccountAndNetwork)];

    /// <summary>
    /// For codes of a second factor. Whoever tries them knows the password, and six digits bear few tries: an account takes fewer from
    /// everywhere than it does of passwords.
    /// </summary>
    /// <param name="network">Null for somebody who is signed in already.</param>
    public static ThrottleKey[] FactorKeys(Guid accountId, IPAddress? network, bool isKnownDevice)
    {
        ThrottleKey own = new(Hash($"factor {accountId:N} {(network is null ? "" : Network(network))}"), FreeTriesOfAccountAndNetwork);
        return isKnownDevice ? [own] : [own, new(Hash($"factor {accountId:N}"), FreeFactorsOfAccount)];
    }

    /// <summary>
    /// For passkeys at the front door. Nobody guesses a signature; what is kept low is how many questions a stranger makes the server
    /// remember.
    /// </summary>
    public static ThrottleKey[] PasskeyKeys(IPAddress network) => [new(Hash($"passkey network {Network(network)}"), FreePasskeysOfNetwork)];

    /// <summary>For asking for another user name: each asking may send a mail to somebody who never wanted one.</summary>
    public static ThrottleKey[] EmailChangeKeys(Guid accountId) => [new(Hash($"email change {accountId:N}"), FreeTriesOfAccountAndNetwork)];

    /// <summary>Counts a try under every key, or under none.</summary>
    /// <returns>How long to wait, or null when the try may be made.</returns>
    public async Task<TimeSpan?> TryBeginAsync(ThrottleKey[] keys, CancellationToken cancellationToken)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (await TryCountAsync(keys[i], cancellationToken) is not { } wait)
                continue;
            await TakeBackAsync(keys[..i], cancellationToken);
            return wait;
        }
        return null;
    }

    /// <summary>The try was right. The first key begins anew; of the others it is taken back, or one right name would clear the way for guessing others.</summary>
    public async Task EndRightAsync(ThrottleKey[] keys, CancellationToken cancellationToken)
    {
        if (keys.Length == 0)
            return;
        var first = keys[0].Key;
        await database.WriteAsync(OrganisationScope.Server, db => db.Set<ThrottleCount>().Where(t => t.Key == first).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await TakeBackAsync(keys[1..], cancellationToken);
    }

    /// <summary>The try was counted and not looked at after all: as if it had not been made.</summary>
    public async Task TakeBackAsync(ThrottleKey[] keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
            await TakeBackAsync(key, cancellationToken);
    }

    private async Task<TimeSpan?> TryCountAsync(ThrottleKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.Now();
            var forgotten = now - Forget;
            if (await CountAsync(key, now, forgotten, cancellationToken))
                return null;
            var row = await database.ReadAsync(OrganisationScope.Server, db => db.Set<ThrottleCount>().SingleOrDefaultAsync(t => t.Key == key.Key, cancellationToken));
            // It may have come, or its delay gone, since the update looked: then it is counted after all.
            if (row is not null && (row.Tries < key.FreeTries || row.RetryAt <= now || row.LastTryAt < forgotten))
                continue;
            if (row is not null)
                return Shortest(row.RetryAt - now);
            if (await InsertAsync(key, now, cancellationToken))
                return null;
        }
    }

    // Tries in the air may stand over the free ones without a delay yet; they are a second away from an answer.
    private static TimeSpan Shortest(TimeSpan? wait) => wait is { } w && w > TimeSpan.FromSeconds(1) ? w : TimeSpan.FromSeconds(1);

    /// <summary>One conditional update: it counts if a try is free, the delay is over, or everything is long ago.</summary>
    private Task<bool> CountAsync(ThrottleKey key, DateTime now, DateTime forgotten, CancellationToken cancellationToken) =>
        database.WriteAsync(OrganisationScope.Server, async db => await db.Set<ThrottleCount>()
            .Where(t => t.Key == key.Key && (t.Tries < key.FreeTries || t.RetryAt <= now || t.LastTryAt < forgotten))
            .ExecuteUpdateAsync(set => set
                .SetProperty(t => t.Tries, t => t.LastTryAt < forgotten ? 1 : t.Tries + 1)
                .SetProperty(t => t.RetryAt, RetryAt(key.FreeTries, now, forgotten))
                .SetProperty(t => t.LastTryAt, now), cancellationToken) == 1, cancellationToken);

    /// <returns>False when somebody was quicker, and the try counts on their row.</returns>
    private Task<bool> InsertAsync(ThrottleKey key, DateTime now, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            if (await db.Set<ThrottleCount>().AnyAsync(t => t.Key == key.Key, cancellationToken))
                return false;
            db.Add(new ThrottleCount { Key = key.Key, Tries = 1, LastTryAt = now });
            return await db.SaveChangesAsync(cancellationToken) == 1;
        }, cancellationToken);

    private Task<int> TakeBackAsync(ThrottleKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(OrganisationScope.Server, db => db.Set<ThrottleCount>().Where(t => t.Key == key.Key && t.Tries > 0)
            .ExecuteUpdateAsync(set => set
                .SetProperty(t => t.RetryAt, t => t.Tries - 1 < key.FreeTries ? null : t.RetryAt)
                .SetProperty(t => t.Tries, t => t.Tries - 1), cancellationToken), cancellationToken);

    /// <summary>
    /// The delay by the number of tries, written so that the database works it out. The moments are variables and not constants of the
    /// expression, or each would be a new query to be compiled, which takes longer than hashing the password.
    /// </summary>
    private static Expression<Func<ThrottleCount, DateTime?>> RetryAt(int free, DateTime now, DateTime forgotten)
    {
        var (first, second, third, fourth, fifth, sixth, last) =
            (now + Delays[0], now + Delays[1], now + Delays[2], now + Delays[3], now + Delays[4], now + Delays[5], now + Delays[6]);
        return t => t.Tries < free - 1 || t.LastTryAt < forgotten ? null
            : t.Tries < free ? first
            : t.Tries < free + 1 ? second
            : t.Tries < free + 2 ? third
            : t.Tries < free + 3 ? fourth
            : t.Tries < free + 4 ? fifth
            : t.Tries < free + 5 ? sixth
            : last;
    }

    /// <summary>One household or school has a whole /64 of IPv6 addresses; IPv4 written as IPv6 is IPv4.</summary>
    public static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
