using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.SchoolData.Imports;

/// <summary>Whole transfer files on their way from the upload to the roll and back.</summary>
public sealed class TransferFileTests
{
    [Theory, BothDatabases]
    public async Task Confirm_SampleFile_PutsItsPupilsOnTheRoll(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        using var file = File.OpenRead(ReferenceFile.Find("ctf_sample_synthetic.xml"));
        // It is of the school year before this one, which is taken too, and for another school.
        var received = await host.Get<ReceiveImport>().ExecuteAsync(new("8201234_CTF_8204321_001.xml", file, IsWholeRoll: false, TakesAnyDestination: true), manager.Actor, CancellationToken.None);
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, received.Value.ImportId, CancellationToken.None);
        var import = (await host.Get<ReadImports>().FindAsync(received.Value.ImportId, manager.Actor, CancellationToken.None))!.Value.Import;

        Assert.Equal((3, 0, 0, 0), await ConfirmAsync(host, manager, import));

        var pupils = await host.ReadAllAsync<Pupil>();
        Assert.Contains(pupils, p => (p.Upn, p.Surname, p.CalledSurname, p.CalledForename) == ("K820123419011", "EXAMPLE", "Example", "Ada"));
        Assert.True(await host.CountAsync<PupilResult>() > 0);
    }

    [Theory, BothDatabases]
    public async Task Confirm_LargeFile_BringsEverythingAndUndoTakesItAllOut(DatabaseKind kind)
    {
        var pupils = LongTests.OrShare(100_000, 2_300);
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var path = Path.Combine(host.DataFolder, "large.xml");
        await using (var written = File.Create(path))
            await CtfWriter.Write(pupils).CopyToAsync(written);
        await using var file = File.OpenRead(path);
        var received = await host.Get<ReceiveImport>().ExecuteAsync(new("9992999_CTF_9992101_001.xml", file, IsWholeRoll: true, TakesAnyDestination: true), manager.Actor, CancellationToken.None);
        await host.Get<CheckImport>().ExecuteAsync(manager.School.Id, received.Value.ImportId, CancellationToken.None);
        var import = (await host.Get<ReadImports>().FindAsync(received.Value.ImportId, manager.Actor, CancellationToken.None))!.Value.Import;

        Assert.Equal((pupils, 0, 0, 0), await ConfirmAsync(host, manager, import));

        Assert.Equal((pupils, 2 * pupils, pupils, pupils), await CountAsync(host));
        Assert.Equal(pupils, (await host.Get<UndoImport>().ExecuteAsync(import.Id, manager.Actor, CancellationToken.None)).Value);
        Assert.Equal((0, 0, 0, 0), await CountAsync(host));
    }

    private static async Task<(int Added, int Changed, int Removed, int Waiting)> ConfirmAsync(AscentHost host, TestMember manager, ImportSummary import)
    {
        Assert.Equal((ImportFormat.Ctf, ImportState.Ready), (import.Format, import.State));
        var done = await host.Data.ConfirmAsync(manager, import);
        return (done.Added, done.Changed, done.Removed, done.Waiting);
    }

    private static async Task<(int Pupils, int Results, int Attendance, int Schools)> CountAsync(AscentHost host) =>
        (await host.CountAsync<Pupil>(), await host.CountAsync<PupilResult>(), await host.CountAsync<AttendanceTotal>(), await host.CountAsync<FormerSchool>());
}
