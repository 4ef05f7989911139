using System.Data.Common;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Ascent.Persistence;

/// <summary>
/// Row-level security on PostgreSQL, the second wall between organisations: whatever a query forgets, the database shows and takes only
/// rows of the organisations that the transaction was opened for. Made anew after every migration, so that a new table cannot be left out.
/// </summary>
public static class RowSecurity
{
    /// <summary>The setting that the policies read: ids with commas between, or <see cref="WholeServer"/>. Unset means no rows.</summary>
    public const string Setting = "ascent.organisations";

    /// <summary>For work that begins before an organisation is known, or serves them all (<see cref="OrganisationScope.Server"/>).</summary>
    public const string WholeServer = "*";

    private const string Policy = "organisation";

    /// <summary>Why a table has no policy. A table that is in neither list stops the migration and fails a test.</summary>
    public static readonly IReadOnlyDictionary<string, string> Exempt = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["accounts"] = "belongs to the person, who may be in several organisations; what an organisation knows of them stands in memberships",
        ["organisations"] = "names and public register facts, read to find an organisation by its address",
        ["sessions"] = "belongs to the person; a session is known before the organisation is",
        ["known_devices"] = "belongs to the person",
        ["password_resets"] = "belongs to the person",
        ["email_changes"] = "belongs to the person",
        ["factors"] = "belongs to the person",
        ["recovery_codes"] = "belongs to the person",
        ["factor_trusts"] = "belongs to the person: which organisations a factor opens",
        ["passkey_challenges"] = "belongs to a browser, before anybody is known",
        ["throttle_counts"] = "counts by account and network, before anybody is known",
        ["operators"] = "belongs to the server",
        ["operator_invitations"] = "belongs to the server",
        ["operator_notices"] = "written for those who run the server",
        ["nightly_runs"] = "belongs to the server",
        ["conversions"] = "belongs to the server: which school became which; numbers and names of the public register",
        ["server_facts"] = "belongs to the server",
        ["national_datasets"] = "published figures of the country, the same for everybody",
        ["key_ring"] = "belongs to the server; wrapped by the master key",
    };

    public static string ValueFor(OrganisationScope scope) => scope.Only?.ToString() ?? WholeServer;

    /// <summary>
    /// Gives every table of organisations its policy, for the owner of the tables too, and lets <paramref name="role"/> work with rows and
    /// nothing else. It may be run again.
    /// </summary>
    /// <param name="db">Signed in as the owner of the tables.</param>
    /// <param name="role">The role of ASCENT_DATABASE; the owner itself where there is only one.</param>
    internal static async Task ApplyAsync(PostgresAppDb db, string role, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var table in OwnedTables(db))
            await ExecuteAsync($"""
                ALTER TABLE {Quoted(table)} ENABLE ROW LEVEL SECURITY;
                ALTER TABLE {Quoted(table)} FORCE ROW LEVEL SECURITY;
                DROP POLICY IF EXISTS {Policy} ON {Quoted(table)};
                CREATE POLICY {Policy} ON {Quoted(table)} USING (
                    (SELECT current_setting('{Setting}', true)) = '{WholeServer}'
                    OR organisation_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('{Setting}', true), ''), '{WholeServer}'), ','))::uuid[]));
                """);
        if (role != await CurrentRoleAsync(db, cancellationToken))
            await ExecuteAsync($"""
                GRANT USAGE ON SCHEMA public TO {Quoted(role)};
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {Quoted(role)};
                REVOKE INSERT, UPDATE, DELETE ON "__EFMigrationsHistory" FROM {Quoted(role)};
                """);
        await transaction.CommitAsync(cancellationToken);

        Task ExecuteAsync(string sql) => db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
    }

    /// <summary>What keeps the wall from standing, in words for whoever runs the server; empty when it stands.</summary>
    internal static async Task<IReadOnlyList<string>> GapsAsync(PostgresAppDb db, CancellationToken cancellationToken)
    {
        var gaps = new List<string>();
        var guarded = await db.Database.SqlQueryRaw<string>("""
            SELECT c.relname::text AS "Value" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
            """).ToListAsync(cancellationToken);
        if (OwnedTables(db).Except(guarded).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } open)
            gaps.Add($"No row-level security on {string.Join(", ", open)}: run `ascent database migrate`.");
        var passes = await db.Database.SqlQueryRaw<bool>("SELECT rolsuper OR rolbypassrls AS \"Value\" FROM pg_roles WHERE rolname = current_user").ToListAsync(cancellationToken);
        if (passes is [true])
            gaps.Add("The role of ASCENT_DATABASE is a superuser or has BYPASSRLS, so row-level security does not hold for it: give it a role of its own.");
        return gaps;
    }

    /// <summary>The tables whose rows belong to an organisation.</summary>
    /// <exception cref="InvalidOperationException">A table is neither theirs nor in the list of exempt ones.</exception>
    public static IReadOnlyList<string> OwnedTables(AppDb db)
    {
        var tables = db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null).ToLookup(e => typeof(IOrganisationOwned).IsAssignableFrom(e.ClrType), e => e.GetTableName()!);
        if (tables[false].Except(tables[true]).Except(Exempt.Keys).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
            throw new InvalidOperationException($"Whose rows are in {string.Join(", ", unknown)}? Make them {nameof(IOrganisationOwned)}, or list them in {nameof(RowSecurity)}.{nameof(Exempt)} with the reason.");
        return [.. tables[true].Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task<string> CurrentRoleAsync(PostgresAppDb db, CancellationToken cancellationToken) =>
        (await db.Database.SqlQueryRaw<string>("SELECT current_user::text AS \"Value\"").ToListAsync(cancellationToken)).Single();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Tells PostgreSQL, at the start of every transaction and for it alone, whose rows it is about.</summary>
internal sealed class RowSecurityScope : DbTransactionInterceptor
{
    public static readonly RowSecurityScope Instance = new();

    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var command = Command(connection, result, eventData);
        command.ExecuteNonQuery();
        return result;
    }

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection, result, eventData);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private static NpgsqlCommand Command(DbConnection connection, DbTransaction transaction, DbContextEventData eventData)
    {
        var command = new NpgsqlCommand($"SELECT set_config('{RowSecurity.Setting}', $1, true)", (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = RowSecurity.ValueFor(((AppDb)eventData.Context!).Scope) });
        return command;
    }
}
