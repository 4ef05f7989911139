using System.Security.Cryptography;
using System.Xml.Linq;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Persistence;

public sealed record MasterKeyMissing(string File)
    : Refusal("master-key-missing", $"This database has secrets under a master key, and that key is not here: neither in {File} nor in ASCENT_MASTER_KEY. Check the data folder, or bring the key back from the backup. {MasterKeyWrong.WayOn}", RefusalKind.Refused);

public sealed record MasterKeyWrong()
    : Refusal("master-key-wrong", $"This database has secrets under another master key than the one that is here. Check the data folder and ASCENT_MASTER_KEY. {WayOn}", RefusalKind.Refused)
{
    internal const string WayOn = "If the right key is lost for good: `ascent keys replace` says what goes with it.";
}

/// <summary>The setting or the file holds something that is no key.</summary>
public sealed record MasterKeyUnreadable(string Message) : Refusal("master-key-unreadable", Message, RefusalKind.Refused);

/// <summary>
/// Is the master key here the one of this database? Asked before anything is written, because a server or a command that was started in
/// the wrong folder would otherwise make a new key, and lock under it what nobody else can read.
/// </summary>
public sealed class CheckMasterKey(Database database, ServerSettings settings, IServiceProvider services)
{
    public async Task<Result<Done>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var keys = await database.ReadAsync(OrganisationScope.Server, db => db.Set<KeyRingKey>().Select(k => k.Xml).ToListAsync(cancellationToken));
        var wrapped = keys.SelectMany(xml => XElement.Parse(xml).Descendants("wrapped")).LastOrDefault();
        var file = MasterKey.FileIn(settings.DataFolder);
        if (string.IsNullOrWhiteSpace(settings.MasterKey) && !File.Exists(file))
            return wrapped is null ? new Done() : new MasterKeyMissing(file);
        try
        {
            _ = services.GetRequiredService<MasterKey>();
            if (wrapped is not null)
                new MasterKeyDecryptor(services).Decrypt(wrapped);
            return new Done();
        }
        catch (FormatException unreadable)
        {
            return new MasterKeyUnreadable(unreadable.Message);
        }
        catch (CryptographicException)
        {
            return new MasterKeyWrong(); // AES-GCM tells a wrong key only by throwing.
        }
    }
}
