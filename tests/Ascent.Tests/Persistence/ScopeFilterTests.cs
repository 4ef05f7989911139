using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Persistence;

/// <summary>The filter names the organisation and nothing else, so that indexes that begin with it serve.</summary>
public sealed class ScopeFilterTests
{
    private static readonly Guid Somewhere = new("0197f000-0000-7000-8000-000000000001");

    [Theory, BothDatabases]
    public async Task Query_InAnOrganisationAndInTheServers_IsFilteredByItAloneOrNotAtAll(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var database = host.Get<Database>();
        await using var one = database.Open(OrganisationScope.Of(Somewhere));
        await using var all = database.Open(OrganisationScope.Server);

        // In turn, so that neither takes the other's model for its own.
        for (var i = 0; i < 2; i++)
        {
            Assert.Matches("WHERE m\\.organisation_id = @", one.Set<Membership>().ToQueryString().Replace("\"", "", StringComparison.Ordinal));
            Assert.DoesNotContain(" OR ", one.Set<Membership>().ToQueryString(), StringComparison.Ordinal);
            Assert.DoesNotContain("WHERE", all.Set<Membership>().ToQueryString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Users_OnSqlite_FirstPageIsReadFromTheIndexInItsOrder()
    {
        await using var host = await AscentHost.StartAsync();
        await using var db = host.Get<Database>().Open(OrganisationScope.Of(Somewhere));
        var query = db.Set<Membership>().Where(m => m.State == MembershipState.Active || m.State == MembershipState.Deactivated || m.State == MembershipState.Ended)
            .OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Select(m => m.Id).Take(51).ToQueryString();
        var sql = query[query.IndexOf("SELECT", StringComparison.Ordinal)..];

        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(sql, "@\\w+").Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, 1);
            command.Parameters.Add(parameter);
        }
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(3));

        Assert.Contains(plan, step => step.Contains("USING COVERING INDEX ix_memberships_users (organisation_id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }
}
