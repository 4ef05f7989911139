using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Ascent.Shared.Keys;

/// <summary>Encrypts what must be read back, and makes keyed hashes of what must only be compared.</summary>
public sealed class Secrets(IDataProtectionProvider protection, MasterKey master)
{
    private readonly ConcurrentDictionary<string, byte[]> macKeys = new(StringComparer.Ordinal);

    public string Protect(string purpose, string text) => protection.CreateProtector($"ascent/{purpose}").Protect(text);

    /// <summary>The text, or null when the key that protected it is lost.</summary>
    public string? Unprotect(string purpose, string cipher)
    {
        try
        {
            return protection.CreateProtector($"ascent/{purpose}").Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>HMAC-SHA256 of the text by a key for this purpose, 32 bytes.</summary>
    public byte[] Mac(string purpose, string text) =>
        HMACSHA256.HashData(macKeys.GetOrAdd(purpose, master.Derive), Encoding.UTF8.GetBytes(text));
}
