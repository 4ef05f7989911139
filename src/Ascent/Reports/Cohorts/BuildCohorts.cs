using Ascent.Persistence;
using Ascent.Reference.National;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.Cohorts;

/// <summary>
/// Builds the cohorts of schools and the sums over them: of schools whose records have changed, for which a new school year or census has come, or whose
/// progress was added up with older national figures. Never on a request: pages read what was built last, and say from when it is.
/// </summary>
public sealed class BuildCohorts(Database database, ReadNationalFigures readNational, TimeProvider clock)
{
    /// <summary>How many school years are kept in cohorts, the running one included.</summary>
    public const int Years = 6;

    private const int AtOnce = 20;

    /// <returns>How many schools were built.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var built = 0;
        foreach (var school in await FindDueAsync(cancellationToken))
            built += await BuildAsync(school, cancellationToken) ? 1 : 0;
        return built;
    }

    /// <returns>False when another server was quicker; its work counts.</returns>
    public async Task<bool> BuildAsync(Guid organisationId, CancellationToken cancellationToken)
    {
        var (scope, today) = (OrganisationScope.Of(organisationId), clock.Today());
        var national = await readNational.ExecuteAsync(cancellationToken);
        var (due, version, records) = await database.ReadAsync(scope, async db => (
            await db.Set<ReportDue>().Select(d => d.Id).ToListAsync(cancellationToken),
            await db.Set<CohortBuild>().Select(b => (int?)b.Version).SingleOrDefaultAsync(cancellationToken),
            await ReadAsync(db, today, cancellationToken)));
        var cohorts = Make(records, today).ToList();
        var sums = cohorts.SelectMany(c => MakeSums.Of(organisationId, c, NationalYear.Of(national, c.Year))).ToList();
        return await database.ChangeManyAsync(scope, async db =>
        {
            var build = await db.Set<CohortBuild>().SingleOrDefaultAsync(cancellationToken);
            // Somebody has built since this began to read: from the same records or newer ones.
            if (build?.Version != version)
                return false;
            if (build is null)
                db.Add(build = new() { OrganisationId = organisationId });
            (build.Version, build.BuiltAt, build.BuiltOn, build.Form) = (build.Version + 1, clock.Now(), today, CohortBytes.Form);
            (build.SumsForm, build.NationalVersion) = (MakeSums.Form, national.Version);
            await db.SaveChangesAsync(cancellationToken);
            await db.Set<CohortRow>().ExecuteDeleteAsync(cancellationToken);
            db.AddRange(cohorts.Select(c => new CohortRow
            {
                OrganisationId = organisationId, Stage = c.Stage, AcademicYear = c.Year, Pupils = c.Count, HasResults = c.HasResults, Packed = CohortBytes.Write(c),
            }));
            await db.SaveChangesAsync(cancellationToken);
            await db.Set<SumRow>().ExecuteDeleteAsync(cancellationToken);
            await db.InsertAsync(sums, cancellationToken);
            foreach (var part in due.Chunk(500))
                await db.Set<ReportDue>().Where(d => part.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    public static IEnumerable<Cohort> Make(IReadOnlyList<PupilRecord> records, DateOnly today)
    {
        var now = AcademicYear.Of(today);
        foreach (var year in Enumerable.Range(0, Years).Select(back => AcademicYear.StartingIn(now.StartYear - back)))
            foreach (var stage in CohortStages.All)
                if (MakeCohort.Of(stage.Stage, year, records, today) is { } cohort)
                    yield return cohort;
    }

    private async Task<List<Guid>> FindDueAsync(CancellationToken cancellationToken)
    {
        var (turn, national) = (CohortStages.LastTurn(clock.Today()), (await readNational.ExecuteAsync(cancellationToken)).Version);
        return await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var due = await db.Set<ReportDue>().Select(d => d.OrganisationId).Distinct().OrderBy(id => id).Take(AtOnce).ToListAsync(cancellationToken);
            return due.Count > 0 ? due
                : await db.Set<CohortBuild>().Where(b => b.BuiltOn < turn || b.Form != CohortBytes.Form || b.SumsForm != MakeSums.Form || b.NationalVersion != national)
                    .OrderBy(b => b.OrganisationId).Select(b => b.OrganisationId).Take(AtOnce).ToListAsync(cancellationToken);
        });
    }

    private static async Task<List<PupilRecord>> ReadAsync(AppDb db, DateOnly today, CancellationToken cancellationToken)
    {
        // Who left before the first of the years is in no cohort.
        var since = AcademicYear.StartingIn(AcademicYear.Of(today).StartYear - Years + 1).FirstDay;
        var pupils = db.Pupils().Where(p => p.LeftOn == null || p.LeftOn >= since);
        var ids = pupils.Select(p => p.Id);
        var fields = PupilCharacteristics.Fields.Append(PupilField.Year).ToArray();
        var rows = await pupils.Select(p => new { p.Id, p.BornOn, p.Sex, p.NcYearNumber, p.EnrolledOn, p.LeftOn, p.Disadvantaged, p.SenProvision, p.Eal, p.LookedAfter, p.Ethnicity, p.ServiceChild }).ToListAsync(cancellationToken);
        var changes = (await db.Set<PupilChange>().Where(c => ids.Contains(c.PupilId) && fields.Contains(c.Field)).Select(c => new { c.PupilId, c.Field, c.Before, c.FromDay }).ToListAsync(cancellationToken))
            .ToLookup(c => c.PupilId, c => new StoredChange(c.Field, c.Before, c.FromDay));
        var results = (await db.Set<PupilResult>().Where(r => r.ReplacedById == Guid.Empty && ids.Contains(r.PupilId))
                .Select(r => new { r.PupilId, r.Stage, r.Subject, r.Component, r.Method, r.AcademicYear, r.Kind, r.Number, r.Code }).ToListAsync(cancellationToken))
            .ToLookup(r => r.PupilId, r => new StoredResult(new(r.Stage, r.Subject, r.Component, r.Method), AcademicYear.StartingIn(r.AcademicYear), r.Kind, r.Number, r.Code ?? ""));
        var attendance = (await db.Set<AttendanceTotal>().Where(a => a.ReplacedById == Guid.Empty && ids.Contains(a.PupilId))
                .Select(a => new { a.PupilId, a.AcademicYear, a.Possible, a.Authorised, a.Unauthorised }).ToListAsync(cancellationToken)).ToLookup(a => a.PupilId);
        var subjects = (await db.Set<SubjectEnrolment>().Where(s => ids.Contains(s.PupilId)).Select(s => new { s.PupilId, s.AcademicYear, s.SubjectCode }).ToListAsync(cancellationToken)).ToLookup(s => s.PupilId);
        return rows.ConvertAll(p => new PupilRecord(
            p.Id, p.BornOn, p.Sex, new(p.NcYearNumber), p.EnrolledOn, p.LeftOn, new(null, null, p.Disadvantaged, p.SenProvision, null, p.Eal, p.LookedAfter, p.Ethnicity, p.ServiceChild),
            [.. changes[p.Id]], [.. results[p.Id]],
            attendance[p.Id].ToDictionary(a => AcademicYear.StartingIn(a.AcademicYear), a => new StoredSessions(a.Possible, a.Authorised + a.Unauthorised)),
            subjects[p.Id].Select(s => (s.AcademicYear, s.SubjectCode)).ToHashSet()));
    }
}
