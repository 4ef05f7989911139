using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Operators;

public sealed class ListOrganisationsTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_Filters_FindWhatTheySay(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (elm, ridge) = (await host.Data.AddPrimaryAsync("Elmfield Primary School"), await host.Data.AddSecondaryAsync("Ridge College"));
        var (authority, trust) = (await host.Data.AddAuthorityAsync("Elmshire"), await host.Data.AddTrustAsync("Compass Trust"));
        var setup = await host.Data.AddMemberAsync(elm, Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData));
        await host.Data.AddBodyMemberAsync(trust, PermissionSet.Of(Permission.LaSetup));
        await host.Get<LockSchool>().ExecuteAsync(new(ridge.Code, "Because"), Actor.Operator, CancellationToken.None);

        Assert.Equal(["Compass Trust", "Elmfield Primary School", "Elmshire", "Ridge College"], await NamesAsync(host, new()));
        Assert.Equal(["Elmfield Primary School", "Elmshire"], await NamesAsync(host, new("ELM")));
        Assert.Equal([ridge.Name], await NamesAsync(host, new(ridge.Code)));
        Assert.Equal([ridge.Name], await NamesAsync(host, new($" {ridge.DfeNumber} ")));
        Assert.Equal([trust.Name], await NamesAsync(host, new(trust.Code)));
        Assert.Equal([authority.Name], await NamesAsync(host, new(Kind: OrganisationKind.LocalAuthority)));
        Assert.Equal([elm.Name], await NamesAsync(host, new("elm", OrganisationKind.School)));
        Assert.Equal([ridge.Name], await NamesAsync(host, new(Show: OrganisationsShown.Locked)));
        Assert.Equal([trust.Name, elm.Name], await NamesAsync(host, new(Show: OrganisationsShown.WithUsers)));
        Assert.Empty(await NamesAsync(host, new("no such")));

        var page = await host.Get<ListOrganisations>().ExecuteAsync(new("elmfield"), CancellationToken.None);
        var row = Assert.Single(page.Rows);
        Assert.Equal((elm.Code, 1, 1, false, 1), (row.Place, row.Users, row.Pending, row.IsLocked, page.Total));
        Assert.Equal([(1, 0, 4), (1, 1, 6)], row.Limits.Select(l => (l.Used, l.Pending, l.Limit)));
        Assert.Equal($"trust-{trust.Code}", (await host.Get<ListOrganisations>().ExecuteAsync(new("compass"), CancellationToken.None)).Rows[0].Place);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_PageAfterPage_GivesEachOnce(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        // Many of one name: only the id tells them apart at the end of a page.
        for (var i = 0; i < 2 * ListOrganisations.PageSize + 7; i++)
            await host.Data.AddSchoolAsync(SchoolPhase.Primary, 5, 11, i % 3 == 0 ? "St Mary’s" : $"School {i % 11}", withSeats: false);

        var (seen, names, pages) = (new HashSet<Guid>(), new List<string>(), 0);
        for (string? after = null; pages == 0 || after is not null; pages++)
        {
            var page = await host.Get<ListOrganisations>().ExecuteAsync(new(After: after), CancellationToken.None);
            Assert.Equal((pages == 0, 107), (page.IsFirst, page.Total));
            Assert.All(page.Rows, r => Assert.True(seen.Add(r.Id)));
            names.AddRange(page.Rows.Select(r => r.Name));
            after = page.Next;
        }
        Assert.Equal((107, 3), (seen.Count, pages));
        Assert.Equal(names.OrderBy(n => n, StringComparer.Ordinal), names);
        // A place that nobody can read is the first page.
        Assert.True((await host.Get<ListOrganisations>().ExecuteAsync(new(After: "x.y"), CancellationToken.None)).IsFirst);
    }

    [Theory, BothDatabases]
    public async Task Read_SchoolAndBody_GiveFactsAndCountsAndNobodysName(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, body) = (await host.Data.AddPrimaryAsync(), await host.Data.AddAuthorityAsync());
        await host.Data.LinkAsync(school, body, ReachLevel.School);
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports, Permission.TrackingMarks));
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolReports), endsOn: new(2026, 11, 22));
        var read = host.Get<ReadOrganisation>();

        var view = (await read.ExecuteAsync(school.Code, CancellationToken.None))!;
        Assert.Equal((2, 0, 1), (view.Line.Users, view.Line.Pending, view.Administrators));
        Assert.Equal([("Reports", "on", 1), ("Targets", "on", 1), ("Collaborate", "on", 1), ("Pupil Tracking", "on", 1)], view.Services.Select(s => (s.Info.Label, s.Term.Words, s.Holders)));
        Assert.Equal([(body.Name, $"la-{body.Code}", ReachLevel.School)], view.Links.Select(l => (l.Body, l.Place, l.Level)));

        view = (await read.ExecuteAsync($"la-{body.Code}", CancellationToken.None))!;
        Assert.Equal([(ReachLevel.School, 1)], view.Schools);
        Assert.Empty(view.Services);
        foreach (var nowhere in (string?[])[null, "", "100000", "la-", "la-000", $"trust-{body.Code}", body.Code])
            Assert.Null(await read.ExecuteAsync(nowhere, CancellationToken.None));
        // No Pupil Tracking in a secondary school.
        Assert.Equal(3, (await read.ExecuteAsync((await host.Data.AddSecondaryAsync()).Code, CancellationToken.None))!.Services.Count);
    }

    private static async Task<IEnumerable<string>> NamesAsync(AscentHost host, OrganisationsQuery asked) =>
        (await host.Get<ListOrganisations>().ExecuteAsync(asked, CancellationToken.None)).Rows.Select(r => r.Name);
}
