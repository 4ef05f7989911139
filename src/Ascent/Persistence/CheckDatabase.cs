using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Persistence;

public sealed record DatabaseMissing(string Place)
    : Refusal("database-missing", $"There is no Ascent database in {Place} yet. `ascent database migrate` makes it; --data or ASCENT_DATA names another folder.", RefusalKind.Refused);

public sealed record DatabaseLater()
    : Refusal("database-later", "A later version of Ascent has upgraded this database. Use that version.", RefusalKind.Refused);

public sealed record DatabaseOld(int Lacks)
    : Refusal("database-old", $"The database lacks {InWords.Count(Lacks, "migration", "migrations")} of this version. Make a backup, then run `ascent database migrate`; with several servers, once.", RefusalKind.Refused);

/// <summary>May this program use the database as it is? Asked by the server and by commands before they touch anything; changes nothing.</summary>
public sealed class CheckDatabase(MigrateDatabase migrate, CheckMasterKey checkMasterKey)
{
    /// <param name="migratesItself">The caller makes or upgrades the database next, so a missing or older one is no hindrance.</param>
    public async Task<Result<Done>> ExecuteAsync(bool migratesItself, CancellationToken cancellationToken)
    {
        var status = await migrate.StatusAsync(cancellationToken);
        if (status.Unknown.Count > 0)
            return new DatabaseLater();
        if (status.Applied.Count == 0)
            return migratesItself ? new Done() : new DatabaseMissing(migrate.Place);
        if (status.Pending.Count > 0 && !migratesItself)
            return new DatabaseOld(status.Pending.Count);
        return await checkMasterKey.ExecuteAsync(cancellationToken);
    }
}
