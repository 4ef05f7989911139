using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Demo;
using Ascent.Demo.Pupils;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Demo;

/// <summary>The pupils of the demonstration: sound, the same everywhere, and there as a whole.</summary>
[Collection(SeededDemonstration.Name)]
public sealed class SeedPupilsTests(SeededDemonstration seeded)
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_EmptyDatabase_EveryRuleOfTheDatabaseHolds(DatabaseKind kind)
    {
        var host = await seeded.OnAsync(kind);
        await host.Get<SealAudit>().ExecuteAsync(default);

        Assert.Empty(await Invariants.BrokenAsync(host));
        var report = await host.Get<VerifyAudit>().ExecuteAsync(default);
        Assert.Empty(report.Findings);
        Assert.Equal((0, (long)await host.CountAsync<AuditEntry>()), (report.Unsealed, report.Entries));
    }

    // Another seed of the same sort of database, and one of the other sort, on other days: the same to the letter.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_AnotherDatabaseOnAnotherDay_HoldsTheSame(DatabaseKind kind)
    {
        await using var second = kind == DatabaseKind.Sqlite ? await SeededDemonstration.StartAsync(kind, TimeSpan.FromDays(40)) : null;

        var expected = await DemonstrationText.OfAsync(await seeded.OnAsync(DatabaseKind.Sqlite));

        Assert.True(expected.Count > 100_000);
        Assert.Equal(expected, await DemonstrationText.OfAsync(second ?? await seeded.OnAsync(kind)));
    }

    [Theory]
    [InlineData("900001", 400, 430, 160)]
    [InlineData("900002", 1100, 1180, 500)]
    [InlineData("900003", 860, 920, 200)]
    [InlineData("900004", 140, 155, 140)]
    [InlineData("900005", 40, 50, 10)]
    [InlineData("900006", 390, 415, 550)]
    public async Task ExecuteAsync_EachSchool_IsAsLargeAsItIsSaidToBe(string urn, int least, int most, int leavers)
    {
        var pupils = (await seeded.PupilsAsync()).Where(p => p.Urn == urn).ToArray();

        Assert.InRange(pupils.Count(p => p.Pupil.LeftOn is null), least, most);
        Assert.True(pupils.Count(p => p.Pupil.LeftOn is not null) >= leavers);
    }

    [Fact]
    public async Task ExecuteAsync_EveryNumber_IsSoundAndNoRealChilds()
    {
        var pupils = (await seeded.PupilsAsync()).Select(p => p.Pupil).ToArray();

        Assert.All(pupils.Where(p => p.Upn is not null), p => Assert.Equal((p.Upn, "999"), (Upn.Read(p.Upn).Upn?.Text, p.Upn![1..4])));
        Assert.All(pupils.Where(p => p.Uln is not null), p => Assert.Equal(p.Uln, Uln.Read(p.Uln)?.Text));
        Assert.All(pupils.Where(p => p.Year.Number >= 10), p => Assert.NotNull(p.Uln));
        // One number, one child: who has it at two schools is the same child.
        Assert.All(pupils.Where(p => p.Upn is not null).GroupBy(p => p.Upn), g => Assert.Single(g.Select(p => (p.Surname, p.Forename, p.BornOn, p.Uln)).Distinct()));
        Assert.InRange(pupils.Where(p => p.Upn is not null).GroupBy(p => p.Upn).Count(g => g.Count() > 1), 100, 400);
    }

    [Fact]
    public async Task ExecuteAsync_EveryPupil_IsOneWhomAFormWouldTake()
    {
        var today = LondonTime.DateOf(AscentHost.Start.UtcDateTime);

        Assert.All((await seeded.PupilsAsync()).Where(p => p.Pupil.LeftOn is null), p =>
        {
            var typed = Enum.GetValues<PupilField>().ToDictionary(f => f, f => (string?)p.Pupil.Details.TextOf(f));
            var read = PupilDetails.Read(new(typed, today));
            Assert.True(read.Succeeded, $"{p.Pupil.FullName}: {(read.Succeeded ? "" : read.Refusals[0].Message)}");
        });
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Larkfield_HasAFileConfirmedAndOneToReview(DatabaseKind kind)
    {
        var host = await seeded.OnAsync(kind);

        var imports = (await host.ReadAllAsync<Import>()).OrderBy(i => i.State).ToArray();

        Assert.Equal([ImportState.Ready, ImportState.Confirmed], imports.Select(i => i.State));
        var kinds = (await host.ReadAllAsync<ImportRow>()).Where(r => r.ImportId == imports[0].Id).Select(r => r.Kind).Distinct().Order();
        Assert.Equal([ImportRowKind.Error, ImportRowKind.Decide, ImportRowKind.Change, ImportRowKind.Add, ImportRowKind.Same], kinds);
    }

    [Fact]
    public async Task ExecuteAsync_TeachersOfLarkfieldAndBeacon_TeachOneClassEach()
    {
        var host = await seeded.OnAsync(DatabaseKind.Sqlite);

        var its = await host.ReadAsync(db => (
            from teacher in db.Set<ClassTeacher>()
            join account in db.Set<Account>() on teacher.AccountId equals account.Id
            join taught in db.Set<SchoolClass>() on teacher.ClassId equals taught.Id
            orderby taught.Name
            select new { account.Email, taught.Name, Pupils = db.Set<ClassPupil>().Count(p => p.ClassId == taught.Id) }).ToListAsync());

        Assert.Equal([("teacher@larkfield.demo.example", "4 Oak"), ("teacher@beacon.demo.example", "7A")], its.Select(t => (t.Email, t.Name)));
        Assert.All(its, t => Assert.InRange(t.Pupils, 20, 32));
    }

    [Fact]
    public async Task ExecuteAsync_Again_ChangesNothing()
    {
        var host = await seeded.OnAsync(DatabaseKind.Sqlite);
        var before = (await host.CountAsync<Pupil>(), await host.CountAsync<Import>());

        Assert.Equal(0, await host.Data.SeedDemonstrationAsync());

        Assert.Equal(before, (await host.CountAsync<Pupil>(), await host.CountAsync<Import>()));
    }

    [Fact]
    public async Task ExecuteAsync_NoDemonstration_AddsNobody()
    {
        await using var host = await AscentHost.StartAsync();
        await host.Data.AddPrimaryAsync();

        Assert.Equal(0, await host.Get<SeedPupils>().ExecuteAsync(default));

        Assert.Equal((0, 0), (await host.CountAsync<Pupil>(), await host.CountAsync<ServerFact>()));
    }

    // Stopped in the middle nothing is there; the next start does the whole of it, but for a school in which somebody has begun meanwhile.
    [Fact]
    public async Task ExecuteAsync_CutOffAndASchoolInUse_BeginsAnewWithTheOthers()
    {
        await using var host = await AscentHost.StartAsync();
        await host.Get<SeedDemonstration>().ExecuteAsync(default);
        using var cut = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Get<SeedPupils>().ExecuteAsync(cut.Token));
        Assert.Equal((0, 0), (await host.CountAsync<Pupil>(), await host.CountAsync<SchoolClass>()));

        var larkfield = await host.ReadAsync(db => db.Set<School>().SingleAsync(s => s.Code == "900001"));
        await host.Data.AddPupilAsync(await host.Data.AddMemberAsync(larkfield, Permission.ManageData));
        await host.Get<SeedPupils>().ExecuteAsync(default);

        var counts = await host.ReadAsync(db => db.Set<Pupil>().GroupBy(p => p.OrganisationId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync());
        Assert.Equal((6, 1), (counts.Count, counts.Single(c => c.Key == larkfield.Id).Count));
        // The teacher of the school that was left as it is has no class; the other one has.
        Assert.Equal((0, 1), (await host.CountAsync<Import>(), await host.CountAsync<ClassTeacher>()));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    // Between the pupils and the files, or between the two files: what is there is gone on with.
    [Fact]
    public async Task ExecuteAsync_CutOffBeforeTheFiles_GoesOnWithThem()
    {
        var host = await seeded.OnAsync(DatabaseKind.Sqlite);
        await host.ChangeAsync(async db => (await db.Set<ServerFact>().SingleAsync(f => f.Name == ServerFact.DemonstrationPupils)).Value = "pupils");
        var before = await host.CountAsync<Pupil>();

        Assert.Equal(0, await host.Get<SeedPupils>().ExecuteAsync(default));

        Assert.Equal((before, 2), (await host.CountAsync<Pupil>(), await host.CountAsync<Import>()));
        Assert.Equal([ImportState.Ready, ImportState.Confirmed], (await host.ReadAllAsync<Import>()).Select(i => i.State).Order());
    }
}
