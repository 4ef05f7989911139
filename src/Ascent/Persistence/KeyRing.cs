using System.Security.Cryptography;
using System.Xml.Linq;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Persistence;

/// <summary>One key of the Data Protection key ring, wrapped by the master key.</summary>
public sealed class KeyRingKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}

internal sealed class KeyRingKeyMap : IEntityTypeConfiguration<KeyRingKey>
{
    public void Configure(EntityTypeBuilder<KeyRingKey> builder)
    {
        builder.ToTable("key_ring");
        builder.HasKey(k => k.Name);
        builder.Property(k => k.Name).HasMaxLength(200);
    }
}

/// <summary>Keeps the key ring in the database, so that every node and the command line share it.</summary>
internal sealed class KeyRing(Database database) : IXmlRepository
{
    // The interface is synchronous, and so is the framework's use of it.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        database.ReadAsync(OrganisationScope.Server, db => db.Set<KeyRingKey>().Select(k => k.Xml).ToListAsync())
            .GetAwaiter().GetResult().ConvertAll(XElement.Parse);

    public void StoreElement(XElement element, string friendlyName) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            db.Add(new KeyRingKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            return await db.SaveChangesAsync();
        }, CancellationToken.None).GetAwaiter().GetResult();
}

/// <summary>
/// Wraps a key of the ring: AES-256-GCM by a key derived from the master key. It asks for the master key when it wraps and not before:
/// the framework makes it with the web server, and looking for the key may make one.
/// </summary>
internal sealed class MasterKeyEncryptor(IServiceProvider services) : IXmlEncryptor
{
    internal const string Purpose = "key ring";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var cipher = new byte[plain.Length];
        using (var aes = new AesGcm(services.GetRequiredService<MasterKey>().Derive(Purpose), tag.Length))
            aes.Encrypt(nonce, plain, cipher, tag);
        return new(new XElement("wrapped", Convert.ToBase64String([.. nonce, .. tag, .. cipher])), typeof(MasterKeyDecryptor));
    }
}

/// <summary>Made by the framework from its name in the stored XML.</summary>
internal sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var bytes = Convert.FromBase64String(encryptedElement.Value);
        var nonceEnd = AesGcm.NonceByteSizes.MaxSize;
        var tagEnd = nonceEnd + AesGcm.TagByteSizes.MaxSize;
        var plain = new byte[bytes.Length - tagEnd];
        using (var aes = new AesGcm(services.GetRequiredService<MasterKey>().Derive(MasterKeyEncryptor.Purpose), AesGcm.TagByteSizes.MaxSize))
            aes.Decrypt(bytes.AsSpan(0, nonceEnd), bytes.AsSpan(tagEnd), bytes.AsSpan(nonceEnd, tagEnd - nonceEnd), plain);
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
    }
}
