using System.Globalization;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Reference;
using Ascent.Reference.National;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.TestSupport;

namespace Ascent.Bench.Reports;

/// <summary>Cohorts of invented pupils, spread by their numbers, the same in every run; put into the database as a build leaves them.</summary>
internal static class InventedCohorts
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(AscentHost.Start.UtcDateTime);
    private static readonly AcademicYear Built = AcademicYear.EndingIn(2026);
    private static readonly (string Table, string Columns)[] Tables =
    [
        ("report_builds", "version, built_at, built_on, form, sums_form, national_version"),
        ("report_cohorts", "stage, academic_year, pupils, has_results, packed"),
        ("report_sums", """stage, measure, subject, "group", "value", academic_year, n, matched, "sum", sum_of_squares, weight"""),
    ];

    private static readonly string[] Subjects = ["ENL", "ENT", "MAT", "CSC", "HIS", "GEO", "FRE", "ART", "CSI"];
    private static readonly string[] Ethnicities = ["WBRI", "WBRI", "WBRI", "AIND", "BAFR", "MWBC", "WOTH"];

    /// <summary>Years up to 2025/26, each with a cohort at the end of key stage 4 and one of the whole school.</summary>
    /// <param name="pupils">Of the whole school; a fifth of them is at the end of key stage 4.</param>
    public static IReadOnlyList<Cohort> Of(int pupils, int years) =>
        [.. Enumerable.Range(0, years).SelectMany(back => new[] { Make(CohortStage.Ks4, pupils / 5, back), Make(CohortStage.School, pupils, back) })];

    /// <summary>Into one school by the product, and from there into all others on the server: they have the same cohorts and sums.</summary>
    public static async Task StoreAsync(AscentHost host, School school, IReadOnlyList<Cohort> cohorts)
    {
        await host.Get<Database>().ChangeManyAsync(OrganisationScope.Of(school.Id), async db =>
        {
            IEnumerable<IOrganisationOwned> rows =
            [
                new CohortBuild { OrganisationId = school.Id, Version = 1, BuiltAt = host.Clock.GetUtcNow().UtcDateTime, BuiltOn = Today, Form = CohortBytes.Form, SumsForm = MakeSums.Form },
                .. cohorts.Select(c => new CohortRow { OrganisationId = school.Id, Stage = c.Stage, AcademicYear = c.Year, Pupils = c.Count, HasResults = true, Packed = CohortBytes.Write(c) }),
                .. cohorts.SelectMany(c => MakeSums.Of(school.Id, c, NationalYear.Of(NationalFigures.Illustrative, c.Year))),
            ];
            await db.InsertAsync(rows, CancellationToken.None);
            return true;
        }, CancellationToken.None);
        foreach (var (table, columns) in Tables)
            await host.ChangeTablesAsync($"""
                {(host.Kind == DatabaseKind.Postgres ? $"SELECT set_config('{RowSecurity.Setting}', '{RowSecurity.WholeServer}', false);" : "")}
                INSERT INTO {table} (organisation_id, {columns})
                SELECT o.other, {columns} FROM (SELECT id AS other FROM organisations WHERE kind = 'School') o CROSS JOIN {table} t
                WHERE t.organisation_id = (SELECT id FROM organisations WHERE code = '{school.Code}') AND o.other <> t.organisation_id
                """);
        await host.AnalyseAsync();
    }

    private static Cohort Make(CohortStage stage, int pupils, int back)
    {
        var cohort = MakeCohort.Of(stage, Built, [.. Enumerable.Range(0, pupils).Select(n => Pupil(stage, n + (back * 10_007)))], Today)!;
        return new()
        {
            Stage = cohort.Stage, Year = AcademicYear.StartingIn(Built.StartYear - back), PupilIds = cohort.PupilIds, Groups = cohort.Groups, Prior = cohort.Prior, Columns = cohort.Columns, Subjects = cohort.Subjects,
        };
    }

    private static PupilRecord Pupil(CohortStage stage, int n) => new(
        new Guid(n, 0, 0, new byte[8]), new DateOnly(2009, 9, 1).AddDays(n * 31 % 365), n % 2 == 0 ? Sex.Female : Sex.Male, new(stage == CohortStage.Ks4 ? 12 : 8 + (n % 5)),
        new(n % 23 == 0 ? 2026 : 2020, 1, 5), null,
        new(Disadvantaged: n % 4 == 0, SenProvision: n % 31 == 0 ? "E" : n % 7 == 0 ? "K" : "N", Eal: n % 9 == 0, LookedAfter: n % 97 == 0, Ethnicity: Ethnicities[n % 7], ServiceChild: n % 53 == 0), [],
        stage == CohortStage.Ks4 ? [.. Results(n)] : [], new Dictionary<AcademicYear, StoredSessions> { [Built] = new(380, n * 7 % 61) }, new HashSet<(AcademicYear, string)>());

    private static IEnumerable<StoredResult> Results(int n)
    {
        if (n % 17 != 0)
        {
            yield return Read(new("KS2", "ENG", "REA", "TT"), 2021, (85 + (n * 11 % 33)).ToString(CultureInfo.InvariantCulture));
            yield return Read(new("KS2", "MAT", "MAT", "TT"), 2021, (85 + (n * 13 % 33)).ToString(CultureInfo.InvariantCulture));
        }
        foreach (var (place, subject) in Subjects.Index())
            if ((n + place) % 11 != 0)
                yield return Read(new("KS4", subject, "GCSE", "EX"), 2026, Grade(subject, 1 + (((n * 7) + (place * 5)) % 9)));
    }

    private static string Grade(string subject, int grade) => subject == "CSC" ? $"{grade}-{grade}" : $"{grade}";

    private static StoredResult Read(Assessment assessment, int endYear, string value)
    {
        var year = AcademicYear.EndingIn(endYear);
        var read = ResultCodes.Read(assessment, year, value);
        return new(assessment, year, read.Kind, read.Number, read.Code);
    }
}
