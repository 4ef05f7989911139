using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Pupils;

public sealed class PupilsTests
{
    [Theory, BothDatabases]
    public async Task AddPupil_SoundFields_StandsOnTheRollWithEveryFieldTypedByHand(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();

        var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, upn));

        var pupil = (await host.Get<FindPupil>().ExecuteAsync(id, manager.Actor, CancellationToken.None))!;
        Assert.Equal(("Ada Benson", upn, new NcYear(4)), (pupil.FullName, pupil.Details.Upn, pupil.Details.Year));
        Assert.Equal([PupilField.Surname, PupilField.Forename, PupilField.BornOn, PupilField.Sex, PupilField.Upn, PupilField.Year, PupilField.EnrolledOn], pupil.TypedByHand);
        Assert.Empty(pupil.History);
    }

    [Theory, BothDatabases]
    public async Task AnyDeed_WithoutManageData_IsRefusedAndChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var id = await host.Data.AddPupilAsync(manager);
        var teacher = (await host.Data.AddMemberAsync(manager.School, Permission.SchoolReports, Permission.PupilReports)).Actor;

        Refusal?[] refusals =
        [
            (await host.Get<AddPupil>().ExecuteAsync(new(TestData.PupilText()), teacher, CancellationToken.None)).Refusals[0],
            (await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText(), 1), teacher, CancellationToken.None)).Refusals[0],
            (await host.Get<LeavePupil>().ExecuteAsync(id, "23/11/2026", teacher, CancellationToken.None)).Refusals[0],
            (await host.Get<ReadmitPupil>().ExecuteAsync(id, "23/11/2026", teacher, CancellationToken.None)).Refusals[0],
        ];

        Assert.All(refusals, r => Assert.IsType<NotAllowed>(r));
        Assert.Equal((1, null), (await host.CountAsync<Pupil>(), (await host.Get<FindPupil>().ExecuteAsync(id, manager.Actor, CancellationToken.None))!.LeftOn));
    }

    [Theory, BothDatabases]
    public async Task AnyDeed_OnAnotherSchoolsPupil_FindsNone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var id = await host.Data.AddPupilAsync(await ManagerAsync(host));
        var other = (await ManagerAsync(host)).Actor;

        Assert.Null(await host.Get<FindPupil>().ExecuteAsync(id, other, CancellationToken.None));
        Assert.IsType<NoSuchPupil>((await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText(), 1), other, CancellationToken.None)).Refusals[0]);
        Assert.IsType<NoSuchPupil>((await host.Get<LeavePupil>().ExecuteAsync(id, "23/11/2026", other, CancellationToken.None)).Refusals[0]);
        Assert.Empty((await host.Get<ListPupils>().ExecuteAsync(other, new(Status: null), CancellationToken.None)).Rows);
    }

    // A child at two schools is a pupil of each.
    [Theory, BothDatabases]
    public async Task AddPupil_UpnOfAnother_IsRefusedInTheSchoolOnly(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (manager, elsewhere, upn) = (await ManagerAsync(host), await ManagerAsync(host), host.Data.NextUpn());
        var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, upn));

        var again = await host.Get<AddPupil>().ExecuteAsync(new(TestData.PupilText((PupilField.Upn, upn), (PupilField.Forename, "Bo"))), manager.Actor, CancellationToken.None);
        var there = await host.Get<AddPupil>().ExecuteAsync(new(TestData.PupilText((PupilField.Upn, upn))), elsewhere.Actor, CancellationToken.None);

        Assert.Equal(new UpnTaken(id, "Ada Benson", IsFormer: false), Assert.Single(again.Refusals));
        Assert.True(there.Succeeded);
    }

    [Theory, BothDatabases]
    public async Task AddPupil_SameUpnTwentyTimesAtOnce_MakesOnePupil(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var typed = TestData.PupilText((PupilField.Upn, host.Data.NextUpn()));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Get<AddPupil>().ExecuteAsync(new(typed, AcceptsNamesake: true), manager.Actor, CancellationToken.None))));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.IsType<UpnTaken>(r.Refusals[0]));
        Assert.Equal(1, await host.CountAsync<Pupil>());
    }

    [Theory, BothDatabases]
    public async Task AddPupil_NamesakeOfTheSameDay_AsksFirst(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await host.Data.AddPupilAsync(manager, (PupilField.Surname, "Szabó"), (PupilField.Forename, "Léna"));
        var typed = TestData.PupilText((PupilField.Surname, "SZABO"), (PupilField.Forename, "lena"));

        var asked = await host.Get<AddPupil>().ExecuteAsync(new(typed), manager.Actor, CancellationToken.None);
        var meant = await host.Get<AddPupil>().ExecuteAsync(new(typed, AcceptsNamesake: true), manager.Actor, CancellationToken.None);

        Assert.IsType<NamesakeHere>(Assert.Single(asked.Refusals));
        Assert.True(meant.Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ChangePupil_NewUpn_KeepsTheOldOneAndTheHistory(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (temporary, permanent) = (Temporary(), host.Data.NextUpn());
        var id = await host.Data.AddPupilAsync(manager, (PupilField.Upn, temporary));

        var changed = await host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Upn, permanent), (PupilField.Year, "5")), 1), manager.Actor, CancellationToken.None);

        var pupil = (await host.Get<FindPupil>().ExecuteAsync(id, manager.Actor, CancellationToken.None))!;
        Assert.Equal([PupilField.Upn, PupilField.Year], changed.Value);
        Assert.Equal((permanent, new NcYear(5)), (pupil.Details.Upn, pupil.Details.Year));
        Assert.Equal([temporary], pupil.FormerUpns);
        var entry = Assert.Single(pupil.History);
        Assert.Equal(manager.FullName, entry.By);
        Assert.Equal([(PupilField.Upn, temporary, permanent), (PupilField.Year, "4", "5")], entry.Fields.Select(f => (f.Field, f.Before, f.After)));
        // The former number is the pupil's for good: nobody else gets it unasked.
        Assert.Equal(new UpnTaken(id, "Ada Benson", IsFormer: true),
            (await host.Get<AddPupil>().ExecuteAsync(new(TestData.PupilText((PupilField.Upn, temporary), (PupilField.Forename, "Bo"))), manager.Actor, CancellationToken.None)).Refusals[0]);
    }

    [Theory, BothDatabases]
    public async Task ChangePupil_SomebodyWasThereFirst_ShowsTheirsAndSavesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var id = await host.Data.AddPupilAsync(manager);
        Task<Result<IReadOnlyList<PupilField>>> ChangeAsync(string forename) =>
            host.Get<ChangePupil>().ExecuteAsync(new(id, TestData.PupilText((PupilField.Forename, forename)), Version: 1), manager.Actor, CancellationToken.None);

        var results = await Task.WhenAll(Task.Run(() => ChangeAsync("Adah")), Task.Run(() => ChangeAsync("Addie")));

        Assert.Single(results, r => r.Succeeded);
        Assert.IsType<PupilChangedMeanwhile>(Assert.Single(results, r => !r.Succeeded).Refusals[0]);
    }

    [Theory, BothDatabases]
    public async Task LeaveAndReadmit_APupil_KeepsEverything(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var id = await host.Data.AddPupilAsync(manager);
        Task<Result<Done>> LeaveAsync(string day) => host.Get<LeavePupil>().ExecuteAsync(id, day, manager.Actor, CancellationToken.None);
        Task<Result<Done>> ReadmitAsync(string day) => host.Get<ReadmitPupil>().ExecuteAsync(id, day, manager.Actor, CancellationToken.None);

        Assert.Equal("The last day is before the first, 1 September 2022", (await LeaveAsync("31/8/2022")).Refusals[0].Message);
        Assert.IsType<OnTheRoll>((await ReadmitAsync("1/9/2026")).Refusals[0]);
        Assert.True((await LeaveAsync("20/11/2026")).Succeeded);
        Assert.Equal((0, 1), await RollAsync(host, manager));
        Assert.IsType<LeftAlready>((await LeaveAsync("21/11/2026")).Refusals[0]);
        Assert.Equal("The first day is not after the last one, 20 November 2026", (await ReadmitAsync("20/11/2026")).Refusals[0].Message);
        Assert.True((await ReadmitAsync("23/11/2026")).Succeeded);
        Assert.Equal((1, 0), await RollAsync(host, manager));
    }

    // Pages by name with accents and capitals out of the way, and each pupil on one page only.
    [Theory, BothDatabases]
    public async Task ListPupils_MoreThanAPage_GoesOnWhereItEnded(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        for (var i = 0; i < ListPupils.PageSize + 3; i++)
            await host.Data.AddPupilAsync(manager, (PupilField.Surname, $"{(char)('A' + i % 26)}dams"), (PupilField.Forename, $"Åsa{i:00}"), (PupilField.Year, i % 2 == 0 ? "4" : "5"));

        var first = await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(), CancellationToken.None);
        var second = await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(After: first.Next), CancellationToken.None);

        Assert.Equal((ListPupils.PageSize, 3, null, ListPupils.PageSize + 3), (first.Rows.Count, second.Rows.Count, second.Next, first.Total));
        Assert.Equal(ListPupils.PageSize + 3, first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count());
        Assert.Equal((27, 26), (first.ByYear![new NcYear(4)], first.ByYear[new NcYear(5)]));
        Assert.Equal(3, (await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(Search: "adams"), CancellationToken.None)).Rows.Count);
        Assert.Single((await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(Search: "asa07"), CancellationToken.None)).Rows);
        Assert.All((await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(Attention: PupilAttention.OutOfYear), CancellationToken.None)).Rows, r => Assert.Equal(new NcYear(5), r.Year));
    }

    [Theory, BothDatabases]
    public async Task ListPupils_ThoseThatNeedALook_AreFoundAndCounted(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "None"));
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "Reason"), (PupilField.Upn, "UN1"));
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "Temporary"), (PupilField.Upn, Temporary()));
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "Sound"), (PupilField.Upn, host.Data.NextUpn()));
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "August"), (PupilField.BornOn, "31/8/2018"), (PupilField.Year, "4"), (PupilField.Upn, host.Data.NextUpn()));
        await host.Data.AddPupilAsync(manager, (PupilField.Forename, "September"), (PupilField.BornOn, "1/9/2018"), (PupilField.Year, "4"), (PupilField.Upn, host.Data.NextUpn()));

        Task<string[]> NamesAsync(PupilAttention attention) => host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(Attention: attention), CancellationToken.None)
            .ContinueWith(list => list.Result.Rows.Select(r => r.Forename).ToArray(), TaskScheduler.Default);

        Assert.Equal(["None", "Reason"], await NamesAsync(PupilAttention.NoUpn));
        Assert.Equal(["Temporary"], await NamesAsync(PupilAttention.TemporaryUpn));
        Assert.Equal(["September"], await NamesAsync(PupilAttention.OutOfYear));
        var counts = await host.Get<CountPupils>().ExecuteAsync(manager.Actor, CancellationToken.None);
        Assert.Equal((6, 0, 2, 1, 1), (counts.OnRoll, counts.Left, counts.Attention[PupilAttention.NoUpn], counts.Attention[PupilAttention.TemporaryUpn], counts.Attention[PupilAttention.OutOfYear]));
    }

    private static string Temporary()
    {
        const string Rest = "99920012307A";
        return $"{Upn.CheckLetter(Rest)}{Rest}";
    }

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);

    private static async Task<(int OnRoll, int Left)> RollAsync(AscentHost host, TestMember manager)
    {
        // A pupil is on the roll on the last day still.
        var counts = await host.Get<CountPupils>().ExecuteAsync(manager.Actor, CancellationToken.None);
        return (counts.OnRoll, counts.Left);
    }
}
