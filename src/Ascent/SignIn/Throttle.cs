using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn;

/// <summary>Wrong tries under one key: an account from a network, or a network as a whole. The key is a hash; nobody's address is kept.</summary>
public sealed class ThrottleCount
{
    public required string Key { get; init; }

    public int Failures { get; set; }

    public DateTime LastFailureAt { get; set; }

    /// <summary>Nothing is looked at before this moment.</summary>
    public DateTime? RetryAt { get; set; }

    public int Version { get; set; }
}

internal sealed class ThrottleCountMap : IEntityTypeConfiguration<ThrottleCount>
{
    public void Configure(EntityTypeBuilder<ThrottleCount> builder)
    {
        builder.ToTable("throttle_counts");
        builder.HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(64);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.LastFailureAt);
    }
}

/// <summary>
/// Growing delays after wrong passwords, by account and network, known and unknown names alike. Nobody is locked out for good:
/// an account's delay holds only for the network that the wrong tries came from.
/// </summary>
public sealed class Throttle(Database database, TimeProvider clock)
{
    private const int FreeTriesOfAccount = 5;
    private const int FreeTriesOfNetwork = 50;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    /// <returns>How long to wait, or null when the try may be made.</returns>
    public async Task<TimeSpan?> WaitAsync(string emailKey, IPAddress network, CancellationToken cancellationToken)
    {
        string[] keys = [AccountKey(emailKey, network), NetworkKey(network)];
        var now = clock.Now();
        var until = await database.ReadAsync(OrganisationScope.Server, db =>
            db.Set<ThrottleCount>().Where(t => keys.Contains(t.Key) && t.RetryAt > now).MaxAsync(t => t.RetryAt, cancellationToken));
        return until is null ? null : until - now;
    }

    public async Task RecordFailureAsync(string emailKey, IPAddress network, CancellationToken cancellationToken)
    {
        await AddAsync(AccountKey(emailKey, network), FreeTriesOfAccount, cancellationToken);
        await AddAsync(NetworkKey(network), FreeTriesOfNetwork, cancellationToken);
    }

    /// <summary>The right password from here: the account's count begins anew. The network's stays, or one right name would clear the way for guessing others.</summary>
    public async Task ClearAsync(string emailKey, IPAddress network, CancellationToken cancellationToken)
    {
        var key = AccountKey(emailKey, network);
        await using var db = database.Open(OrganisationScope.Server);
        await db.Set<ThrottleCount>().Where(t => t.Key == key).ExecuteDeleteAsync(cancellationToken);
    }

    private Task<int> AddAsync(string key, int free, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var count = await db.Set<ThrottleCount>().SingleOrDefaultAsync(t => t.Key == key, cancellationToken);
            if (count is null)
                db.Add(count = new ThrottleCount { Key = key });
            else if (count.LastFailureAt < now - Forget)
                count.Failures = 0;
            count.Failures++;
            count.LastFailureAt = now;
            count.RetryAt = count.Failures < free ? null : now + Delay(count.Failures - free);
            count.Version++;
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

    private static TimeSpan Delay(int over) =>
        over >= 7 ? LongestDelay : TimeSpan.FromSeconds(Math.Min(5 * (1 << over), LongestDelay.TotalSeconds));

    private static string AccountKey(string emailKey, IPAddress network) => Hash($"account {emailKey} {Network(network)}");

    private static string NetworkKey(IPAddress network) => Hash($"network {Network(network)}");

    /// <summary>One household or school has a whole /64 of IPv6 addresses; IPv4 written as IPv6 is IPv4.</summary>
    internal static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
