using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ascent.Persistence;

public sealed class PostgresAppDb(DbContextOptions<PostgresAppDb> options) : AppDb(options)
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options.UseNpgsql(connectionString);

    public override string Kind => "PostgreSQL";

    internal override string SizeSql => "SELECT pg_database_size(current_database()) AS \"Value\"";

    public override bool IsConstraintConflict(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    public override bool IsTransient(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException) is
            { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.TooManyConnections };
}
