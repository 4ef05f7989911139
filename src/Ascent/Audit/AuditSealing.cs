using System.Security.Cryptography;
using System.Text;
using Ascent.Shared.Keys;

namespace Ascent.Audit;

/// <summary>How an entry is bound to its place: SHA-256 over its contents and the hash before it, and an HMAC by a key outside the database.</summary>
public sealed class AuditSealing(MasterKey master)
{
    private readonly byte[] key = master.Derive("audit chain");

    internal static byte[] FirstHash(Guid organisationId) => SHA256.HashData(organisationId.ToByteArray());

    /// <summary>The hash of an entry at a place. Fields are length-prefixed, so that no two entries read the same.</summary>
    internal static byte[] HashOf(AuditEntry entry, long sequence, byte[] previous)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(previous);
            writer.Write(entry.OrganisationId.ToByteArray());
            writer.Write(sequence);
            writer.Write(entry.Id.ToByteArray());
            writer.Write(entry.At.Ticks);
            writer.Write(entry.Kind);
            writer.Write((int)entry.ActorKind);
            writer.Write((entry.ActorId ?? Guid.Empty).ToByteArray());
            writer.Write(entry.Facts);
            writer.Write(entry.DetailHashes);
        }
        return SHA256.HashData(buffer.ToArray());
    }

    internal byte[] MacOf(byte[] hash) => HMACSHA256.HashData(key, hash);

    /// <summary>The HMAC of a chain's head covers its length too, so that a shortened chain cannot keep an old head.</summary>
    internal byte[] MacOfHead(long sequence, byte[] hash) => HMACSHA256.HashData(key, (byte[])[.. BitConverter.GetBytes(sequence), .. hash]);

    /// <summary>The row was written by the sealer of this server.</summary>
    public bool IsHead(AuditChain head) => CryptographicOperations.FixedTimeEquals(head.Mac, MacOfHead(head.Sequence, head.Hash));
}
