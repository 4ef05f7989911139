using Ascent.Organisations;
using Ascent.SetUp;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.SetUp;

public sealed class FirstRunTests
{
    [Theory, BothDatabases]
    [Asvs("6.3.2", "The set-up opens with a random link from the console, and with nothing else.")]
    public async Task Begin_EmptyDatabase_OpensWithItsNewestTokenOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var first = await BeginAsync(host);
        var second = await BeginAsync(host);

        Assert.True(await OpensAsync(host, second));
        foreach (var wrong in (string?[])[first, null, "", "nonsense", second![..42], second + "A"])
            Assert.False(await OpensAsync(host, wrong));
        Assert.DoesNotContain(second, await host.ReadAsync(db => Task.FromResult(string.Join(' ', db.Set<Ascent.Persistence.ServerFact>().Select(f => f.Value).ToList()))), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Begin_OrganisationOrAccountThere_IsOver(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var token = await BeginAsync(host);
        var school = await host.Data.AddPrimaryAsync(); // as by `ascent schools load`

        Assert.False(await OpensAsync(host, token));
        Assert.False(await host.Get<FirstRun>().IsOpenAsync(CancellationToken.None));
        Assert.Null(await BeginAsync(host));
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        Assert.Null(await BeginAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Open_OrganisationsOfItsOwn_GoesOnAlsoAfterARestartUntilThereIsAnAccount(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await BeginAsync(host);
        await host.Get<FirstRun>().NoteOrganisationsAsync(CancellationToken.None);
        var school = await host.Data.AddPrimaryAsync();

        var token = await BeginAsync(host);
        Assert.True(await OpensAsync(host, token));

        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        Assert.False(await OpensAsync(host, token));
        Assert.Null(await BeginAsync(host));
    }

    [Theory, BothDatabases]
    public async Task AddSchool_ByHand_KeepsToTheRules(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var add = host.Get<AddSchool>();
        Assert.True((await host.Get<AddLocalAuthority>().ExecuteAsync(new("999", "Northmoor"), Actor.Operator, CancellationToken.None)).Succeeded);

        var school = (await add.ExecuteAsync(new(" 900001 ", "  Larkfield   School ", SchoolPhase.Primary, 4, 11, "999"), Actor.Operator, CancellationToken.None)).Value;

        Assert.Equal(("900001", "Larkfield School", "Northmoor", true), (school.Code, school.Name, school.LocalAuthorityName, school.HasTracking));
        Assert.Equal("urn-taken", Assert.Single((await add.ExecuteAsync(new("900001", "Twin", SchoolPhase.Primary, 4, 11, null), Actor.Operator, CancellationToken.None)).Refusals).Code);
        Assert.Equal("authority-taken", Assert.Single((await host.Get<AddLocalAuthority>().ExecuteAsync(new("999", "Twin"), Actor.Operator, CancellationToken.None)).Refusals).Code);
        Assert.Equal(["Urn", "Name", "Phase", "LowAge", "HighAge"], (await add.ExecuteAsync(new("12", " ", null, null, 26, null), Actor.Operator, CancellationToken.None)).Refusals.Select(r => r.Field));
        Assert.Equal("HighAge", Assert.Single((await add.ExecuteAsync(new("900002", "Crossed", SchoolPhase.Secondary, 16, 11, null), Actor.Operator, CancellationToken.None)).Refusals).Field);
        Assert.Equal(["AuthorityCode", "AuthorityName"], (await host.Get<AddLocalAuthority>().ExecuteAsync(new("9x9", "a\u202eb"), Actor.Operator, CancellationToken.None)).Refusals.Select(r => r.Field));
    }

    private static Task<string?> BeginAsync(AscentHost host) => host.Get<FirstRun>().BeginAsync(CancellationToken.None);

    private static Task<bool> OpensAsync(AscentHost host, string? token) => host.Get<FirstRun>().OpensAsync(token, CancellationToken.None);
}
