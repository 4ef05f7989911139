using System.Diagnostics;
using System.Text.Json;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Gias;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Organisations.Gias;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Ascent.Tests.Organisations;

public sealed class LoadSchoolsTests : IAsyncLifetime
{
    private SchoolsHost host = null!;

    public async ValueTask InitializeAsync() => host = await SchoolsHost.CreateAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Load_NewSchools_AddsThemWithAuthorityAndTrust()
    {
        var load = await LoadAsync(
            GiasText.Row(trust: "99001", trustName: "Compass Learning Trust"),
            GiasText.Row(urn: "900102", name: "Ridge College", number: "4102", phase: "6", low: "16", high: "99", status: "2"),
            GiasText.Row(urn: "900103", la: "998", laName: "Southmoor", number: "", phase: "0", low: ""));

        Assert.Equal((3, 0, 0, 1, 0), (load.Added, load.Updated, load.Unchanged, load.Closed, load.RefusedCount));
        Assert.Equal((new BodiesLoad(2, 0), new BodiesLoad(1, 0)), (load.LocalAuthorities, load.Trusts));
        var school = await SchoolAsync("900101");
        Assert.Equal(
            ("Elmfield School", "elmfield school", "999/2101", "999", "Northmoor", "99001", "01", SchoolPhase.Primary, 4, 11, "Northmoor", "NM1 1AA", false, true),
            (school.Name, school.NameKey, school.DfeNumber, school.LocalAuthorityCode, school.LocalAuthorityName, school.TrustCode, school.TypeCode, school.Phase, school.LowAge, school.HighAge, school.Town, school.Postcode, school.IsClosed, school.IsPrimary));
        Assert.True((await SchoolAsync("900102")).IsClosed);
        Assert.Equal((null, false), ((await SchoolAsync("900103")).DfeNumber, (await SchoolAsync("900103")).IsPrimary));
        Assert.Equal(["Northmoor", "Southmoor"], (await host.AllAsync<LocalAuthority>()).Select(a => a.Name).Order());
        Assert.Equal(["Compass Learning Trust"], (await host.AllAsync<Trust>()).Select(t => t.Name));
    }

    [Fact]
    public async Task Load_Twice_ChangesNothing()
    {
        var rows = Enumerable.Range(0, 1_200).Select(i => GiasText.Row(urn: $"{910_000 + i}", trust: $"{i % 7 + 1}", trustName: $"Trust {i % 7}")).ToArray();
        await LoadAsync(rows);
        var before = (await host.AllAsync<Organisation>()).ToDictionary(o => o.Id, o => o.Version);

        var load = await LoadAsync(rows);

        Assert.Equal((0, 0, 1_200), (load.Added, load.Updated, load.Unchanged));
        Assert.Equal((default(BodiesLoad), default(BodiesLoad)), (load.LocalAuthorities, load.Trusts));
        Assert.Equal(before, (await host.AllAsync<Organisation>()).ToDictionary(o => o.Id, o => o.Version));
    }

    [Fact]
    public async Task Load_ChangedSchool_UpdatesItAndKeepsIdAndSeats()
    {
        await LoadAsync(GiasText.Row());
        var before = await SchoolAsync("900101");
        await host.Get<OpenSeats>().ExecuteAsync(Actor.Operator, TestContext.Current.CancellationToken);
        var seats = await SeatsAsync(before.Id);

        var load = await LoadAsync(GiasText.Row(name: "Elmfield Academy", trust: "99002", trustName: "New Trust", status: "2", laName: "Northmoor City"));

        Assert.Equal((0, 1, 0, 1), (load.Added, load.Updated, load.Unchanged, load.Closed));
        Assert.Equal(new BodiesLoad(0, 1), load.LocalAuthorities);
        var after = await SchoolAsync("900101");
        Assert.Equal((before.Id, "Elmfield Academy", "elmfield academy", "99002", "Northmoor City", true, before.Version + 1), (after.Id, after.Name, after.NameKey, after.TrustCode, after.LocalAuthorityName, after.IsClosed, after.Version));
        Assert.Equal(seats, await SeatsAsync(before.Id));
        Assert.Equal(10, seats.Count);
    }

    [Fact]
    public async Task Load_PhaseChanged_WorksOutPrimaryAgain()
    {
        await LoadAsync(GiasText.Row(), GiasText.Row(urn: "900102"));
        Assert.True((await SchoolAsync("900101")).IsPrimary);

        await LoadAsync(GiasText.Row(phase: "4", low: "11", high: "16"), GiasText.Row(urn: "900102"));

        Assert.False((await SchoolAsync("900101")).IsPrimary);
        Assert.True((await SchoolAsync("900102")).IsPrimary);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_PhaseChangedUnderAnOverride_KeepsTheOverride(bool decision)
    {
        await LoadAsync(GiasText.Row());
        await host.Get<SetPrimary>().ExecuteAsync(new("900101", decision), Actor.Operator, TestContext.Current.CancellationToken);

        await LoadAsync(GiasText.Row(phase: "4", low: "11"));
        Assert.Equal(decision, (await SchoolAsync("900101")).IsPrimary);

        await LoadAsync(GiasText.Row(phase: "7", low: "3"));
        Assert.Equal((decision, decision), ((await SchoolAsync("900101")).IsPrimary, (await SchoolAsync("900101")).PrimaryOverride));
    }

    [Fact]
    public async Task Load_ColumnsMissing_LeavesWhatTheyWouldTell()
    {
        await LoadAsync(GiasText.Row(trust: "99001", trustName: "Compass"));
        await host.Get<OpenSeats>().ExecuteAsync(Actor.Operator, TestContext.Current.CancellationToken);

        var load = (await host.Get<LoadSchools>().ExecuteAsync(GiasText.Bytes("EstablishmentName,URN\nElmfield Primary,900101\n"), Actor.Operator, null, TestContext.Current.CancellationToken)).Value;

        Assert.Equal(12, load.MissingColumns.Count);
        var school = await SchoolAsync("900101");
        Assert.Equal(("Elmfield Primary", "999/2101", "99001", SchoolPhase.Primary, 4, "Northmoor", true), (school.Name, school.DfeNumber, school.TrustCode, school.Phase, school.LowAge, school.Town, school.IsPrimary));
    }

    [Fact]
    public async Task Load_CellsEmptied_EmptiesWhatTheyTold()
    {
        await LoadAsync(GiasText.Row(trust: "99001", trustName: "Compass"));

        await LoadAsync(GiasText.Row(town: "", la: "", laName: "", low: ""));

        var school = await SchoolAsync("900101");
        Assert.Equal((null, null, null, null, null, null), (school.Town, school.LocalAuthorityCode, school.LocalAuthorityName, school.DfeNumber, school.TrustCode, school.LowAge));
    }

    [Fact]
    public async Task Load_SchoolNotInTheFile_StaysAsItIs()
    {
        await LoadAsync(GiasText.Row());

        await LoadAsync(GiasText.Row(urn: "900102"));

        Assert.False((await SchoolAsync("900101")).IsClosed);
    }

    [Fact]
    public async Task Load_BadRowsAmongGoodOnes_LoadsTheRestAndTellsLines()
    {
        var load = await LoadAsync(GiasText.Row(), GiasText.Row(urn: "900102", low: "x"), GiasText.Row(urn: "900103"), GiasText.Row());

        Assert.Equal((2, 2), (load.Added, load.RefusedCount));
        Assert.Equal([3, 5], load.Refused.Select(r => r.Line));
        Assert.Equal(["900101", "900103"], (await host.AllAsync<School>()).Select(s => s.Code).Order());
    }

    [Fact]
    public async Task Load_ThousandsOfBadRows_CountsAllAndKeepsAThousand()
    {
        var load = await LoadAsync([.. Enumerable.Range(0, 2_345).Select(_ => GiasText.Row(urn: "x"))]);

        Assert.Equal((2_345, 1_000, 1_001), (load.RefusedCount, load.Refused.Count, load.Refused[^1].Line));
    }

    [Fact]
    public async Task Load_OneCodeWithTwoNames_TakesTheFirstAndStaysThere()
    {
        string[] rows = [.. Enumerable.Range(0, 1_001).Select(i => GiasText.Row(urn: $"{910_000 + i}", laName: i == 0 ? "Northmoor" : $"Northmoor {i}"))];

        Assert.Equal(new BodiesLoad(1, 0), (await LoadAsync(rows)).LocalAuthorities);
        Assert.Equal(default, (await LoadAsync(rows)).LocalAuthorities);
        Assert.Equal("Northmoor", Assert.Single(await host.AllAsync<LocalAuthority>()).Name);
    }

    [Fact]
    public async Task Load_NoRegister_IsRefusedAndWritesNothing()
    {
        var result = await host.Get<LoadSchools>().ExecuteAsync(GiasText.Bytes("Forename,Surname\nAnn,Bolt\n"), Actor.Operator, null, TestContext.Current.CancellationToken);

        Assert.IsType<NotTheRegister>(Assert.Single(result.Refusals));
        Assert.Empty(await host.AllAsync<AuditEntry>());
    }

    [Fact]
    public async Task Load_ByAPersonSignedIn_IsRefused()
    {
        var person = new Actor(ActorKind.Person, Guid.Empty, Guid.Empty, Guid.Empty, PermissionSet.Of(Permission.SchoolSetup, Permission.ManageData));

        var result = await host.Get<LoadSchools>().ExecuteAsync(GiasText.File(GiasText.Row()), person, null, TestContext.Current.CancellationToken);

        Assert.IsType<OperatorsOnly>(Assert.Single(result.Refusals));
        Assert.Empty(await host.AllAsync<School>());
    }

    [Fact]
    public async Task Load_Done_IsLoggedInTheServersChainWhichSeals()
    {
        await LoadAsync(GiasText.Row(), GiasText.Row(urn: "x"));

        var entries = (await host.AllAsync<AuditEntry>()).OrderBy(e => e.At).ThenBy(e => e.Id).ToArray();
        Assert.Equal(["schools-load-begun", "reach-loaded", "schools-loaded"], entries.Select(e => e.Kind));
        Assert.All(entries, e => Assert.Equal((AuditTrail.Server, ActorKind.Operator), (e.OrganisationId, e.ActorKind)));
        var facts = JsonDocument.Parse(entries[2].Facts).RootElement;
        Assert.Equal((1, 1, 1), (facts.GetProperty("Added").GetInt32(), facts.GetProperty("Refused").GetInt32(), facts.GetProperty("LocalAuthoritiesAdded").GetInt32()));
        Assert.Equal(3, await host.Get<SealAudit>().ExecuteAsync(TestContext.Current.CancellationToken));
        Assert.True((await host.Get<VerifyAudit>().ExecuteAsync(TestContext.Current.CancellationToken)).Holds);
    }

    [Fact]
    public async Task Load_AsBigAsHalfTheRegister_TakesWellUnderAMinuteAndReportsItsWay()
    {
        var rows = Enumerable.Range(0, 24_000).Select(i => GiasText.Row(urn: $"{200_000 + i}", name: $"School {i}", la: $"{201 + i % 150}", laName: $"Authority {i % 150}", number: $"{i % 10_000:0000}"));
        using var file = GiasText.File([.. rows]);
        var progress = new Recorder();
        var watch = Stopwatch.StartNew();

        var load = (await host.Get<LoadSchools>().ExecuteAsync(file, Actor.Operator, progress, TestContext.Current.CancellationToken)).Value;

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(45));
        Assert.Equal(24_000, load.Added);
        Assert.Equal(150, load.LocalAuthorities.Added);
        Assert.Equal(48, progress.Seen.Count);
        Assert.Equal(new LoadProgress(24_000, 1), progress.Seen[^1]);
    }

    private async Task<SchoolsLoad> LoadAsync(params string[] rows) =>
        (await host.Get<LoadSchools>().ExecuteAsync(GiasText.File(rows), Actor.Operator, null, TestContext.Current.CancellationToken)).Value;

    private Task<School> SchoolAsync(string urn) => host.Database.ReadAsync(OrganisationScope.Server, db => db.Set<School>().SingleAsync(s => s.Code == urn));

    private Task<List<string>> SeatsAsync(Guid school) => host.Database.ReadAsync(OrganisationScope.Of(school), db =>
        db.Set<Seat>().OrderBy(s => s.Permission).ThenBy(s => s.Number).Select(s => $"{s.Permission} {s.Number} {s.HolderId}").ToListAsync());

    private sealed class Recorder : IProgress<LoadProgress>
    {
        public List<LoadProgress> Seen { get; } = [];

        public void Report(LoadProgress value) => Seen.Add(value);
    }
}
