using Ascent.Audit;
using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Reference.National;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Reference.National;

public sealed class LoadReferenceTests : IDisposable
{
    private static readonly AcademicYear Year2024 = AcademicYear.EndingIn(2024);
    private readonly NationalFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, BothDatabases]
    public async Task Load_Folder_IsFoundByReportsAndInTheLog(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        folder.WriteProgress8((2024, "provisional", 10), (2024, "revised", 20), (2023, "final", 30));
        folder.Write("README.md", "Nothing that could be loaded.");
        var before = await NationalFolder.FiguresAsync(host);

        var load = await folder.LoadAsync(host);

        Assert.Equal([(NationalFolder.Estimates, 3, 0, 0), (NationalFolder.Deviations, 3, 0, 0)], load.Files.Select(f => (f.Name, f.Added, f.Changed, f.Unchanged)));
        Assert.Equal(["README.md"], load.PassedOver);
        var after = await NationalFolder.FiguresAsync(host);
        Assert.Equal((0, 6), (before.Version, after.Version));
        var progress = after.Progress8(Year2024)!;
        Assert.Equal(new ReferenceEdition(Year2024, ReferenceStatus.Revised), progress.Edition);
        Assert.Equal((38, 1.2), (progress.For(Progress8Part.Total).EstimateFor(PriorAttainment.Of(104)).Value, progress.For(Progress8Part.Total).StandardDeviation));
        Assert.Equal(ReferenceStatus.Illustrative, before.Progress8(Year2024)!.Edition.Status);
        var entries = await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "reference-loaded").OrderBy(e => e.Id).ToListAsync());
        Assert.Equal([AuditTrail.Server, AuditTrail.Server], entries.Select(e => e.OrganisationId));
        Assert.Contains("\"2023/24 Revised\"", entries[0].Facts, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Load_SameFilesAgain_ChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        folder.WriteProgress8((2024, "final", 10));
        await folder.LoadAsync(host);
        var figures = await NationalFolder.FiguresAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(1));

        var load = await folder.LoadAsync(host);

        Assert.Equal([(0, 0, 1), (0, 0, 1)], load.Files.Select(f => (f.Added, f.Changed, f.Unchanged)));
        Assert.Same(figures, await NationalFolder.FiguresAsync(host));
        Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reference-loaded")));
        Assert.All(await host.ReadAllAsync<NationalDataset>(), d => Assert.Equal(AscentHost.Start.UtcDateTime, d.LoadedAt));
    }

    [Theory, BothDatabases]
    public async Task Load_SameEditionWithOtherFigures_TakesTheirPlace(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        folder.WriteProgress8((2024, "final", 10));
        await folder.LoadAsync(host);
        folder.WriteProgress8((2024, "final", 11));

        var load = await folder.LoadAsync(host);

        Assert.Equal([(0, 1, 0), (0, 0, 1)], load.Files.Select(f => (f.Added, f.Changed, f.Unchanged)));
        var figures = await NationalFolder.FiguresAsync(host);
        Assert.Equal((3, 29), (figures.Version, figures.Progress8(Year2024)!.For(Progress8Part.Total).EstimateFor(PriorAttainment.Of(104)).Value));
        Assert.Equal(2, await host.CountAsync<NationalDataset>());
    }

    // A console loads while the web runs; it sees so by the version.
    [Theory, BothDatabases]
    public async Task Figures_LoadedByAnotherProcess_AreReadAnew(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var web = AscentHost.On(database, AscentHost.Start);
        await using var console = AscentHost.On(database, AscentHost.Start);
        var before = await NationalFolder.FiguresAsync(web);
        Assert.Same(before, await NationalFolder.FiguresAsync(web));
        folder.WriteProgress8((2024, "final", 10));

        await folder.LoadAsync(console);

        var after = await NationalFolder.FiguresAsync(web);
        Assert.Equal((0, 2), (before.Version, after.Version));
        Assert.Equal(ReferenceStatus.Final, after.Progress8(Year2024)!.Edition.Status);
        Assert.Same(after, await NationalFolder.FiguresAsync(web));
    }

    // Both would take the next number; one of them begins again.
    [Theory, BothDatabases]
    public async Task Load_ManyAtOnce_GiveEveryEditionItsOwnVersion(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        using var other = new NationalFolder();
        folder.WriteProgress8([.. Enumerable.Range(2017, 8).Select(y => (y, "final", 10.0))]);
        other.WriteProgress8([.. Enumerable.Range(2017, 8).Select(y => (y, "revised", 10.0))]);

        await Task.WhenAll(Task.Run(() => folder.LoadAsync(host)), Task.Run(() => other.LoadAsync(host)));

        Assert.Equal(Enumerable.Range(1, 32).Select(n => (long)n), (await host.ReadAllAsync<NationalDataset>()).Select(d => d.Version).Order());
    }

    [Fact]
    public async Task Load_DryRun_TellsAndChangesNothing()
    {
        await using var host = await AscentHost.StartAsync();
        folder.WriteProgress8((2024, "final", 10));

        var load = await folder.LoadAsync(host, dryRun: true);

        Assert.Equal([1, 1], load.Files.Select(f => f.Added));
        Assert.Equal((0, 0), (await host.CountAsync<NationalDataset>(), await host.CountAsync<AuditEntry>()));
    }

    [Fact]
    public async Task Load_OneFileBad_TakesTheOthers()
    {
        await using var host = await AscentHost.StartAsync();
        folder.WriteProgress8((2024, "final", 10));
        folder.Write(NationalFolder.Table, "measure_code,2024", "TotAbs,much");

        var load = await folder.LoadAsync(host);

        Assert.Equal([NationalFolder.Table], load.Files.Where(f => f.Refused is not null).Select(f => f.Name));
        Assert.Equal(2, await host.CountAsync<NationalDataset>());
    }

    [Fact]
    public async Task Load_ByAPerson_IsRefused()
    {
        await using var host = await AscentHost.StartAsync();

        var person = new Actor(ActorKind.Person, Guid.Empty, Guid.Empty, Guid.Empty, PermissionSet.Of(Permission.SchoolSetup, Permission.ManageData));

        var load = await host.Get<LoadReference>().ExecuteAsync(folder.Folder, person, false, default);

        Assert.Equal("operators-only", Assert.Single(load.Refusals).Code);
    }

    [Fact]
    public async Task Load_NothingKnownOrNoFolder_IsRefused()
    {
        await using var host = await AscentHost.StartAsync();
        folder.Write("other.csv", "a,b");
        var load = host.Get<LoadReference>();

        Assert.Equal("no-reference-files", Assert.Single((await load.ExecuteAsync(folder.Folder, Actor.Operator, false, default)).Refusals).Code);
        Assert.Equal("no-reference-files", Assert.Single((await load.ExecuteAsync(new(folder.Path("nowhere")), Actor.Operator, false, default)).Refusals).Code);
    }

    [Fact]
    public async Task List_Loaded_SaysWhatFromWhereAndWhen()
    {
        await using var host = await AscentHost.StartAsync();
        folder.WriteProgress8((2024, "revised", 10));
        await folder.LoadAsync(host);

        var listed = await host.Get<ListReference>().ExecuteAsync(default);

        Assert.Equal(
            [(NationalKind.Attainment8Estimates, Year2024, ReferenceStatus.Revised, NationalFolder.Estimates, AscentHost.Start.UtcDateTime), (NationalKind.Progress8Deviations, Year2024, ReferenceStatus.Revised, NationalFolder.Deviations, AscentHost.Start.UtcDateTime)],
            listed.Select(l => (l.Kind, l.Year, l.Status, l.FileName, l.LoadedAt)));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(folder.Path(NationalFolder.Estimates)))), listed[0].FileSha256);
    }
}
