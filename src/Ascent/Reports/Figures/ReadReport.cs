using System.Collections.Concurrent;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Reference.National;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.Figures;

/// <summary>The stages of a school that have anything to show, with their years, the newest first.</summary>
public sealed record ReportStages(IReadOnlyList<(CohortStage Stage, IReadOnlyList<AcademicYear> Years)> Stages, DateTime? BuiltAt, bool IsBehind, ReportReader Reader);

/// <summary>Opens the reports of a school for a reader.</summary>
public sealed class ReadReport(Database database, CohortMemory memory, ReadNationalFigures readNational)
{
    /// <summary>How many years with results dashboards show: the span of several years together.</summary>
    public const int ShownYears = 3;

    // Codes of the register (GIAS) for special schools: community, foundation, non-maintained, other independent, academy and free special schools.
    private static readonly string?[] SpecialTypes = ["7", "8", "10", "12", "32", "33", "36", "44"];

    /// <summary>What there is; cohorts without results are left out but for the whole school.</summary>
    public async Task<Result<ReportStages>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.SchoolReports);
        return await database.ReadAsync<Result<ReportStages>>(OrganisationScope.Of(organisationId), async db =>
        {
            var rows = await db.Set<CohortRow>().Where(c => c.HasResults || c.Stage == CohortStage.School).OrderByDescending(c => c.AcademicYear).Select(c => new { c.Stage, c.AcademicYear }).ToListAsync(cancellationToken);
            var builtAt = await db.Set<CohortBuild>().Select(b => (DateTime?)b.BuiltAt).SingleOrDefaultAsync(cancellationToken);
            return new ReportStages(
                [.. rows.GroupBy(r => r.Stage).OrderBy(g => g.Key).Select(g => (g.Key, (IReadOnlyList<AcademicYear>)[.. g.Select(r => r.AcademicYear).Take(ShownYears)]))],
                builtAt, await db.Set<ReportDue>().AnyAsync(cancellationToken), await db.ReportReaderAsync(actor, cancellationToken));
        });
    }

    /// <returns>Null when there is nothing of this stage.</returns>
    public async Task<Result<Report?>> ExecuteAsync(CohortStage stage, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.SchoolReports);
        var figures = await readNational.ExecuteAsync(cancellationToken);
        var (cohorts, builtAt, isBehind, reader, phase, former) = await database.ReadAsync(OrganisationScope.Of(organisationId), async db =>
        {
            var build = await db.Set<CohortBuild>().Select(b => new { b.Version, b.BuiltAt }).SingleOrDefaultAsync(cancellationToken);
            var cohorts = build is null ? null : await memory.GetAsync(organisationId, build.Version, stage, () => LoadAsync(db, stage, cancellationToken));
            return (cohorts, build?.BuiltAt ?? default, await db.Set<ReportDue>().AnyAsync(cancellationToken), await db.ReportReaderAsync(actor, cancellationToken), await PhaseAsync(db, organisationId, cancellationToken),
                await db.FormerNamesAsync(organisationId, cancellationToken));
        });
        return Result.Of(cohorts is { Cohorts.Count: > 0 } ? new Report(cohorts, reader, new(figures, stage, phase), DisclosureSettings.Default, builtAt, isBehind) { FormerNames = former } : null);
    }

    private static async Task<StageCohorts> LoadAsync(AppDb db, CohortStage stage, CancellationToken cancellationToken)
    {
        var packed = await db.Set<CohortRow>().Where(c => c.Stage == stage && (c.HasResults || c.Stage == CohortStage.School)).OrderBy(c => c.AcademicYear).Select(c => c.Packed).ToListAsync(cancellationToken);
        var all = packed.Select(CohortBytes.Read).OfType<Cohort>().ToList();
        // Of the years before, many have left whose records the school may not have.
        var shown = all.Where(c => c.HasResults).TakeLast(ShownYears).ToList();
        if (all.Count > 0 && stage == CohortStage.School && !shown.Contains(all[^1]))
            shown.Add(all[^1]);
        return new(stage, shown);
    }

    private static async Task<NationalPhase> PhaseAsync(AppDb db, Guid organisationId, CancellationToken cancellationToken)
    {
        var school = await db.Set<School>().Where(s => s.Id == organisationId).Select(s => new { s.Phase, s.TypeCode, s.IsPrimary }).SingleAsync(cancellationToken);
        return SpecialTypes.Contains(school.TypeCode) ? NationalPhase.Special : school.Phase switch
        {
            SchoolPhase.Primary or SchoolPhase.MiddleDeemedPrimary or SchoolPhase.Nursery => NationalPhase.Primary,
            SchoolPhase.Secondary or SchoolPhase.MiddleDeemedSecondary or SchoolPhase.SixteenPlus => NationalPhase.Secondary,
            _ => NationalPhase.All,
        };
    }
}

/// <summary>
/// The cohorts of the schools that were looked at last. A school's are thrown away when it has been built anew; the schools that nobody has looked
/// at for longest go when there are too many.
/// </summary>
public sealed class CohortMemory
{
    private const int Schools = 200;

    private readonly ConcurrentDictionary<Guid, Remembered> schools = [];
    private long clock;

    internal async Task<StageCohorts> GetAsync(Guid organisationId, int version, CohortStage stage, Func<Task<StageCohorts>> load)
    {
        var school = schools.AddOrUpdate(organisationId, _ => new(version), (_, known) => known.Version >= version ? known : new(version));
        school.LastAsked = Interlocked.Increment(ref clock);
        // Of two requests at once both may load; they load the same. One that still reads an older build keeps it to itself.
        if (school.Version != version)
            return await load();
        if (!school.Stages.TryGetValue(stage, out var cohorts))
            school.Stages[stage] = cohorts = await load();
        while (schools.Count > Schools)
            schools.TryRemove(schools.MinBy(s => s.Value.LastAsked).Key, out _);
        return cohorts;
    }

    private sealed class Remembered(int version)
    {
        public int Version { get; } = version;

        public long LastAsked { get; set; }

        public ConcurrentDictionary<CohortStage, StageCohorts> Stages { get; } = [];
    }
}
