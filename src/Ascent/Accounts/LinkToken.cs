using System.Buffers.Text;
using System.Security.Cryptography;

namespace Ascent.Accounts;

/// <summary>The random part of an emailed link or a session cookie: 256 bits as 43 characters of base64url. Only its SHA-256 is stored.</summary>
public static class LinkToken
{
    private const int Bytes = 32;
    private const int Characters = 43;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash under which a token is stored; null when the text cannot be a token. Never throws.</summary>
    public static byte[]? Hash(string? token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (token?.Length != Characters || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != Bytes)
            return null;
        return SHA256.HashData(bytes);
    }
}
