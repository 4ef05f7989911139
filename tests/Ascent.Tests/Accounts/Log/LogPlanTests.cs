using System.Data.Common;
using Ascent.Accounts;
using Ascent.Accounts.Log;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts.Log;

/// <summary>At 100,000 entries each page is read by an index, wherever it lies; told by the plans of the databases themselves.</summary>
public sealed class LogPlanTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_AHundredThousandEntries_ReadsByIndexOnEveryPage(DatabaseKind kind)
    {
        var plans = new Plans();
        await using var host = await AscentHost.StartAsync(kind, configure: services => services
            .ConfigureDbContext<SqliteAppDb>(options => options.AddInterceptors(plans)).ConfigureDbContext<PostgresAppDb>(options => options.AddInterceptors(plans)));
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Amara", "Okafor");
        await host.ChangeAsync(db =>
        {
            db.AddAudit(host.Clock.Now(), setup.Actor, setup.School.Id, new UserSessionsEnded(setup.MembershipId), new AuditPerson(setup.AccountId, new Dictionary<string, string> { [AuditPerson.Name] = setup.FullName }));
            return Task.CompletedTask;
        });
        await MultiplyAsync(host, setup);
        await host.AnalyseAsync();
        Assert.Equal(100_001, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.OrganisationId == setup.School.Id)));
        var middle = new PageKey(AscentHost.Start.UtcDateTime.AddSeconds(-50_000), Guid.CreateVersion7(AscentHost.Start)).ToString();

        foreach (var query in (LogQuery[])[new(), new(After: middle), new(Group: LogGroup.Exports), new(Group: LogGroup.Access, After: middle), new(Search: "okafor", After: middle), new(To: new DateOnly(2026, 11, 23), After: middle)])
        {
            plans.Begin();
            var page = await host.Get<ListLog>().ExecuteAsync(setup.Actor, query, default);

            Assert.True(plans.Seen.Count > 0, "Nothing was asked.");
            Assert.All(plans.Seen, plan => Assert.DoesNotMatch(@"SCAN (a\d?|audit_entries)(?! USING (COVERING )?INDEX)|Seq Scan on audit_entries", plan));
            // Nothing is put in order but the entries about one person.
            Assert.All(plans.Seen.Where(plan => !plan.Contains("audit_details", StringComparison.Ordinal)), plan => Assert.DoesNotMatch(@"Sort Key|TEMP B-TREE FOR (RIGHT PART OF )?ORDER BY", plan));
            Assert.True(query.Group == LogGroup.Exports || page.Rows.Count == ListLog.PageSize, $"{query}: {page.Rows.Count} rows");
        }
    }

    /// <summary>The one entry a hundred thousand times more, a second apart, back in time; in the statement of the database, or it would take minutes.</summary>
    private static async Task MultiplyAsync(AscentHost host, TestMember setup)
    {
        var numbers = host.Kind == DatabaseKind.Sqlite
            ? "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
            : "WITH n(i) AS (SELECT generate_series(1, 100000)) ";
        var (id, at) = host.Kind == DatabaseKind.Sqlite
            ? ("upper(printf('%08x-0000-7000-8000-%012x', i, i))", "strftime('%Y-%m-%d %H:%M:%S', at, '-' || i || ' seconds')")
            : ("gen_random_uuid()", "at - i * interval '1 second'");
        await host.ChangeTablesAsync($"{numbers} INSERT INTO audit_entries (organisation_id, id, at, kind, actor_kind, actor_id, facts, detail_hashes) "
            + $"SELECT organisation_id, {id}, {at}, kind, actor_kind, actor_id, facts, '' FROM audit_entries, n WHERE actor_id IS NOT NULL");
    }

    /// <summary>Has the database explain every reading of entries before it is done.</summary>
    private sealed class Plans : DbCommandInterceptor
    {
        private bool listens;

        public List<string> Seen { get; } = [];

        public void Begin()
        {
            listens = true;
            Seen.Clear();
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!listens || !command.CommandText.Contains("audit_entries", StringComparison.Ordinal))
                return result;
            var text = command.CommandText;
            command.CommandText = (eventData.Context is SqliteAppDb ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text;
            var lines = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
                while (await reader.ReadAsync(cancellationToken))
                    lines.Add(reader.GetString(reader.FieldCount - 1));
            command.CommandText = text;
            Seen.Add($"{text}\n{string.Join('\n', lines)}");
            return result;
        }
    }
}
