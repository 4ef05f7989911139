using System.Security.Cryptography;
using System.Xml.Linq;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

public sealed record MasterKeyMissing(string File)
    : Refusal("master-key-missing", $"This database has secrets under a master key, and that key is not here: neither in {File} nor in ASCENT_MASTER_KEY. Check the data folder, or bring the key back from the backup.", RefusalKind.Refused);

public sealed record MasterKeyWrong()
    : Refusal("master-key-wrong", "This database has secrets under another master key than the one that is here. Check the data folder and ASCENT_MASTER_KEY.", RefusalKind.Refused);

/// <summary>
/// Is the master key here the one of this database? Asked before anything is written, because a command that was started in the wrong
/// folder would otherwise make a new key, and lock under it what nobody else can read.
/// </summary>
public sealed class CheckMasterKey(Database database, ServerSettings settings, IServiceProvider services)
{
    /// <exception cref="FormatException">The setting or the file does not hold a key. The text does not repeat it.</exception>
    public async Task<Result<Done>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var keys = await database.ReadAsync(OrganisationScope.Server, db => db.Set<KeyRingKey>().Select(k => k.Xml).ToListAsync(cancellationToken));
        var wrapped = keys.SelectMany(xml => XElement.Parse(xml).Descendants("wrapped")).LastOrDefault();
        if (wrapped is null)
            return new Done();
        var file = MasterKey.FileIn(settings.DataFolder);
        if (string.IsNullOrWhiteSpace(settings.MasterKey) && !File.Exists(file))
            return new MasterKeyMissing(file);
        try
        {
            new MasterKeyDecryptor(services).Decrypt(wrapped);
            return new Done();
        }
        catch (CryptographicException)
        {
            return new MasterKeyWrong(); // AES-GCM tells a wrong key only by throwing.
        }
    }
}
