using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ascent.Tests.Persistence;

/// <summary>
/// The second wall, asked without the first: SQL by hand on a connection of the application's own role, as it would be if every filter of the
/// program had been forgotten.
/// </summary>
public sealed class RowSecurityTests
{
    private const string InOrganisations = "SELECT set_config('ascent.organisations', $1, true)";

    [Fact]
    [Asvs("8.4.1", "On PostgreSQL row-level security holds even if every filter were forgotten.")]
    public async Task Sql_NobodySaidWhose_FindsNoRowsInAnyTableOfOrganisations()
    {
        await using var host = await StartAsync();
        var (mine, _) = await AddTwoSchoolsAsync(host);
        await using var connection = await ConnectAsync(host);

        foreach (var table in await TablesAsync(host))
        {
            Assert.Equal((table, 0L), (table, await CountAsync(connection, table)));
            // Not in an organisation that is not there, in what is no id of one, nor in an empty list.
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var other in (string[])["0197f000-0000-7000-8000-000000000009", ""])
            {
                await ExecuteAsync(connection, InOrganisations, other);
                Assert.Equal((table, other, 0L), (table, other, await CountAsync(connection, table)));
            }
        }

        // The rows are there for those who say so.
        await using var work = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, InOrganisations, mine.ToString());
        Assert.Equal(10, await CountAsync(connection, "seats"));
    }

    [Fact]
    public async Task Sql_OneConnectionServesTwoOrganisationsInTurn_EachSeesItsOwnAndNothingStays()
    {
        await using var host = await StartAsync();
        var (mine, other) = await AddTwoSchoolsAsync(host);
        await using var connection = await ConnectAsync(host);

        foreach (var organisation in (Guid[])[mine, other, mine])
        {
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                await ExecuteAsync(connection, InOrganisations, organisation.ToString());
                foreach (var table in await TablesAsync(host))
                    Assert.Equal((table, 0L), (table, await CountAsync(connection, $"{table} WHERE organisation_id <> '{organisation}'")));
                Assert.True(await CountAsync(connection, "memberships") >= 1);
                await transaction.CommitAsync();
            }
            Assert.Equal(0, await CountAsync(connection, "memberships"));
        }
    }

    // The same through the program: a pool of one connection, and contexts that take turns on it.
    [Fact]
    public async Task ReadAsync_OnePooledConnectionForTwoOrganisations_EachSeesItsOwn()
    {
        await using var host = await StartAsync(settings => settings with { Database = $"{settings.Database}&pool=1" });
        var (mine, other) = await AddTwoSchoolsAsync(host);
        var database = host.Get<Database>();

        for (var i = 0; i < 10; i++)
            foreach (var organisation in (Guid[])[mine, other])
                Assert.All(await database.ReadAsync(OrganisationScope.Of(organisation), db => db.Set<Membership>().IgnoreQueryFilters([AppDb.OrganisationFilter]).Select(m => m.OrganisationId).ToListAsync()),
                    id => Assert.Equal(organisation, id));
        // Outside of a piece of work there is nothing, not even for the whole server.
        await using var bare = database.Open(OrganisationScope.Server);
        Assert.Equal(0, await bare.Set<Membership>().CountAsync());
    }

    [Fact]
    [Asvs("8.4.1", "On PostgreSQL row-level security holds even if every filter were forgotten.")]
    public async Task Sql_WritingOrMovingRowsOfAnother_IsRefusedOrTouchesNothing()
    {
        await using var host = await StartAsync();
        var (mine, other) = await AddTwoSchoolsAsync(host);
        await using var connection = await ConnectAsync(host);

        Assert.Equal(0, await InAsync("UPDATE memberships SET other_role = 'x' WHERE organisation_id = $1", other));
        Assert.Equal(0, await InAsync("DELETE FROM seats WHERE organisation_id = $1", other));
        foreach (var write in (string[])["UPDATE seats SET organisation_id = $1", "INSERT INTO holder_guards (organisation_id, version) VALUES ($1, 0)"])
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => InAsync(write, other))).SqlState);

        async Task<int> InAsync(string sql, Guid parameter)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, InOrganisations, mine.ToString());
            return await ExecuteAsync(connection, sql, parameter);
        }
    }

    [Theory]
    [InlineData("ALTER TABLE memberships DISABLE ROW LEVEL SECURITY")]
    [InlineData("ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY")]
    [InlineData("DROP POLICY organisation ON memberships")]
    [InlineData("CREATE POLICY open ON memberships USING (true)")]
    [InlineData("DROP TABLE memberships")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\"")]
    [InlineData("CREATE ROLE another SUPERUSER")]
    [Asvs("13.2.2", "The server’s role on PostgreSQL works with rows and can change no table, role or policy.")]
    public async Task Sql_TakingTheWallDown_IsNotTheApplicationsToDo(string sql)
    {
        await using var host = await StartAsync();
        await using var connection = await ConnectAsync(host);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, sql))).SqlState);
    }

    // The owner of the tables is held too, so that a server with a single role is not without the wall.
    [Fact]
    public async Task Wall_TakenDown_IsToldByName()
    {
        await using var host = await StartAsync();
        var migrate = host.Get<MigrateDatabase>();
        Assert.Empty(await migrate.GapsAsync(CancellationToken.None));

        await host.ChangeTablesAsync("ALTER TABLE seats NO FORCE ROW LEVEL SECURITY; DROP POLICY organisation ON invitations");

        Assert.Equal("No row-level security on invitations, seats: run `ascent database migrate`.", Assert.Single(await migrate.GapsAsync(CancellationToken.None)));
        await migrate.ExecuteAsync(CancellationToken.None);
        Assert.Empty(await migrate.GapsAsync(CancellationToken.None));
        await using var superuser = await AscentHost.StartAsync(DatabaseKind.Postgres, settings => settings with { Database = settings.DatabaseOwner });
        Assert.Contains("superuser", Assert.Single(await superuser.Get<MigrateDatabase>().GapsAsync(CancellationToken.None)), StringComparison.Ordinal);
    }

    private static Task<AscentHost> StartAsync(Func<ServerSettings, ServerSettings>? settings = null)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ASCENT_TEST_POSTGRES") is null, "no PostgreSQL server (SQLite has no row-level security)");
        return AscentHost.StartAsync(DatabaseKind.Postgres, settings);
    }

    /// <summary>With people, invitations, mails, seats and entries of the log.</summary>
    private static async Task<(Guid Mine, Guid Other)> AddTwoSchoolsAsync(AscentHost host)
    {
        var (mine, other) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        foreach (var school in new[] { mine, other })
            await host.Data.InviteAsync(await host.Data.AddMemberAsync(school, Permission.SchoolSetup));
        return (mine.Id, other.Id);
    }

    private static Task<IReadOnlyList<string>> TablesAsync(AscentHost host)
    {
        using var db = host.Get<Database>().Open(OrganisationScope.Server);
        return Task.FromResult(RowSecurity.OwnedTables(db));
    }

    private static async Task<NpgsqlConnection> ConnectAsync(AscentHost host)
    {
        var connection = new NpgsqlConnection(((DatabaseAddress.Postgres)DatabaseAddress.Parse(host.DatabaseAddress, "")).ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string from)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {from}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object? parameter = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (parameter is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteNonQueryAsync();
    }
}
