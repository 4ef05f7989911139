using System.Globalization;
using System.Text;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

public sealed class ExportUsersTests
{
    [Theory, BothDatabases]
    public async Task WriteAsync_MoreThanOneBatch_WritesEverybodyOfTheFilterOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.AddManyMembersAsync(school, 1_100, i => (i % 2 == 0 ? JobRole.Teacher : JobRole.Governor, PermissionSet.None, null, null));

        var rows = await ExportAsync(host, setup, new(Role: JobRole.Governor));

        Assert.Equal(550, rows.Count);
        Assert.Equal(550, rows.Select(r => r["Email"]).Distinct().Count());
        Assert.Contains("\"Users\":550", (await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "users-exported"))).Facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_Permissions_StandInColumnsAsTheyWork()
    {
        await using var host = await AscentHost.StartAsync();
        var school = await host.Data.AddSecondaryAsync();
        var setup = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Zoë", "Ödegård", role: JobRole.Headteacher);
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses), "Al", "Own", endsOn: new DateOnly(2027, 7, 31));
        await host.Data.AddFactorAsync(setup.AccountId);

        var rows = await ExportAsync(host, setup, new());

        Assert.Equal(["Forename", "Surname", "Email", "Job role", "School setup", "Manage data", "View school-level reports", "View pupil-level data & suppressed and sensitive items", "View any Collaborate groups", "Second factor", "End date", "Status", "Last opened"], rows[0].Keys);
        var (own, head) = (rows.Single(r => r["Forename"] == "Al"), rows.Single(r => r["Forename"] == "Zoë"));
        Assert.Equal(("Y", "Y", "N", ""), (head["School setup"], head["Manage data"], head["View school-level reports"], head["End date"]));
        Assert.Equal(("Y", "N"), (head["Second factor"], own["Second factor"]));
        Assert.Equal(("Ödegård", "Headteacher", "Active", "2026-11-23 09:00"), (head["Surname"], head["Job role"], head["Status"], head["Last opened"]));
        Assert.Equal(("Y, own classes", "2027-07-31"), (own["View pupil-level data & suppressed and sensitive items"], own["End date"]));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-1-1")]
    [InlineData("@SUM(A1)")]
    [Asvs("1.3.3", "Names that are formulas are text in exported files.")]
    public async Task WriteAsync_NameThatIsAFormula_IsTextInASpreadsheet(string name)
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), name, name);

        var rows = await ExportAsync(host, setup, new());

        Assert.Equal(("'" + name, "'" + name), (rows[0]["Forename"], rows[0]["Surname"]));
    }

    [Fact]
    public async Task BeginAsync_WithoutRightOrPassword_IsRefusedAndNotLogged()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var colleague = await host.Data.AddMemberAsync(setup.School, Permission.ManageData);

        Assert.IsType<ConfirmItIsYou>(Assert.Single((await host.Get<ExportUsers>().BeginAsync(new(), setup.Actor with { IsFresh = false }, CancellationToken.None)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<ExportUsers>().BeginAsync(new(), colleague.Actor, CancellationToken.None)).Refusals));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "users-exported")));
    }

    private static async Task<List<Dictionary<string, string>>> ExportAsync(AscentHost host, TestMember by, UsersQuery query)
    {
        Assert.True((await host.Get<ExportUsers>().BeginAsync(query, by.Actor, CancellationToken.None)).Succeeded);
        using var file = new MemoryStream();
        await host.Get<ExportUsers>().WriteAsync(query, by.Actor, file, CancellationToken.None);
        file.Position = 0;
        using var csv = new CsvReader(new StreamReader(file, Encoding.UTF8), CultureInfo.InvariantCulture);
        await csv.ReadAsync();
        csv.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (await csv.ReadAsync())
            rows.Add(csv.HeaderRecord!.ToDictionary(h => h, h => csv.GetField(h)!));
        return rows;
    }
}
