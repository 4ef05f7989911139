using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.Figures;

/// <param name="Pupils">Whom a page could be about: classes with any of them are offered.</param>
/// <param name="Years">Whose classes are offered, beside those of the running year.</param>
/// <param name="Chosen">The class that an address asks for, of whatever year; null for none.</param>
public sealed record FindReportClassesRequest(IReadOnlyCollection<Guid> Pupils, IReadOnlyCollection<AcademicYear> Years, Guid? Chosen);

/// <param name="Count">How many of the pupils asked for are in it.</param>
public sealed record ReportClass(Guid Id, string Name, ClassKind Kind, AcademicYear Year, int Count);

/// <param name="Pupils">Those whom the reader knows.</param>
public sealed record ChosenClass(Guid Id, string Name, IReadOnlySet<Guid> Pupils);

/// <param name="Classes">The newest year first, registration before teaching.</param>
/// <param name="Chosen">Null for a class that is gone, and for one without any pupil of a reader of own classes: one answer for both.</param>
public sealed record ReportClasses(IReadOnlyList<ReportClass> Classes, ChosenClass? Chosen);

/// <summary>The classes that dashboards can be about, without a name of anybody: for holders of pupil-level reports, and pupils whom they know alone.</summary>
public sealed class FindReportClasses(Database database, TimeProvider clock)
{
    public async Task<Result<ReportClasses>> ExecuteAsync(FindReportClassesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.PupilReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.PupilReports);
        return await database.ReadAsync<Result<ReportClasses>>(OrganisationScope.Of(organisationId), async db =>
        {
            var reader = await db.ReportReaderAsync(actor, cancellationToken);
            return new ReportClasses(await OfferedAsync(db, [.. request.Pupils.Where(reader.Knows)], request.Years, cancellationToken), await ChosenAsync(db, request.Chosen, reader, cancellationToken));
        });
    }

    private async Task<IReadOnlyList<ReportClass>> OfferedAsync(AppDb db, Guid[] ids, IReadOnlyCollection<AcademicYear> years, CancellationToken cancellationToken)
    {
        AcademicYear[] of = [.. years.Append(AcademicYear.Of(clock.Today())).Distinct()];
        // Counted by the database: a whole school has tens of thousands of places in classes.
        var counts = await db.Set<ClassPupil>().Where(p => ids.Contains(p.PupilId)).GroupBy(p => p.ClassId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var classes = await db.Classes().Where(c => of.Contains(c.AcademicYear)).Select(c => new { c.Id, c.Name, c.NameKey, c.Kind, c.AcademicYear }).ToListAsync(cancellationToken);
        return [.. classes.Where(c => counts.ContainsKey(c.Id)).OrderByDescending(c => c.AcademicYear).ThenBy(c => c.Kind).ThenBy(c => c.NameKey, NaturalOrder.Instance)
            .Select(c => new ReportClass(c.Id, c.Name, c.Kind, c.AcademicYear, counts[c.Id]))];
    }

    private static async Task<ChosenClass?> ChosenAsync(AppDb db, Guid? id, ReportReader reader, CancellationToken cancellationToken)
    {
        if (id is not { } chosen || await db.Classes().Where(c => c.Id == chosen).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
            return null;
        var pupils = (await db.Set<ClassPupil>().Where(p => p.ClassId == chosen).Select(p => p.PupilId).ToListAsync(cancellationToken)).Where(reader.Knows).ToHashSet();
        return pupils.Count == 0 && reader is not ReportReader.WholeSchool ? null : new(chosen, name, pupils);
    }
}
