using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Persistence;

/// <summary>Very many rows at once are the same rows as saved ones.</summary>
public sealed class NewRowsTests
{
    [Theory, BothDatabases]
    public async Task InsertAsync_ManyRowsOfTwoSorts_AreReadBackLikeSavedOnes(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (organisation, pupil) = await AddPupilAsync(host);
        var saved = Changes(organisation, pupil, 0, 1).Single();
        await host.ChangeAsync(db => { db.Add(saved); return Task.CompletedTask; });
        // More than one whole statement, and a rest.
        var rows = Changes(organisation, pupil, 1, 38).ToArray();
        var subject = new SubjectEnrolment { OrganisationId = organisation, PupilId = pupil, AcademicYear = AcademicYear.StartingIn(2026), SubjectCode = "MAT" };

        await InsertAsync(host, OrganisationScope.Of(organisation), [.. rows, subject]);

        var read = await host.ReadAllAsync<PupilChange>();
        Assert.Equal([saved.ChangeId, .. rows.Select(r => r.ChangeId)], read.Select(r => r.ChangeId).Order());
        Assert.All(read, r => Assert.Equal(
            (saved.OrganisationId, saved.PupilId, saved.Field, saved.Before, saved.After, saved.At, saved.FromDay, saved.ById),
            (r.OrganisationId, r.PupilId, r.Field, r.Before, r.After, r.At, r.FromDay, r.ById)));
        Assert.Equal((subject.AcademicYear, "MAT"), ((await host.ReadAllAsync<SubjectEnrolment>()).Single().AcademicYear, "MAT"));
        // Found by what they hold as well: the stored form is the same, not only what it is read as.
        Assert.Equal(39, await host.ReadAsync(db => db.Set<PupilChange>().CountAsync(c => c.PupilId == saved.PupilId && c.At == saved.At && c.FromDay == saved.FromDay && c.Field == saved.Field && c.ById == null)));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<SubjectEnrolment>().CountAsync(s => s.AcademicYear == subject.AcademicYear)));
    }

    [Theory, BothDatabases]
    public async Task InsertAsync_RowOfAnotherOrganisation_RefusesAll(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (organisation, pupil) = await AddPupilAsync(host);
        var other = (await host.Data.AddPrimaryAsync()).Id;

        await Assert.ThrowsAsync<InvalidOperationException>(() => InsertAsync(host, OrganisationScope.Of(other), [.. Changes(organisation, pupil, 0, 1)]));

        Assert.Equal(0, await host.CountAsync<PupilChange>());
    }

    // Somebody else was first: the change begins again and meets the new facts, as it does when it saves.
    [Theory, BothDatabases]
    public async Task InsertAsync_RowThatIsThereByNow_IsLostToAnotherAndTriedAgain(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (organisation, pupil) = await AddPupilAsync(host);
        string[] codes = ["MAT", "ENG"];
        await InsertAsync(host, OrganisationScope.Of(organisation), [Takes("MAT")]);
        var attempts = 0;

        await host.Get<Database>().ChangeManyAsync(OrganisationScope.Of(organisation), async db =>
        {
            await db.InsertAsync([Takes(codes[attempts++])], default);
            return true;
        }, default);

        Assert.Equal((2, 2), (attempts, await host.CountAsync<SubjectEnrolment>()));

        SubjectEnrolment Takes(string code) => new() { OrganisationId = organisation, PupilId = pupil, AcademicYear = AcademicYear.StartingIn(2026), SubjectCode = code };
    }

    [Fact]
    public async Task InsertAsync_OutsideOfAChange_Refuses()
    {
        await using var host = await AscentHost.StartAsync();
        var (organisation, pupil) = await AddPupilAsync(host);
        await using var db = host.Get<Database>().Open(OrganisationScope.Server);

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.InsertAsync(Changes(organisation, pupil, 0, 1), default));
    }

    private static async Task<(Guid OrganisationId, Guid PupilId)> AddPupilAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        var manager = await host.Data.AddMemberAsync(school, Permission.ManageData);
        return (school.Id, await host.Data.AddPupilAsync(manager));
    }

    private static IEnumerable<PupilChange> Changes(Guid organisation, Guid pupil, int from, int count) => Enumerable.Range(from, count).Select(n => new PupilChange
    {
        OrganisationId = organisation, PupilId = pupil, ChangeId = Guid.CreateVersion7(AscentHost.Start.AddSeconds(n)), Field = PupilField.Ethnicity, Before = "", After = "WBRI’s",
        At = AscentHost.Start.UtcDateTime.AddTicks(1230), FromDay = new(2026, 9, 1),
    });

    private static Task<int> InsertAsync(AscentHost host, OrganisationScope scope, IReadOnlyList<IOrganisationOwned> rows) =>
        host.Get<Database>().ChangeManyAsync(scope, async db =>
        {
            await db.InsertAsync(rows, default);
            return rows.Count;
        }, default);
}
