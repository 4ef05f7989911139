using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ascent.Shared;
using NSec.Cryptography;

namespace Ascent.Accounts.Passwords;

/// <summary>Too many passwords wait to be hashed; nothing was looked at.</summary>
public sealed class HashingQueueFullException() : Exception("The password queue is full.");

/// <summary>Everything else is right: come again with the hash. It never leaves <see cref="PasswordHashing.SetAsync"/>.</summary>
internal sealed record PasswordToHash() : Refusal("password-to-hash", "The password is still to be hashed", RefusalKind.TryLater);

/// <summary>
/// Argon2id by libsodium. A hash is stored as a PHC string, so that its parameters stand beside it. Work is queued, a few at a time,
/// because each takes 19 MiB: a burst of sign-ins waits or is turned away, and cannot take the memory.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    // OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane.
    private const int MemoryKiB = 19 * 1024;
    private const int Passes = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int LongestQueue = 200;

    private readonly SemaphoreSlim slots = new(Math.Max(2, Environment.ProcessorCount));
    private readonly string decoy;
    private int waiting;
    private long count;

    public PasswordHashing() => decoy = Write(RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    public void Dispose() => slots.Dispose();

    /// <summary>How many hashes were worked out so far. Tests compare this instead of timing.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <exception cref="HashingQueueFullException">Try again later.</exception>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Write(salt, await DeriveAsync(password, salt, MemoryKiB, Passes, cancellationToken));
    }

    /// <returns>Null when the queue is full.</returns>
    public async Task<string?> TryHashAsync(string password, CancellationToken cancellationToken)
    {
        try
        {
            return await HashAsync(password, cancellationToken);
        }
        catch (HashingQueueFullException)
        {
            return null;
        }
    }

    /// <summary>
    /// A change that sets a password: the attempt comes with no hash first, and says <see cref="PasswordToHash"/> when it would go on with one.
    /// The hash is worked out between the two, because in an attempt it would hold a connection to the database for as long as the queue is.
    /// </summary>
    internal async Task<Result<T>> SetAsync<T>(string? password, Func<string?, Task<Result<T>>> attempt, CancellationToken cancellationToken)
    {
        var looked = await attempt(null);
        if (looked.Refusals is not [PasswordToHash])
            return looked;
        return await TryHashAsync(password!, cancellationToken) is { } hash ? await attempt(hash) : new ServerBusy();
    }

    /// <summary>Compares in constant time. With no stored hash it works just as long and says no.</summary>
    /// <exception cref="HashingQueueFullException">Try again later.</exception>
    public async Task<bool> VerifyAsync(string password, string? stored, CancellationToken cancellationToken)
    {
        var (salt, hash, memory, passes) = Read(stored ?? decoy);
        var derived = await DeriveAsync(password, salt, memory, passes, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(derived, hash) && stored is not null;
    }

    /// <summary>True when the hash was made with weaker parameters than today's; it is made anew at the next sign-in.</summary>
    public static bool NeedsUpgrade(string stored)
    {
        var (_, _, memory, passes) = Read(stored);
        return memory < MemoryKiB || passes < Passes;
    }

    private async Task<byte[]> DeriveAsync(string password, byte[] salt, int memoryKiB, int passes, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref waiting);
            throw new HashingQueueFullException();
        }
        try
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                Interlocked.Increment(ref count);
                var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKiB, NumberOfPasses = passes });
                // NFC: the same password typed on another keyboard is the same password. Half a character, which nobody can have chosen, becomes U+FFFD first.
                var whole = string.Concat(password.EnumerateRunes());
                var bytes = Encoding.UTF8.GetBytes(whole.Normalize(NormalizationForm.FormC));
                return await Task.Run(() => argon2.DeriveBytes(bytes, salt, HashBytes), CancellationToken.None);
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static string Write(byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Passes},p=1${Base64(salt)}${Base64(hash)}");

    private static (byte[] Salt, byte[] Hash, int MemoryKiB, int Passes) Read(string stored)
    {
        var parts = stored.Split('$');
        if (parts.Length != 6 || parts[1] != "argon2id" || parts[2] != "v=19")
            throw new FormatException("A stored password hash is not one of ours.");
        var settings = parts[3].Split(',').Select(p => int.Parse(p[2..], CultureInfo.InvariantCulture)).ToArray();
        return (Bytes(parts[4]), Bytes(parts[5]), settings[0], settings[1]);
    }

    // PHC strings leave the padding of base 64 out.
    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string base64) => Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
}
