using Ascent.Measures;
using Ascent.Persistence;
using Ascent.Reference;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Demo;
using Ascent.Tests.Reference.National;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Reports.Figures;

/// <summary>The stored sums of schools: as they are written with the cohorts, found due again, and read for many schools.</summary>
[Collection(SeededDemonstration.Name)]
public sealed class ReportSumsTests(SeededDemonstration demonstration)
{
    private static readonly AcademicYear Year = AcademicYear.EndingIn(2026);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Stored_OfTheDemonstration_AreWhatIsCountedInTheCohorts(DatabaseKind kind)
    {
        var host = await demonstration.OnAsync(kind);
        await BuildAllAsync(host);
        var national = await NationalFolder.FiguresAsync(host);

        var expected = new Dictionary<string, Tally>();
        var weights = new Dictionary<string, double>();
        foreach (var row in await host.ReadAllAsync<CohortRow>())
        {
            var cohort = CohortBytes.Read(row.Packed)!;
            if (!row.HasResults)
                continue;
            foreach (var measure in ReportMeasures.Of(cohort.Stage))
                Count(row, cohort, measure, PupilGroups.All);
            foreach (var measure in cohort.Subjects.SelectMany(s => SubjectMeasures.Of(s.Code, s.Scale).Take(SubjectMeasures.BeforeGrades)))
                Count(row, cohort, measure, [PupilGroup.Disadvantaged]);
        }
        var stored = (await host.ReadAllAsync<SumRow>()).ToDictionary(s => $"{s.OrganisationId} {s.Stage} {s.AcademicYear} {s.Measure} {s.Subject} {s.Group} {s.Value}");

        Assert.True(expected.Count > 5_000, $"{expected.Count} sums");
        Assert.Contains(stored.Values, s => s is { Measure: "ks4-progress8", Group: "prior", Matched: > 0 });
        Assert.Contains(stored.Values, s => s is { Measure: "gcse-va", Group: "disadvantaged", Matched: > 0 });
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), stored.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored, s => Assert.True(IsSame(expected[s.Key], s.Value) && Math.Abs(weights[s.Key] - s.Value.Weight) < 1e-6, $"{s.Key}: {expected[s.Key]}, {weights[s.Key]}"));

        void Count(CohortRow row, Cohort cohort, ReportMeasure measure, IEnumerable<PupilGroup> groups)
        {
            if (measure.Baseline is { } baseline && Progress.IsMissing(baseline, cohort.Year) || measure.Column(cohort, NationalYear.Of(national, cohort.Year)) is not { } column)
                return;
            var sets = groups.SelectMany(g => g.Values().Select((v, at) => (Group: g.Code(), Value: v.Code, IsIn: (Func<int, bool>)(p => cohort.Groups[(int)g][p] == at))));
            foreach (var (group, value, isIn) in sets.Prepend(("all", "all", _ => true)))
            {
                var pupils = Enumerable.Range(0, cohort.Count).Where(p => isIn(p) && column[p].IsInCohort).ToList();
                if (pupils.Count == 0)
                    continue;
                var matched = pupils.Where(p => column[p].Counts).ToList();
                var key = $"{row.OrganisationId} {row.Stage} {row.AcademicYear} {measure.Code} {measure.Subject} {group} {value}";
                expected.Add(key, new(pupils.Count, matched.Count, matched.Sum(p => column[p].Value), matched.Sum(p => column[p].Value * column[p].Value)));
                weights.Add(key, measure.Kind == MeasureKind.Rate ? matched.Sum(p => cohort.Columns[CohortParts.SessionsPossible][p].Value) : matched.Count);
            }
        }
    }

    [Theory, BothDatabases]
    public async Task Build_AfterAConfirmedImport_ReplacesTheSumsOfThisSchoolAlone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (one, other) = (await AddSchoolAsync(host, "17"), await AddSchoolAsync(host, "21"));
        await BuildAllAsync(host);
        var (before, others) = (await MarksAsync(host, one), await SumsAsync(host, other));

        var import = await host.Data.ImportAsync(one, $"{TestData.RollHeading},First day\n{host.Data.NextUpn()},Moss,Ivy,04/03/2017,F,5,01/09/2022\n");
        await host.Data.ConfirmAsync(one, import);
        Assert.Equal(before, await MarksAsync(host, one));
        Assert.Equal(1, await Build(host).ExecuteAsync(Cancel));

        Assert.Equal(((1, 1, 17d), (2, 1, 17d)), (before, await MarksAsync(host, one)));
        Assert.NotEmpty(others);
        Assert.Equal(others, await SumsAsync(host, other));
    }

    [Theory, BothDatabases]
    public async Task Execute_AfterNationalFiguresWereLoaded_AddsProgressUpAnew(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.ManageData);
        host.Clock.Advance(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        var pupil = await host.Data.AddPupilAsync(manager, (PupilField.BornOn, "4/3/2011"), (PupilField.Year, "11"));
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, TestData.InFile([Result("KS4", "MAT", "GCSE", "EX", 2027, "7"), Result("KS2", "ENG", "REA", "TT", 2022, "110"), Result("KS2", "MAT", "MAT", "TT", 2022, "110")])));
        await BuildAllAsync(host);
        Assert.Contains(await SumsAsync(host, manager), s => s.Contains("ks4-attainment8", StringComparison.Ordinal));
        Assert.Empty(await Progress8Async());
        using var folder = new NationalFolder();

        folder.WriteProgress8((2027, "Final", 10));
        await folder.LoadAsync(host);
        Assert.Equal((1, 0), (await Build(host).ExecuteAsync(Cancel), await Build(host).ExecuteAsync(Cancel)));
        var first = Assert.Single(await Progress8Async());
        folder.WriteProgress8((2027, "Final", 20));
        await folder.LoadAsync(host);
        Assert.Equal((1, 0), (await Build(host).ExecuteAsync(Cancel), await Build(host).ExecuteAsync(Cancel)));

        // Ten points of Attainment 8 more are expected of every group: a grade less.
        Assert.Equal(first - 1, Assert.Single(await Progress8Async()), 9);

        Task<List<double>> Progress8Async() => host.ReadAsync(db => db.Set<SumRow>().Where(s => s.Measure == "ks4-progress8" && s.Group == SumRow.AllPupils).Select(s => s.Sum).ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task Read_OfManySchools_AddsUpWhatWasAskedAndNothingElse(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (one, other) = (await AddSchoolAsync(host, "17"), await AddSchoolAsync(host, "25"));
        await AddSchoolAsync(host, "9");
        await BuildAllAsync(host);
        ReportMeasure[] marks = [ReportMeasures.Find("mtc-mark")!];
        // More than one statement takes, those that there are at the ends.
        Guid[] schools = [one.School.Id, .. Enumerable.Range(0, 1_100).Select(n => new Guid(n, 1, 1, new byte[8])), other.School.Id];

        var all = await ReadAsync(new(CohortStage.TablesCheck, schools, marks, [Year], []));
        var bySex = await ReadAsync(new(CohortStage.TablesCheck, [other.School.Id], [.. marks, ReportMeasures.Find("mtc-full")!], [Year, AcademicYear.EndingIn(2025)], [PupilGroup.Sex]));

        Assert.Equal([new(Year, "mtc-mark", null, null, 0, 2, new(2, 2, 42, (17 * 17) + (25 * 25)), 2)], all);
        Assert.Equal(
            [("mtc-full", null, (byte)0, new Tally(1, 1, 1, 1), 1d), ("mtc-full", PupilGroup.Sex, 0, new(1, 1, 1, 1), 1), ("mtc-mark", null, 0, new(1, 1, 25, 625), 1), ("mtc-mark", PupilGroup.Sex, 0, new(1, 1, 25, 625), 1)],
            bySex.OrderBy(s => s.Measure).ThenBy(s => s.Group is not null).Select(s => (s.Measure, s.Group, s.Value, s.Tally, s.Weight)));
        Assert.Empty(await ReadAsync(new(CohortStage.Ks2, schools, marks, [Year], [])));
        Assert.Empty(await ReadAsync(new(CohortStage.TablesCheck, schools, marks, [AcademicYear.EndingIn(2025)], [])));
        Assert.Empty(await ReadAsync(new(CohortStage.TablesCheck, [], marks, [Year], [])));

        Task<IReadOnlyList<SumOfSchools>> ReadAsync(SumsQuery query) => host.Get<ReadSums>().ExecuteAsync(query, Cancel);
    }

    private static bool IsSame(Tally counted, SumRow stored) =>
        counted.N == stored.N && counted.Matched == stored.Matched && Math.Abs(counted.Sum - stored.Sum) < 1e-6 && Math.Abs(counted.SumOfSquares - stored.SumOfSquares) < 1e-6;

    // A school with one girl who took the tables check in summer.
    private static async Task<TestMember> AddSchoolAsync(AscentHost host, string mark)
    {
        var manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var pupil = await host.Data.AddPupilAsync(manager, (PupilField.BornOn, "4/3/2017"), (PupilField.Year, "5"));
        await host.Data.AddRecordsAsync(manager.School.Id, (pupil, TestData.InFile([TestData.TablesCheck(mark)])));
        return manager;
    }

    private static ResultInFile Result(string stage, string subject, string component, string method, int endYear, string value) =>
        new(new Assessment(stage, subject, component, method), AcademicYear.EndingIn(endYear), "", value);

    private static Task<(int N, int Matched, double Sum)> MarksAsync(AscentHost host, TestMember member) => host.ReadAsync(async db =>
        await db.Set<SumRow>().SingleAsync(s => s.OrganisationId == member.School.Id && s.Measure == "mtc-mark" && s.Group == SumRow.AllPupils) is var sum ? (sum.N, sum.Matched, sum.Sum) : default);

    private static async Task<List<string>> SumsAsync(AscentHost host, TestMember member) =>
        [.. (await host.ReadAllAsync<SumRow>()).Where(s => s.OrganisationId == member.School.Id).Select(s => $"{s.Stage} {s.AcademicYear} {s.Measure} {s.Subject} {s.Group} {s.Value} {s.N} {s.Matched} {s.Sum} {s.SumOfSquares} {s.Weight}").Order(StringComparer.Ordinal)];

    private static BuildCohorts Build(AscentHost host) => host.Get<BuildCohorts>();

    private static async Task BuildAllAsync(AscentHost host)
    {
        while (await Build(host).ExecuteAsync(Cancel) > 0)
        {
        }
    }
}
